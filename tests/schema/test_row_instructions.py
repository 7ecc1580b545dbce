"""Rows that brought their own instruction are asked by it, in every view but `tk_instruct`."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from support import strategies

from taskschema.collection.collection import collect
from taskschema.convert.convert import convert
from taskschema.convert.request import ConvertRequest
from taskschema.export.export import export
from taskschema.export.request import ExportRequest
from taskschema.schema.row_instructions import (
    instruction_and_input,
    join_instruction,
    split_instruction,
)
from taskschema.views.shapes import tk_instruct
from taskschema.views.view import VIEWS as ALL_VIEWS
from taskschema.views.view import Record, View, ViewOptions

VIEWS: dict[str, View] = ALL_VIEWS.load_all()
EXACT = "tk_instruct"
OWN = "Write it backwards."


def records(view: str, task: Any, **chosen: Any) -> list[Record]:
    options = ViewOptions(seed=1, settings=chosen)
    return list(VIEWS[view].records(task, range(len(task["instances"])), options))


def collected(task: Any) -> Any:
    """The task of a collection in which each row has the instruction."""
    rows = [
        row | {"input": join_instruction(OWN, row["input"]), "extras": {"instruction": OWN}}
        for row in task["instances"]
    ]
    return task | {"instances": rows}


def alone(task: Any) -> Any:
    """The same rows in a task whose definition is the instruction."""
    rows = [
        {key: value for key, value in row.items() if key != "extras"} for row in task["instances"]
    ]
    return task | {"definition": [OWN], "instances": rows}


@pytest.mark.parametrize("name", sorted(set(VIEWS) - {EXACT}))
@settings(max_examples=40, deadline=None)
@given(task=strategies.v3_documents())
def test_such_a_row_is_asked_as_one_of_a_task_of_its_own(name: str, task: Any) -> None:
    task.pop("positive_demonstrations", None)  # whose inputs have no instruction
    assert records(name, collected(task)) == records(name, alone(task))


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_only_tk_instruct_says_the_definition_of_the_collection(name: str) -> None:
    row = {"id": "a", "input": f"{OWN}\n\nabc", "output": ["cba"], "extras": {"instruction": OWN}}
    task = {"name": "loose", "definition": ["Do as it says.", "Obey."], "instances": [row]}
    for seed in range(9):
        (record,) = VIEWS[name].records(task, [0], ViewOptions(seed=seed))
        said = json.dumps(record)
        assert ("Do as it says." in said or "Obey." in said) == (name == EXACT)
        assert said.count(OWN) == 1


def test_the_documentation_of_tk_instruct_says_so() -> None:
    assert "`extras.instruction`" in (tk_instruct.__doc__ or "")


@pytest.mark.parametrize(
    "instance",
    [
        {"input": "abc", "extras": {"instruction": OWN}},
        {"input": f"{OWN} abc", "extras": {"instruction": OWN}},
        {"input": f"{OWN}\n\n", "extras": {"instruction": OWN}},
        {"input": "abc", "extras": {"instruction": ""}},
        {"input": "abc", "extras": {"instruction": 7}},
        {"input": "abc"},
    ],
)
def test_an_instruction_that_does_not_begin_the_input_is_none(instance: Any) -> None:
    assert instruction_and_input({"definition": ["Define."]}, instance) == (
        "Define.",
        instance["input"],
    )


def test_together_and_parted_undo_each_other() -> None:
    for text in ("", "x", "\n\nx"):
        assert split_instruction(OWN, join_instruction(OWN, text)) == text
    assert split_instruction(OWN, "x") is None


def test_rows_of_alpaca_come_out_of_its_view_as_they_were(tmp_path: Path) -> None:
    rows = [
        {"instruction": "Add.", "input": "1 1", "output": "2"},
        {"instruction": "Greet.", "input": "", "output": "Hello."},
    ]
    source = tmp_path / "rows.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    convert(ConvertRequest(str(source), f"{tmp_path}/tasks/", target_format="taskschema"))
    request = ExportRequest("jsonl", tmp_path / "out", views=("alpaca",))
    export(collect([tmp_path / "tasks"]), request)
    lines = (tmp_path / "out" / "train.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == rows
