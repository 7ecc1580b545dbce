"""Rows of Super-NaturalInstructions for Tulu equal those of open-instruct."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from support.checkout import SHARED

from taskschema.convert.format import ConvertOptions
from taskschema.convert.formats import tulu
from taskschema.convert.pieces import Document, Problem
from taskschema.core.errors import ConfigError
from taskschema.schema.migrate import upgrade

GOLDEN = SHARED / "golden" / "tulu_super_ni.json"
TASKS = SHARED / "golden" / "tk_instruct_s2s" / "tasks"
TASK: Document = {
    "schema_version": 3,
    "name": "say",
    "definition": [" Do x\n"],
    "instances": [{"id": "1", "input": " in ", "output": [" out "]}],
}
FEW = {"upstream": True, "zero_shot": 0}


def written(tasks: list[Document], options: ConvertOptions) -> list[Document]:
    rows = []
    for chunk in tulu.write(tasks, options):
        assert not isinstance(chunk, Problem)
        rows.append(json.loads(chunk.data))
    return rows


def messages(task: Document, options: ConvertOptions) -> list[list[str]]:
    rows = written([task], replace(options, bare=True))
    return [[turn["content"] for turn in row["messages"]] for row in rows]


def task_of(path: Path) -> Document:
    return upgrade(json.loads(path.read_text(encoding="utf-8")), name=path.stem)


def test_the_rows_equal_upstream() -> None:
    if not GOLDEN.is_file():
        pytest.skip("there is no ../shared/golden")
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    said = golden["settings"]
    names = said["tasks_order"]
    tasks = [task_of(path) for name in names if (path := TASKS / f"{name}.json").is_file()]
    options = ConvertOptions(
        seed=said["seed"],
        configuration={
            "upstream": True,
            "zero_shot": said["zero_shot_examples_per_task"],
            "few_shot": said["few_shot_examples_per_task"],
            "demonstrations": said["n_few_shot"],
        },
    )
    assert written(tasks, replace(options, bare=True)) == golden["rows"]
    without = [
        {key: value for key, value in row.items() if key != "taskschema"}
        for row in written(tasks, options)
    ]
    assert without == golden["rows"]


def test_tasks_of_evaluations_are_skipped() -> None:
    task = TASK | {"name": "task685_mmmlu_answer_generation"}
    assert written([task], ConvertOptions(configuration={"upstream": True})) == []


def test_demonstrations_come_before_the_input() -> None:
    shown = [{"input": "a\n", "output": " b", "explanation": ""}]
    task = TASK | {"positive_demonstrations": shown}
    prompt = "Do x\n\nInput:\na\nOutput:\nb\n\nInput:\nin\nOutput:\n"
    assert messages(task, ConvertOptions(configuration=FEW)) == [[prompt, "out"]]


def test_without_an_input_the_answer_may_start_on_a_new_line() -> None:
    task = TASK | {"instances": [{"id": "1", "input": " ", "output": ["out"]}]}
    configuration = {"upstream": True}
    found = [
        messages(task, ConvertOptions(seed=seed, configuration=configuration))[0]
        for seed in range(60)
    ]
    assert ["Do x", "\nout"] in found
    assert ["Do x\n\n", "out"] in found


def test_required_fields_are_carried_unless_rows_are_bare() -> None:
    task = TASK | {"canary": "canary GUID 44444444-4444-4444-8444-444444444444"}
    (row,) = written([task], ConvertOptions(configuration={"upstream": True}))
    assert row["taskschema"]["canary"] == task["canary"]


@pytest.mark.parametrize("value", [-1, "2", True, None, 1.5])
def test_invalid_counts_are_refused(value: object) -> None:
    options = ConvertOptions(configuration={"upstream": True, "few_shot": value})
    with pytest.raises(ConfigError, match="few_shot"):
        written([TASK], options)
