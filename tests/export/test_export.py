"""Exports read back equal, are deterministic, and are written completely or not at all."""

import json
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import orjson
import pytest
from support.commands import run_command

from taskschema.collection.collection import collect
from taskschema.collection.reading import read
from taskschema.core.errors import DestinationError
from taskschema.export.export import export
from taskschema.export.exporter import EXPORTERS as ALL_EXPORTERS
from taskschema.export.request import ExportRequest
from taskschema.rules.smallest_task import smallest_task
from taskschema.schema import canonical

FULL: dict[str, Any] = {
    "aliases": ["earlier_name"],
    "revision": 3,
    "summary": "A task with everything.",
    "description": "*All* of it.",
    "definition": ["Do it.", "Get it done."],
    "answer_format": {"kind": "set", "separator": "; "},
    "metrics": ["set_f1"],
    "categories": ["Question Answering", "Misc."],
    "domains": ["Food"],
    "reasoning": ["Deductive Reasoning"],
    "languages": {"instruction": ["en"], "input": ["de", "fr"], "output": ["de"]},
    "contributors": [{"name": "Ada", "orcid": "0000-0002-1825-0097"}, {"name": "Bob"}],
    "sources": [{"name": "s", "url": "https://example.org", "extras": {"pages": [1, 2]}}],
    "licenses": [{"text": "CC BY 4.0", "spdx": "CC-BY-4.0"}, {"text": "house rules"}],
    "provenance": {"method": "mixed", "from": "elsewhere", "seed": 2**62},
    "canary": "canary GUID 0",
    "evaluation": {"instances": ["one"]},
    "attachments": {"map": {"media_type": "image/png", "url": "https://example.org/map.png"}},
    "positive_demonstrations": [
        {
            "input": "a",
            "output": "x; y",
            "explanation": "so",
            "answer": [["x", "y"]],
            "context": [{"role": "user", "content": "before"}],
            "attachments": ["map"],
            "extras": {"k": None},
        }
    ],
    "instances": [
        {
            "id": "one",
            "input": "where? \u2028 \U0001f600",
            "output": ["x; y", "y"],
            "answer": [["x", "y"], ["y"]],
            "context": [{"role": "user", "content": "before"}],
            "attachments": ["map"],
            "source_id": "17",
            "extras": {"deep": {"er": [1.5, True]}},
        }
    ],
    "extras": {"anything": {"at": ["all"]}},
}


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    folder = tmp_path / "tasks"
    folder.mkdir()
    for stem, overlay in (("full", FULL), ("plain", {}), ("empty", {"instances": []})):
        document = smallest_task(stem, overlay)
        (folder / f"{stem}.json").write_bytes(canonical.dumps(document, 3))
    return folder


def run(kind: str, tasks: Path, out: Path) -> Any:
    return export(collect([tasks]), ExportRequest(kind, out)).manifest


def command(*arguments: str | Path) -> CompletedProcess[str]:
    return run_command("export", *arguments)


