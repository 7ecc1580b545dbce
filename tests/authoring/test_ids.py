"""`taskschema ids add`: instances without an id get one of their content; others keep theirs."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from taskschema.cli.app import app
from taskschema.rules.smallest_task import smallest_task
from taskschema.schema import instance_ids
from taskschema.schema.instance_ids import make_ids


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["ids", "add", *map(str, arguments)])
    return result.exit_code, result.output


def digits(text: str, count: int = 12) -> str:
    return sha256(text.encode()).hexdigest()[:count]


def rows(*inputs: str) -> list[dict[str, Any]]:
    return [{"input": text, "output": ["o"]} for text in inputs]


def test_an_id_is_the_name_and_the_digits_of_the_input() -> None:
    assert make_ids("t", rows("a", "é")) == [f"t-{digits('a')}", f"t-{digits('é')}"]


def test_the_order_of_rows_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance_ids, "DIGITS", 1)
    inputs = [f"input {number}" for number in range(40)]
    made = dict(zip(inputs, make_ids("t", rows(*inputs)), strict=True))
    again = dict(zip(inputs[::-1], make_ids("t", rows(*inputs[::-1])), strict=True))
    assert made == again
    assert len(set(made.values())) == len(inputs)
    assert all(sha256(key.encode()).hexdigest().startswith(one[2:]) for key, one in made.items())
    lengths = {len(one) for one in made.values()}
    assert len(lengths) > 1, "none but those that collide are longer"


def test_a_taken_id_is_not_used_again() -> None:
    assert make_ids("t", rows("a"), [f"t-{digits('a')}"]) == [f"t-{digits('a', 13)}"]


def test_rows_with_equal_inputs_get_ids_from_their_whole_content() -> None:
    one, other = {"input": "a", "output": ["x"]}, {"input": "a", "output": ["y"]}
    first, second, third = make_ids("t", [one, other, one])
    assert make_ids("t", [other, one]) == [second, first]
    assert third == f"{first}-2"


def draft(folder: Path, indent: int | None = None) -> tuple[Path, dict[str, Any]]:
    task = smallest_task("draft")
    for index in (0, 3, 25):
        del task["instances"][index]["id"]
    task["instances"][5]["id"] = None
    task["instances"][6]["id"] = ""
    task["instances"][7]["id"] = "  "
    path = folder / "draft.json"
    path.write_text(json.dumps(task, indent=indent), encoding="utf-8")
    return path, task


@pytest.mark.parametrize("indent", [None, 0, 2, 4])
def test_a_draft_gets_its_ids_and_nothing_else_changes(tmp_path: Path, indent: int | None) -> None:
    path, task = draft(tmp_path, indent)
    before = path.read_bytes()
    code, output = run(path)
    assert code == 0
    assert output.splitlines() == [
        f"6 ids added to {path}",
        "6 ids added in 1 file, 0 files unchanged.",
    ]
    after = json.loads(path.read_text(encoding="utf-8"))
    for index in (0, 3, 5, 6, 7, 25):
        row = task["instances"][index]
        row["id"] = f"draft-{digits(row['input'])}"
    assert after == task
    assert next(iter(after["instances"][0])) == "id"
    text = path.read_bytes()
    assert text.count(b"\n") - before.count(b"\n") == (0 if indent is None else 3)
    assert run(path) == (0, "0 ids added in 0 files, 1 file unchanged.\n")
    assert path.read_bytes() == text
    CliRunner().invoke(app, ["fmt", str(path)])
    assert CliRunner().invoke(app, ["check", str(path)]).exit_code == 0


@pytest.mark.parametrize(("option", "expected"), [("--dry-run", 0), ("--check", 1)])
def test_dry_run_and_check_write_nothing(tmp_path: Path, option: str, expected: int) -> None:
    path, task = draft(tmp_path)
    before = path.read_bytes()
    code, output = run(path, option)
    assert code == expected
    assert path.read_bytes() == before
    first = f"{path}: /instances/0: draft-{digits(task['instances'][0]['input'])}"
    assert output.splitlines()[0] == first
    assert output.splitlines()[-1] == "6 ids to add in 1 file, 0 files unchanged."


def test_version_2_files_get_ids(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    old = {
        "Definition": ["d"],
        "Positive Examples": [],
        "Negative Examples": [],
        "Instances": [{"input": "i", "output": ["o"]}, {"id": "kept", "input": "j", "output": []}],
    }
    path.write_text(json.dumps(old, indent=4), encoding="utf-8")
    assert run(path)[0] == 0
    ids = [row["id"] for row in json.loads(path.read_text(encoding="utf-8"))["Instances"]]
    assert ids == [f"old-{digits('i')}", "kept"]


def test_instances_without_input_are_reported_and_the_others_get_ids(tmp_path: Path) -> None:
    path = tmp_path / "draft.json"
    rows: list[Any] = ["text", {"output": ["o"]}, {"id": 7, "input": "i"}, {"input": "i"}]
    path.write_text(json.dumps({"schema_version": 3, "instances": rows}), encoding="utf-8")
    code, output = run(path)
    assert code == 1
    for index, words in enumerate(("is not an object", "has no `input`", "is not a string")):
        assert f"/instances/{index}: " in output
        assert words in output
    after = json.loads(path.read_text(encoding="utf-8"))["instances"]
    assert after == [*rows[:3], {"id": f"draft-{digits('i')}", "input": "i"}]


@pytest.mark.parametrize("text", ["{", "[1]", '{"instances": [], "instances": []}', "{}"])
def test_a_file_that_is_not_a_task_is_reported_and_unchanged(tmp_path: Path, text: str) -> None:
    path = tmp_path / "draft.json"
    path.write_text(text, encoding="utf-8")
    code, output = run(path)
    assert code == 1
    assert "Fix the errors, then run again." in output
    assert path.read_text(encoding="utf-8") == text


def test_an_unknown_action_is_refused() -> None:
    result = CliRunner().invoke(app, ["ids", "drop"])
    assert result.exit_code == 2
    assert "add" in result.output
