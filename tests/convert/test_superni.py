"""Round trips of Super-NaturalInstructions and Natural Instructions tasks, byte by byte."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from support import strategies
from support.checkout import DATA

from taskschema.convert.convert import convert
from taskschema.convert.format import FORMATS as ALL_FORMATS
from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.pieces import ConversionSource, Document, Problem
from taskschema.convert.request import ConvertRequest

FORMATS: dict[str, Format] = ALL_FORMATS.load_all()
DOCUMENTS = {
    "superni": strategies.v2_documents(),
    "natural_instructions": strategies.v1_documents(),
}
NAME = "task9_birds"
EXAMPLES: Document = {"Positive Examples": [], "Negative Examples": []}


def round_trip(name: str, path: Path) -> tuple[bytes, list[Problem]]:
    """Return the bytes of a bare file after reading and writing, and the reported problems."""
    format_ = FORMATS[name]
    assert format_.read
    assert format_.write
    pieces = list(
        format_.read(ConversionSource(path=path, label=path, name=path.stem), ConvertOptions())
    )
    tasks = [piece for piece in pieces if isinstance(piece, dict)]
    chunks = format_.write(tasks, ConvertOptions(bare=True))
    raw = b"".join(chunk.data for chunk in chunks if not isinstance(chunk, Problem))
    return raw, [piece for piece in pieces if isinstance(piece, Problem)]


def test_published_files_are_written_back_byte_by_byte(corpus: Path) -> None:
    for path in sorted(corpus.glob("*.json")):
        assert round_trip("superni", path) == (path.read_bytes(), []), path.name


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_of_older_schemas_survive_a_round_trip(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.json"

    @settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(DOCUMENTS[name])
    def survives(document: Document) -> None:
        raw = json.dumps(document, indent=4, ensure_ascii=False).encode()
        path.write_bytes(raw)
        returned, problems = round_trip(name, path)
        # A document read with an assumption is written in the final form.
        assert problems or returned == raw
        assert not any(problem.refuses for problem in problems)

    survives()


def test_a_folder_keeps_its_split_lists(tmp_path: Path) -> None:
    folder = DATA / "foreign" / "superni" / "folder" / "source"
    tasks, back = tmp_path / "tasks", tmp_path / "back"
    convert(ConvertRequest(str(folder), f"{tasks}/", source_format="superni"))
    convert(ConvertRequest(str(tasks), f"{back}/", target_format="superni"))
    written = {path.relative_to(back).as_posix() for path in back.rglob("*") if path.is_file()}
    source = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert written == source - {"tasks/README.md"}
    for name in written:
        if name.endswith(".txt"):
            assert (back / name).read_bytes() == (folder / name).read_bytes()


def test_fields_without_a_place_are_written_to_taskschema() -> None:
    task: dict[str, Any] = {
        "schema_version": 3,
        "name": NAME,
        "summary": "Birds and their colours.",
        "definition": ["Name the colour of the bird."],
        "canary": "bird canary 12",
        "instances": [
            {"id": "a", "input": "raven", "output": ["black"]},
            {"id": "b", "input": "swan", "output": ["white"], "source_id": "row 2"},
        ],
    }
    write = FORMATS["superni"].write
    assert write
    (chunk,) = write([task], ConvertOptions())
    assert not isinstance(chunk, Problem)
    assert chunk.path == f"tasks/{NAME}.json"
    document = json.loads(chunk.data)
    first, second = document["Instances"]
    assert first == task["instances"][0]
    assert second["taskschema"] == {"source_id": "row 2"}
    assert document["taskschema"] == {key: task[key] for key in ("summary", "canary")}


@pytest.mark.parametrize(
    ("value", "tag"),
    [
        ("En", "en"),
        ("fa", "fa"),
        (["En"], "enc"),
        (["en"], "en"),
        ("english", "en"),
        (["Spanish languages"], "es"),
        ("Birdish", "und"),
    ],
)
def test_languages_of_all_epochs(value: Any, tag: str, tmp_path: Path) -> None:
    document = {"Definition": "Sing.", "Input_language": value, "Instances": []}
    path = tmp_path / f"{NAME}.json"
    path.write_text(json.dumps(document))
    read = FORMATS["superni"].read
    assert read
    pieces = read(ConversionSource(path=path, label=path, name=NAME), ConvertOptions())
    (task,) = (piece for piece in pieces if isinstance(piece, dict))
    assert task["languages"] == {"input": [tag]}


@pytest.mark.parametrize(
    ("given_", "sources"),
    [
        (["nests"], [("nests", None)]),
        (["nests (https://example.org/n)"], [("nests", "https://example.org/n")]),
        (["nests: https://example.org/n."], [("nests", "https://example.org/n")]),
        (["a", "https://example.org/a"], [("a", "https://example.org/a")]),
        (
            ["https://example.org/a_(b)"],
            [("https://example.org/a_(b)", "https://example.org/a_(b)")],
        ),
        (
            ["a", "b", "https://example.org/a"],
            [("a", None), ("b", None)],
        ),
        (["see https://example.org/a for more"], [("see https://example.org/a for more", None)]),
    ],
)
def test_urls_among_the_sources(
    given_: list[str], sources: list[tuple[str, str | None]], tmp_path: Path
) -> None:
    document = {"Definition": "Sing.", "Source": given_, "Instances": []}
    path = tmp_path / f"{NAME}.json"
    path.write_text(json.dumps(document))
    read = FORMATS["superni"].read
    assert read
    pieces = read(ConversionSource(path=path, label=path, name=NAME), ConvertOptions())
    (task,) = (piece for piece in pieces if isinstance(piece, dict))
    assert [(source["name"], source.get("url")) for source in task["sources"]] == sources


@pytest.mark.parametrize(("is_folder", "name"), [(True, f"ours-{NAME}"), (False, "ours")])
def test_a_name_from_the_options_is_not_reported(
    *, is_folder: bool, name: str, tmp_path: Path
) -> None:
    path = tmp_path / f"{NAME}.json"
    path.write_text(json.dumps({"Definition": ["Sing."], "Instances": []} | EXAMPLES))
    read = FORMATS["superni"].read
    assert read
    source = ConversionSource(path=tmp_path if is_folder else path, label=path, name=NAME)
    pieces = list(read(source, ConvertOptions(name="ours")))
    assert [piece["name"] for piece in pieces if isinstance(piece, dict)] == [name]
    assert not [piece for piece in pieces if isinstance(piece, Problem)]