@pytest.mark.parametrize("kind", ALL_EXPORTERS.names())
def test_the_same_tasks_give_the_same_files(kind: str, tasks: Path, tmp_path: Path) -> None:
    first, second = (run(kind, tasks, tmp_path / name) for name in ("one", "two"))
    assert first == second
    for file in first.files:
        one, two = (tmp_path / name / file.path for name in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_every_exporter_with_modules_names_its_extra() -> None:
    for kind in ALL_EXPORTERS.names():
        exporter = ALL_EXPORTERS.load(kind)
        assert bool(exporter.extra) == bool(exporter.modules)


def tables(out: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    import datasets

    datasets.disable_progress_bars()
    loaded = (
        datasets.load_dataset(str(out), name, split="train", cache_dir=str(out.parent / "cache"))
        for name in ("default", "tasks")
    )
    instances, tasks = (table.to_list() for table in loaded)
    return instances, tasks


def rebuilt(task: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A task from its rows in both tables, without empty values."""
    document = {
        "schema_version": 3,
        "name": task["task"],
        **{key: task[key] for key in SAME},
        "answer_format": parsed(task["answer_format"]),
        "extras": parsed(task["extras"]),
        "languages": {
            part: task[f"{part}_language"] for part in ("instruction", "input", "output")
        },
        "evaluation": {"instances": task["evaluation"]},
        "attachments": {
            entry["name"]: {key: value for key, value in entry.items() if key != "name"}
            for entry in task["attachments"]
        },
        "sources": [{**source, "extras": parsed(source["extras"])} for source in task["sources"]],
        "positive_demonstrations": [row_of(row) for row in task["positive_demonstrations"]],
        "negative_demonstrations": [row_of(row) for row in task["negative_demonstrations"]],
        "instances": [row_of({key: row[key] for key in ROW}) for row in rows],
    }
    full: dict[str, Any] = without_empty(document)
    return full


SAME = (
    *("aliases", "revision", "summary", "description", "definition", "metrics", "categories"),
    *("domains", "reasoning", "contributors", "licenses", "provenance", "canary"),
)
ROW = ("id", "input", "output", "answer", "context", "attachments", "source_id", "extras")


def parsed(text: str | None) -> Any:
    return None if text is None else orjson.loads(text)


def row_of(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "answer": parsed(row["answer"]), "extras": parsed(row["extras"])}


def without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        inner = {key: without_empty(part) for key, part in value.items()}
        return {key: part for key, part in inner.items() if part not in (None, [], {})}
    return [without_empty(part) for part in value] if isinstance(value, list) else value


def test_an_export_reads_back_equal(tasks: Path, tmp_path: Path) -> None:
    manifest = run("huggingface", tasks, tmp_path / "out")
    assert (manifest.tasks, manifest.instances) == (3, 26 + 26)
    instances, table = tables(tmp_path / "out")
    assert [task["task"] for task in table] == ["empty", "full", "plain"]
    for task in table:
        rows = [row for row in instances if row["task"] == task["task"]]
        assert len(rows) == task["instances"]
        document = orjson.loads((tasks / f"{task['task']}.json").read_bytes())
        document.setdefault("metrics", ["exact_match", "rouge_l"])  # the default of its kind
        assert rebuilt(task, rows) == without_empty(document)


def test_every_row_carries_the_metadata_of_its_task(tasks: Path, tmp_path: Path) -> None:
    run("huggingface", tasks, tmp_path / "out")
    instances, _ = tables(tmp_path / "out")
    row = next(row for row in instances if row["id"] == "one")
    assert row["task"] == "full"
    assert row["definition"] == "Do it."
    assert row["paraphrases"] == ["Get it done."]
    assert row["output"] == ["x; y", "y"]
    assert row["evaluation"] is True
    assert row["input_language"] == ["de", "fr"]
    assert row["licenses"] == ["CC-BY-4.0", "house rules"]
    assert row["license_class"] == "unspecified"
    assert row["canary"] == "canary GUID 0"
    assert row["split"] == "train"
    assert list(row)[:5] == ["task", "id", "definition", "input", "output"]
    assert list(row)[-1] == "split"


def test_real_files_are_exported_completely(corpus: Path, tmp_path: Path) -> None:
    run("huggingface", corpus, tmp_path / "out")
    instances, table = tables(tmp_path / "out")
    exported = [(row["task"], row["id"], row["input"], row["output"]) for row in instances]
    expected = [
        (path.stem, row["id"], row["input"], row["output"])
        for path in sorted(corpus.glob("*.json"))
        for row in json.loads(path.read_bytes())["Instances"]
    ]
    assert exported == expected
    assert len(table) == len(list(corpus.glob("*.json")))


def test_unreadable_files_are_reported_and_skipped(tasks: Path, tmp_path: Path) -> None:
    (tasks / "broken.json").write_text('{"schema_version": 3, "name": NaN}')
    (tasks / "typo.json").write_text('{"schema_version": 3, "name": "typo", "definition": "x"}')
    result = command("huggingface", tmp_path / "out", "--collection", tasks)
    assert result.returncode == 1
    assert result.stdout.startswith("52 instances of 3 tasks written to")
    assert "broken.json:1:" in result.stderr
    assert "typo.json:1:" in result.stderr
    assert "Skipped 2 files with errors." in result.stderr
    assert len(tables(tmp_path / "out")[1]) == 3


def test_findings_stop_an_export_only_with_strict(tasks: Path, tmp_path: Path) -> None:
    path = tasks / "plain.json"
    path.write_bytes(path.read_bytes().replace(b'"question 1"', b'"question 2"'))
    out = tmp_path / "out"
    assert command("huggingface", out, "--collection", tasks, "--strict").returncode == 1
    assert not out.exists()
    assert command("huggingface", out, "--collection", tasks).returncode == 0
    assert read(path, tasks).findings == ()


def test_an_export_replaces_only_an_export(tasks: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("huggingface", tasks, out)
    (tasks / "plain.json").unlink()
    manifest = run("huggingface", tasks, out)
    assert json.loads((out / "manifest.json").read_bytes())["tasks"] == manifest.tasks == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "tasks"]


@pytest.mark.parametrize("manifest", [None, b'{"manifest_version": 3}', b"[]", b"not json"])
def test_a_folder_that_is_not_an_export_is_not_changed(
    manifest: bytes | None, tasks: Path, tmp_path: Path
) -> None:
    keep = tmp_path / "keep"
    keep.mkdir()
    (keep / "thesis.txt").write_text("years of work")
    if manifest is not None:
        (keep / "manifest.json").write_bytes(manifest)
    with pytest.raises(DestinationError, match="is not an export of taskschema"):
        run("huggingface", tasks, keep)
    assert (keep / "thesis.txt").read_text() == "years of work"


def test_a_foreign_file_in_an_export_is_not_lost(tasks: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("huggingface", tasks, out)
    (out / ".git").mkdir()
    (out / ".git" / "HEAD").write_text("ref")
    with pytest.raises(DestinationError, match=r"holds \.git/HEAD, which no export wrote"):
        run("huggingface", tasks, out)
    assert (out / ".git" / "HEAD").read_text() == "ref"


def test_an_export_inside_the_collection_is_not_a_task(tasks: Path) -> None:
    run("huggingface", tasks, tasks / "out")
    assert collect([tasks]).paths == tuple(sorted(tasks.glob("*.json")))


def test_a_failure_keeps_the_old_export(
    tasks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    before = run("huggingface", tasks, out)
    exporter = ALL_EXPORTERS.load("huggingface")

    def full_disk(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("taskschema.dataset.folder.card", full_disk)
    with pytest.raises(DestinationError, match="No space left on device"):
        run("huggingface", tasks, out)
    assert exporter.write is not full_disk
    assert json.loads((out / "manifest.json").read_bytes())["tasks"] == before.tasks
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.slow
def test_streaming_and_filters(corpus: Path, tmp_path: Path) -> None:
    import datasets

    run("huggingface", corpus, tmp_path / "out")
    stream = datasets.load_dataset(str(tmp_path / "out"), split="train", streaming=True)
    assert next(iter(stream))["task"] == "task038_qasc_combined_fact"
    file = str(tmp_path / "out" / "default" / "*.parquet")
    wanted = [("task", "==", "task1146_country_capital")]
    filtered = datasets.load_dataset(
        "parquet", data_files=file, split="train", streaming=True, filters=wanted
    )
    assert {row["task"] for row in filtered} == {"task1146_country_capital"}
