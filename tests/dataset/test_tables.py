"""Tables are written, edited in other programs, and read back."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from taskschema.convert.account import ConversionAccount
from taskschema.convert.convert import convert
from taskschema.convert.format import ConvertOptions
from taskschema.convert.request import ConvertRequest

TASK: dict[str, Any] = {
    "schema_version": 3,
    "name": "tree_kind",
    "definition": ["Name a tree of the given kind.", "Which tree is of this kind?"],
    "positive_demonstrations": [{"input": "oak", "output": "holm oak", "explanation": "It is."}],
    "canary": "canary GUID 0",
    "instances": [
        {"id": "a", "input": "birch", "output": ["silver birch", "downy birch"]},
        {"id": "b", "input": "willow", "output": ["osier"], "extras": {"csv": {"page": "3"}}},
        {"id": "c", "input": "pine", "output": ["Scots pine"], "extras": {"seen": {"at": [1, 2]}}},
    ],
}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "tasks").mkdir()
    (tmp_path / "tasks" / "tree_kind.json").write_text(json.dumps(TASK))
    write(tmp_path, "trees.csv")
    return tmp_path / "trees.csv"


def write(folder: Path, name: str, **options: Any) -> ConversionAccount:
    return convert(
        ConvertRequest(
            str(folder / "tasks"),
            str(folder / name),
            source_format="taskschema",
            target_format=name.partition(".")[2],
            options=ConvertOptions(**options),
        )
    )


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def edited(path: Path, rows: list[dict[str, str]], mark: str = ",") -> Path:
    """The rows as a spreadsheet would write them, with a byte order mark and its line breaks."""
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=mark, quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(path: Path) -> tuple[dict[str, Any], list[str]]:
    """The one task of a table, and the rules that were told of."""
    out = path.parent / "out"
    conversion = convert(ConvertRequest(str(path), f"{out}/", force=True))
    (file,) = out.glob("*.json")
    document = json.loads(file.read_bytes())
    del document["provenance"]
    return document, [found.name for found in conversion.report.findings]


def test_a_table_rewritten_by_a_spreadsheet_is_the_same_task(table: Path) -> None:
    assert read(edited(table, rows_of(table), ";")) == (TASK, [])


def test_edited_cells_change_only_their_values(table: Path) -> None:
    rows = rows_of(table)
    rows[0]["input"] = "a birch"
    rows[1] |= {"output": "white willow", "id": "bb", "page": "4"}
    for row in rows:
        row["instruction"] = "Name one tree of the kind."
    task, told = read(edited(table, rows))
    assert told == []
    assert task["definition"] == ["Name one tree of the kind.", TASK["definition"][1]]
    assert task["instances"] == [
        {"id": "a", "input": "a birch", "output": ["silver birch", "downy birch"]},
        {
            "id": "bb",
            "input": "willow",
            "output": ["white willow"],
            "extras": {"csv": {"page": "4"}},
        },
        TASK["instances"][2],
    ]


def test_rows_can_be_sorted_removed_and_added(table: Path) -> None:
    rows = rows_of(table)
    new = dict.fromkeys(rows[0], "") | {"task": "tree_kind", "input": "elm", "output": "wych elm"}
    new["instruction"] = rows[0]["instruction"]
    task, told = read(edited(table, [rows[2], new, rows[0]]))
    assert told == []
    assert [instance["input"] for instance in task["instances"]] == ["pine", "elm", "birch"]
    assert task["positive_demonstrations"] == TASK["positive_demonstrations"]


def test_a_missing_head_row_is_reported(table: Path) -> None:
    task, told = read(edited(table, rows_of(table)[1:]))
    assert told == ["assumed"]
    assert task["canary"] == TASK["canary"]
    assert "positive_demonstrations" not in task


@pytest.mark.parametrize("name", ["trees.csv", "trees.jsonl", "trees.parquet"])
def test_bare_rows_hold_only_column_values(name: str, table: Path) -> None:
    table.unlink()
    write(table.parent, name, bare=True)
    path = table.parent / name
    if name.endswith("csv"):
        rows: list[dict[str, Any]] = rows_of(path)
        assert len(rows) == 4
    elif name.endswith("jsonl"):
        rows = [json.loads(line) for line in path.read_text().splitlines()]
        assert rows[0]["output"] == TASK["instances"][0]["output"]
    else:
        import pyarrow.parquet

        rows = pyarrow.parquet.read_table(path).to_pylist()
        assert rows[-1]["at"] == "[1,2]"
    assert all("taskschema" not in row for row in rows)
    assert rows[-1]["input"] == "pine"


def test_instances_without_the_tasks_table_are_grouped_by_task(table: Path) -> None:
    convert(ConvertRequest(str(table), f"{table.parent}/exported", target_format="datasets"))
    (table.parent / "exported" / "tasks" / "train-00000-of-00001.parquet").unlink()
    (path,) = table.parent.glob("exported/**/*.parquet")
    task, told = read(path.rename(table.parent / "trees.parquet"))
    assert told == ["assumed"]
    assert task["name"] == "tree_kind"
    assert task["definition"] == TASK["definition"][:1]
    assert [instance["id"] for instance in task["instances"]] == ["a", "b", "c"]


def test_values_of_mixed_types_read_back_from_one_column(tmp_path: Path) -> None:
    (tmp_path / "tasks").mkdir()
    fields: list[dict[str, Any]] = [{"height": 3, "bark": "grey"}, {"height": "unknown"}, {}]
    rows = [
        row | ({"extras": {"parquet": held}} if held else {})
        for row, held in zip(TASK["instances"], fields, strict=True)
    ]
    document = TASK | {"instances": rows}
    (tmp_path / "tasks" / "tree_kind.json").write_text(json.dumps(document))
    write(tmp_path, "trees.parquet")
    assert read(tmp_path / "trees.parquet") == (document, [])


def test_rows_are_read_after_any_number_of_broken_rows(tmp_path: Path) -> None:
    source = tmp_path / "rows.jsonl"
    target = f"{tmp_path}/out/"
    for rows, kept in (("{}\n[\n", 0), ("{\n" * 120 + '{"input": "a", "output": "b"}\n', 1)):
        source.write_text(rows)
        done = convert(ConvertRequest(str(source), target, source_format="jsonl", force=True))
        refused = rows.count("\n") - kept
        assert (done.read, done.kept, done.refused) == (refused + kept, kept, refused)
        assert sum(done.tallies.values()) >= refused
