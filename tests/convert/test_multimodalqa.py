"""MultiModalQA folders: round trips of files, and hostile files."""

import gzip
import shutil
from pathlib import Path

import pytest
from support import foreign

from taskschema.convert import convert as conversions
from taskschema.convert.format import ConvertOptions
from taskschema.convert.formats import multimodalqa
from taskschema.convert.formats.multimodalqa import gzip_files
from taskschema.convert.pieces import Chunk, CompanionFile, ConversionSource, Problem
from taskschema.convert.request import ConvertRequest

FOLDER = foreign.FOREIGN / "multimodalqa" / "folder" / "source"


def converted(source: Path, target: Path, to: str) -> list[str]:
    """Convert and return the messages."""
    done = conversions.convert(ConvertRequest(str(source), f"{target}/", target_format=to))
    return [found.message for found in done.report.findings]


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): foreign.BY.sub(b"", path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".json"
    }


def test_documents_and_other_files_survive_a_round_trip(tmp_path: Path) -> None:
    source = foreign.FOREIGN / "multimodalqa" / "ours" / "source"
    converted(source, tmp_path / "tasks", "taskschema")
    converted(tmp_path / "tasks", tmp_path / "again", "multimodalqa")
    converted(tmp_path / "again", tmp_path / "tasks-again", "taskschema")
    assert files(tmp_path / "tasks-again") == files(tmp_path / "tasks")
    assert {"attachments/latin.txt", "plan.png"} <= files(tmp_path / "tasks").keys()


def read(folder: Path) -> tuple[list[str], list[str]]:
    """Return the paths of all files, and the messages."""
    source = ConversionSource(path=folder, label=folder, name=folder.name)
    pieces = list(multimodalqa.read(source, ConvertOptions()))
    return (
        [piece.path for piece in pieces if isinstance(piece, CompanionFile)],
        [piece.message for piece in pieces if isinstance(piece, Problem)],
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(FOLDER, tmp_path / "source")


def test_a_truncated_gzip_file_is_read_up_to_its_end(folder: Path) -> None:
    packed = folder / "MMQA_texts.jsonl.gz"
    whole = gzip.decompress(packed.read_bytes())
    packed.write_bytes(gzip.compress(whole + b" " * 10_000_000)[:-9])
    paths, messages = read(folder)
    assert "attachments/texts/x1.txt" in paths
    assert any(message.startswith("cannot be unpacked:") for message in messages)


def test_unpacking_a_gzip_file_is_limited(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gzip_files, "MOST", 1_000_000)
    (folder / "MMQA_train.jsonl.gz").write_bytes(gzip.compress(b"\0" * 20_000_000))
    (folder / "MMQA_train.jsonl").unlink()
    _, messages = read(folder)
    assert any("unpacks to more than 1,000,000 bytes" in message for message in messages)


def test_the_compression_ratio_of_a_gzip_file_is_limited(folder: Path) -> None:
    packed = gzip.compress(b" " * 110_000_000)
    (folder / "MMQA_train.jsonl.gz").write_bytes(packed)
    (folder / "MMQA_train.jsonl").unlink()
    _, messages = read(folder)
    assert any("unpacks to more than 100,000,000 bytes" in message for message in messages)


def test_links_out_of_the_folder_are_not_followed(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("{}")
    for name in ("images/i2.png", "MMQA_train.jsonl"):
        (folder / name).unlink()
        (folder / name).symlink_to(secret)
    paths, messages = read(folder)
    assert "attachments/images/i2.png" not in paths
    assert any(message.startswith("is a link out of the folder") for message in messages)


def test_the_plain_file_is_read_instead_of_its_gzip_copy(folder: Path) -> None:
    plain = folder / "MMQA_train.jsonl"
    (folder / "MMQA_train.jsonl.gz").write_bytes(gzip.compress(plain.read_bytes()))
    done = conversions.convert(ConvertRequest(str(folder), f"{folder}-tasks/"))
    assert done.tasks == 2


def test_task_fields_without_a_name_are_reported(tmp_path: Path) -> None:
    row = '{"qid": "1", "question": "Who?", "answers": [{"answer": "x", "type": "string"}], '
    path = tmp_path / "dev.jsonl"
    path.write_text(row + '"metadata": {}, "taskschema": {"task": {"summary": "s"}}}')
    _, problems = read(tmp_path)
    assert any("is damaged" in message for message in problems)


def test_rows_without_the_first_keep_canary_and_licenses(tmp_path: Path) -> None:
    instances = [{"id": each, "input": each, "output": [each]} for each in ("a", "b")]
    task = {
        "schema_version": 3,
        "name": "letters",
        "summary": "Letters.",
        "definition": ["Say it."],
        "licenses": [{"text": "MIT", "spdx": "MIT"}],
        "canary": "canary GUID 0",
    }
    chunks = multimodalqa.write([task | {"instances": instances}], ConvertOptions())
    rows = b"".join(chunk.data for chunk in chunks if isinstance(chunk, Chunk)).splitlines()
    (tmp_path / "letters.jsonl").write_bytes(rows[1])
    source = ConversionSource(path=tmp_path, label=tmp_path, name="letters")
    pieces = list(multimodalqa.read(source, ConvertOptions()))
    (problems,) = (
        piece for piece in pieces if isinstance(piece, Problem) and "is missing" in piece.message
    )
    assert (problems.place.path, problems.refuses) == (tmp_path / "letters.jsonl", False)
    (back,) = (piece for piece in pieces if isinstance(piece, dict))
    del task["summary"]
    assert back == task | {"instances": instances[1:]}
