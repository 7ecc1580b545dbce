"""BIG-bench tasks: round trips, parts of tasks and invalid files."""

import json
from pathlib import Path
from typing import Any

import pytest
from support import foreign

from taskschema.convert.convert import convert
from taskschema.convert.format import ConvertOptions
from taskschema.convert.request import ConvertRequest

CASES = foreign.FOREIGN / "big_bench"
FIRST: dict[str, Any] = {
    "canary": "canary GUID",
    "name": "one",
    "description": "Say the number.",
    "keywords": [],
    "examples": [{"input": "a", "target": "1"}],
}
TOGETHER = {
    "name": "both",
    "description": "Numbers.",
    "subtasks": [FIRST, FIRST | {"name": "two"}, 3],
}


def plain(path: Path) -> Any:
    """Return the content of a file without the keys that taskschema adds."""
    document = json.loads(path.read_text(encoding="utf-8"))
    for row in [document, *document.get("examples", [])]:
        row.pop("taskschema", None)
    return document


def read_and_written(source: Path | str, tmp_path: Path) -> dict[str, Any]:
    tasks, out = tmp_path / "tasks", tmp_path / "out"
    convert(
        ConvertRequest(
            str(source), f"{tasks}/", source_format="big_bench", target_format="taskschema"
        )
    )
    convert(
        ConvertRequest(str(tasks), f"{out}/", source_format="taskschema", target_format="big_bench")
    )
    found = out.rglob("task.json")
    return {path.parent.relative_to(out).as_posix(): plain(path) for path in sorted(found)}


@pytest.mark.parametrize("case", ["choices", "texts", "parts"])
def test_source_files_are_written_back_unchanged(case: str, tmp_path: Path) -> None:
    source = foreign.source_of(CASES / case)
    assert isinstance(source, Path)
    written = read_and_written(source, tmp_path)
    if source.is_dir():
        before = {
            path.parent.relative_to(source).as_posix(): plain(path)
            for path in sorted(source.rglob("task.json"))
        }
    else:
        before = {"bread_at_home": plain(source)}
    for name, document in before.items():
        has_prefix = "task_prefix" in document or "examples" not in document
        assert written[name] == document | ({} if has_prefix else {"task_prefix": ""})
    assert written.keys() == before.keys()


def test_parts_in_one_file_become_folders(tmp_path: Path) -> None:
    source = tmp_path / "task.json"
    source.write_text(json.dumps(TOGETHER), encoding="utf-8")
    written = read_and_written(source, tmp_path)
    assert written.keys() == {"both", "both/one", "both/two"}
    assert written["both"] == {"name": "both", "description": "Numbers."}


def test_parts_with_different_shared_fields_are_reported(tmp_path: Path) -> None:
    tasks = tmp_path / "tasks"
    source = tmp_path / "task.json"
    source.write_text(json.dumps(TOGETHER), encoding="utf-8")
    convert(
        ConvertRequest(
            str(source), f"{tasks}/", source_format="big_bench", target_format="taskschema"
        )
    )
    path = tasks / "both.two.json"
    text = path.read_text(encoding="utf-8").replace("Numbers.", "Other numbers.")
    path.write_text(text, encoding="utf-8")
    done = convert(
        ConvertRequest(
            str(tasks), f"{tmp_path}/out/", source_format="taskschema", target_format="big_bench"
        )
    )
    assert [found.code for found in done.report.findings] == ["CNV008"]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"examples": []}, ["CNV002"]),
        ({"examples": 3}, ["CNV002"]),
        ({"description": " "}, ["CNV002"]),
        ({"taskschema": 3}, ["CNV002"]),
        ({"taskschema": {"absent": ["name"]}}, ["CNV002"]),
        ({"examples": None, "subtasks": [3]}, ["CNV002"]),
    ],
)
def test_an_invalid_task_is_reported(
    change: dict[str, Any], codes: list[str], tmp_path: Path
) -> None:
    source = tmp_path / "task.json"
    source.write_text(json.dumps(FIRST | change), encoding="utf-8")
    done = convert(ConvertRequest(str(source), f"{tmp_path}/out/", source_format="big_bench"))
    assert [found.code for found in done.report.findings] == codes


def test_a_file_without_examples_and_parts_is_reported(tmp_path: Path) -> None:
    source = tmp_path / "task.json"
    source.write_text('{"name": "a"}', encoding="utf-8")
    done = convert(ConvertRequest(str(source), f"{tmp_path}/out/", source_format="big_bench"))
    assert "convert the folder" in done.report.findings[0].message
    source.write_text("{}", encoding="utf-8")
    done = convert(ConvertRequest(str(source), f"{tmp_path}/out/", source_format="big_bench"))
    assert "neither" in done.report.findings[0].message


def test_options_set_the_name_and_the_definition(tmp_path: Path) -> None:
    source = tmp_path / "task.json"
    document = FIRST | {"description": ""}
    source.write_text(json.dumps(document), encoding="utf-8")
    options = ConvertOptions(name="numbers", instruction="Say it.")
    convert(
        ConvertRequest(str(source), f"{tmp_path}/out/", source_format="big_bench", options=options)
    )
    task = json.loads((tmp_path / "out" / "numbers.json").read_text(encoding="utf-8"))
    assert task["definition"] == ["Say it."]
