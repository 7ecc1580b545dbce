"""A collection loads as a dataset without an export."""

import json
from pathlib import Path
from typing import Any

import pytest

import taskschema
from taskschema.core.errors import ConfigError, UnreadableTaskError
from taskschema.export.export import export
from taskschema.export.request import ExportRequest
from taskschema.rules.smallest_task import write_task

datasets = pytest.importorskip("datasets")


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    folder = tmp_path / "collection" / "tasks"
    for name in ("adding", "greeting"):
        write_task(folder, name)
    return folder.parent


def listed(collection: Path) -> Path:
    lists = collection / "splits" / "default"
    lists.mkdir(parents=True)
    (lists / "train_tasks.txt").write_text("adding\n")
    (lists / "test_tasks.txt").write_text("greeting\n")
    return collection


def test_loaded_rows_equal_exported_rows(collection: Path, tmp_path: Path) -> None:
    loaded = taskschema.load(collection)
    export(loaded, ExportRequest("huggingface", tmp_path / "out"))
    path = str(tmp_path / "out")
    exported = datasets.load_dataset(path, split="train", cache_dir=str(tmp_path / "cache"))
    rows = loaded.to_dataset()
    assert rows.features == exported.features
    assert rows.to_list() == exported.to_list()
    assert list(loaded.to_dataset(streaming=True)) == exported.to_list()


def test_a_collection_contains_its_task_names(collection: Path) -> None:
    loaded = taskschema.load(collection)
    (collection / "tasks" / "greeting.json").write_text("{")
    assert "adding" in loaded
    assert "greeting" in loaded
    assert "parting" not in loaded


@pytest.mark.parametrize("streaming", [False, True])
def test_a_view_loads_as_its_records(collection: Path, *, streaming: bool) -> None:
    loaded = taskschema.load(collection)
    rows: Any = loaded.to_dataset(view="messages", system=False, streaming=streaming)
    first = next(iter(rows))
    assert [turn["role"] for turn in first["messages"]] == ["user", "assistant"]
    assert first["task"] == "adding"


def test_a_split_loads_only_its_tasks(collection: Path) -> None:
    rows = taskschema.load(listed(collection)).to_dataset(split="test")
    assert set(rows["task"]) == {"greeting"}
    assert set(rows["split"]) == {"test"}


def test_a_stream_reads_tasks_lazily(collection: Path) -> None:
    rows = iter(taskschema.load(collection).to_dataset(view="alpaca", streaming=True))
    next(rows)
    (collection / "tasks" / "greeting.json").write_text("{")
    with pytest.raises(UnreadableTaskError, match="greeting"):
        list(rows)


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"view": "mesages"}, "Did you mean `messages`?"),
        ({"view": "messages", "sistem": True}, "has no setting `sistem`. Did you mean `system`?"),
        ({"system": True}, "setting `system` needs a view."),
        ({"view": "messages", "demonstrations": "x"}, '`demonstrations` is "x", not a whole'),
        ({"view": "messages", "demonstrations": -1}, "`demonstrations` is -1, not a whole number"),
        ({"view": "messages", "system": None}, "`system` is null, not true or false"),
        ({"split": "dev"}, "is not a split"),
        ({"track": "xlingual"}, "is not a track"),
    ],
)
def test_unknown_arguments_are_refused(
    chosen: dict[str, Any], message: str, collection: Path
) -> None:
    with pytest.raises(ConfigError) as caught:
        taskschema.load(collection).to_dataset(**chosen)
    assert message in str(caught.value)


def test_a_dataset_can_be_saved_and_mapped(collection: Path, tmp_path: Path) -> None:
    rows = taskschema.load(collection).to_dataset(view="prompt_completion")
    longer = rows.map(lambda row: {"size": len(row["prompt"])})
    longer.save_to_disk(str(tmp_path / "saved"))
    assert json.loads((tmp_path / "saved" / "state.json").read_bytes())
