"""Prompts and labels of the view are those that Tk-Instruct itself made.

Half of them were counted with the tokenizer of GPT-2, which is not ours to ship. Where
`TASKSCHEMA_GPT2` names its `tokenizer.json`, all are compared; elsewhere those that no budget cut.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from support.checkout import SHARED

from taskschema.schema.migrate import upgrade
from taskschema.views.shapes.tk_instruct import records_in_turn
from taskschema.views.tokenizers import tokenizer_of
from taskschema.views.view import Record, Task, Tokenizer, ViewOptions

GOLDEN = SHARED / "golden" / "tk_instruct_s2s"
NAMES = {
    "add_task_name": "task_name",
    "add_task_definition": "definition",
    "num_pos_examples": "positive",
    "num_neg_examples": "negative",
    "add_explanation": "explanations",
    "tk_instruct": "tk_instruct",
    "max_source_length": "max_source_length",
    "max_target_length": "max_target_length",
}
RAW = (
    "definition_pos_2",
    "name_definition_pos_2_neg_2_expl",
    "name_only",
    "nothing",
    "definition_pos_2_neg_2_expl_max256",
    "name_definition_pos_2_neg_2_expl_max160",
    "tk_instruct",
    "definition_pos_100_neg_100_expl_max2048",
)
CONVERTED = (
    "definition_only",
    "definition_pos_2",
    "definition_pos_2_neg_2",
    "definition_pos_2_expl",
    "definition_pos_2_neg_2_expl",
    "pos_2_only",
    "definition_pos_2_neg_2_expl_max512",
    "definition_pos_2_neg_2_expl_max256",
    "definition_pos_2_max128",
    "definition_pos_100_neg_100_expl_max2048",
)
UNCUT_RAW = ("definition_pos_2", "name_only", "nothing", "definition_pos_100_neg_100_expl_max2048")
UNCUT_CONVERTED = ("definition_only", "definition_pos_2", "pos_2_only")
PATH_OF_GPT2 = os.environ.get("TASKSCHEMA_GPT2")

pytestmark = pytest.mark.skipif(not GOLDEN.is_dir(), reason="there is no ../shared/golden")


@pytest.fixture(scope="module")
def gpt2() -> Tokenizer:
    pytest.importorskip("tokenizers")
    if PATH_OF_GPT2 is None:
        pytest.skip("TASKSCHEMA_GPT2 names no tokenizer.json")
    return tokenizer_of(Path(PATH_OF_GPT2))


def rows_of(name: str) -> list[Any]:
    return [json.loads(line) for line in (GOLDEN / name).read_text("utf-8").splitlines()]


def said() -> Any:
    return json.loads((GOLDEN / "settings.json").read_text("utf-8"))


def made(
    given: Mapping[str, Any], tokenizer: Tokenizer | None = None, **more: Any
) -> list[list[Any]]:
    """What the view makes of all tasks, drawn from one state as upstream did."""
    settings = {ours: given[theirs] for theirs, ours in NAMES.items() if theirs in given}
    options = ViewOptions(tokenizer=tokenizer, settings=settings | more)
    chance = Random(42)
    records: list[Record] = []
    for name in said()["tasks"]["train"] + said()["tasks"]["test"]:
        document = json.loads((GOLDEN / "tasks" / f"{name}.json").read_text("utf-8"))
        task: Task = upgrade(document, name=name)
        indices = range(len(task["instances"]))
        records += records_in_turn(task, indices, options, chance)
    return [list(record.values()) for record in records]


def golden(name: str, *keys: str) -> list[list[Any]]:
    return [[row["id"], row["task"], *(row[key] for key in keys)] for row in rows_of(name)]


@pytest.mark.parametrize("name", RAW)
def test_prompts_counted_in_words_equal_upstream(name: str) -> None:
    file = f"raw_whitespace_{name}.jsonl"
    assert made(said()["raw"][file]) == golden(file, "input", "label")


@pytest.mark.parametrize("name", RAW)
def test_prompts_counted_by_gpt2_equal_upstream(name: str, gpt2: Tokenizer) -> None:
    file = f"raw_gpt2_{name}.jsonl"
    assert made(said()["raw"][file], gpt2) == golden(file, "input", "label")


@pytest.mark.parametrize("name", UNCUT_RAW)
def test_uncut_prompts_equal_upstream(name: str) -> None:
    file = f"raw_gpt2_{name}.jsonl"
    assert made(said()["raw"][file]) == golden(file, "input", "label")


@pytest.mark.parametrize("name", CONVERTED)
def test_text_lines_counted_by_gpt2_equal_upstream(name: str, gpt2: Tokenizer) -> None:
    found = made(said()["convert"][name], gpt2, one_line=True)
    assert found == golden(f"convert_{name}.jsonl", "s2s_input", "s2s_output")


@pytest.mark.parametrize("name", UNCUT_CONVERTED)
def test_uncut_text_lines_equal_upstream(name: str) -> None:
    found = made(said()["convert"][name], one_line=True)
    assert found == golden(f"convert_{name}.jsonl", "s2s_input", "s2s_output")


def test_unusual_texts_give_the_prompts_of_upstream() -> None:
    rows = rows_of("edge_cases_whitespace.jsonl")
    assert len(rows) == 14
    for row in rows:
        example = row["example"]
        definition = example["Definition"]
        task = {
            "name": example["Task"],
            "definition": [definition] if isinstance(definition, str) else definition,
            "instances": [example["Instance"]],
            "positive_demonstrations": example["Positive Examples"],
            "negative_demonstrations": example["Negative Examples"],
        }
        options = ViewOptions(settings={ours: row["settings"][key] for key, ours in NAMES.items()})
        (record,) = records_in_turn(task, [0], options, Random(row["seed"]))
        assert (record["inputs"], record["labels"]) == (row["input"], row["label"]), row["case"]
