"""Features of the view `tk_instruct` that upstream lacks."""

from collections.abc import Sequence
from typing import Any

import pytest

from taskschema.core.errors import ConfigError
from taskschema.views.shapes.tk_instruct import VIEW
from taskschema.views.view import Record, ViewOptions

SHOWN = {"input": "in", "output": "out", "explanation": "so"}
TASK: dict[str, Any] = {
    "schema_version": 3,
    "name": "say",
    "definition": ["Do x", "Do it"],
    "instances": [{"id": f"{i}", "input": f"i{i}", "output": ["a", "b", "c"]} for i in range(40)],
    "positive_demonstrations": [SHOWN] * 3,
    "negative_demonstrations": [SHOWN] * 3,
}
ALL = range(40)


class Letters:
    def encode(self, text: str) -> list[int]:
        return [ord(letter) for letter in text]

    def decode(self, tokens: Sequence[int]) -> str:
        return "".join(map(chr, tokens))


def records(*, seed: int = 0, indices: Any = ALL, **settings: Any) -> list[Record]:
    return list(VIEW.records(TASK, indices, ViewOptions(seed=seed, settings=settings)))


def test_a_prompt_has_only_the_definition_by_default() -> None:
    (record,) = records(indices=[0])
    asked = "Now complete the following example -\nInput: i0.\nOutput: "
    assert record["inputs"] == f"Definition: Do x.\n\n{asked}"
    assert (record["id"], record["task"]) == ("0", "say")


def test_random_choices_do_not_depend_on_other_instances() -> None:
    whole = records(tk_instruct=True)
    assert records(tk_instruct=True, indices=[7, 3]) == [whole[7], whole[3]]
    assert records(tk_instruct=True, seed=1) != whole


def test_all_outputs_are_drawn_as_labels() -> None:
    assert {record["labels"] for record in records()} == {"a", "b", "c"}


def test_the_mixture_draws_five_kinds_of_prompts_and_ignores_other_settings() -> None:
    found = records(tk_instruct=True, task_name=True, negative=3)
    kinds = {record["inputs"].replace(f"i{record['id']}", "") for record in found}
    assert len(kinds) == 5
    assert not any(kind.startswith("say. ") for kind in kinds)


def test_labels_are_cut_only_on_request() -> None:
    task = TASK | {"instances": [{"id": "1", "input": "", "output": ["one two  three"]}]}
    for is_cut, label in ((False, "one two  three"), (True, "one two")):
        options = ViewOptions(settings={"cut_labels": is_cut, "max_target_length": 2})
        assert [record["labels"] for record in VIEW.records(task, [0], options)] == [label]


def test_the_limit_counts_a_space_between_demonstrations() -> None:
    (whole,) = records(indices=[0], positive=3)
    room = len(whole["inputs"])
    for limit, count in ((room + 1, 3), (room, 2)):
        settings = {"positive": 3, "max_source_length": limit}
        options = ViewOptions(tokenizer=Letters(), settings=settings)
        (record,) = VIEW.records(TASK, [0], options)
        assert record["inputs"].count("Positive Example") == count


def test_the_task_name_counts_for_the_prompt_but_not_for_demonstrations() -> None:
    (whole,) = records(indices=[0], positive=1)
    settings = {"positive": 1, "task_name": True, "max_source_length": len(whole["inputs"])}
    options = ViewOptions(tokenizer=Letters(), settings=settings)
    (record,) = VIEW.records(TASK, [0], options)
    assert record["inputs"] == f"say. {whole['inputs']}"[: len(whole["inputs"])]


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("positive", -1, "a whole number"),
        ("negative", True, "a whole number"),
        ("max_source_length", "9", "a whole number"),
        ("max_target_length", None, "a whole number"),
        ("definition", 1, "true or false"),
    ],
)
def test_an_invalid_setting_is_refused(name: str, value: object, allowed: str) -> None:
    with pytest.raises(ConfigError, match=f"`{name}` is .*, not {allowed}"):
        records(**{name: value})
