"""Natural prompts equal those of upstream if drawn in the same way."""

import json
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from support.checkout import SHARED

from taskschema.core.errors import ConfigError
from taskschema.schema.migrate import upgrade
from taskschema.views.shapes.natural import VIEW, records_in_turn
from taskschema.views.view import Record, Task, ViewOptions

GOLDEN = SHARED / "golden" / "tulu_super_ni.json"
TASKS = SHARED / "golden" / "tk_instruct_s2s" / "tasks"
ALL = range(60)
SHOWN = {"input": "a", "output": "b", "explanation": ""}
TASK: dict[str, Any] = {
    "schema_version": 3,
    "name": "say",
    "definition": [" Do x ", "Do it", "Say x"],
    "instances": [{"id": f"{i}", "input": f"in{i}", "output": ["a", "b"]} for i in ALL],
    "positive_demonstrations": [SHOWN, SHOWN | {"input": "IN3 "}],
}
PLAIN = {"paraphrases": False, "layouts": False, "few_shot": 0}


def records(
    task: Task = TASK, *, seed: int = 0, indices: Any = ALL, **settings: Any
) -> list[Record]:
    return list(VIEW.records(task, indices, ViewOptions(seed=seed, settings=settings)))


def texts(found: list[Record]) -> list[list[str]]:
    return [[turn["content"] for turn in record["messages"]] for record in found]


def as_upstream(names: list[str], said: dict[str, int]) -> Iterator[Record]:
    """What upstream draws: instances of a task, then those of them without demonstrations."""
    chance, zero = Random(said["seed"]), said["zero_shot_examples_per_task"]
    for name in names:
        task = upgrade(json.loads((TASKS / f"{name}.json").read_text("utf-8")), name=name)
        count = len(task["instances"])
        wanted = zero + said["few_shot_examples_per_task"]
        indices = chance.sample(range(count), k=wanted) if wanted < count else list(range(count))
        for share, part in ((0, indices[:zero]), (1, indices[zero:])):
            settings = {"few_shot": share, "demonstrations": said["n_few_shot"]}
            yield from records_in_turn(task, part, ViewOptions(settings=settings), chance)


def test_records_in_turn_equal_upstream() -> None:
    if not GOLDEN.is_file():
        pytest.skip("there is no ../shared/golden")
    golden = json.loads(GOLDEN.read_text("utf-8"))
    said = golden["settings"]
    names = [name for name in said["tasks_order"] if "_mmmlu_" not in name]
    found = [[f"super_ni_{row['id']}", row["messages"]] for row in as_upstream(names, said)]
    assert found == [[row["id"], row["messages"]] for row in golden["rows"]]


def test_without_random_choices_the_layouts_are_the_fixed_ones_of_upstream() -> None:
    if not GOLDEN.is_file():
        pytest.skip("there is no ../shared/golden")
    row = {"id": "1", "input": "in", "output": ["out"]}
    instances = [row, row | {"input": ""}, row | {"input": "c", "output": ["d"]}]
    task = TASK | {"instances": instances, "positive_demonstrations": [SHOWN]}
    found = records(task, indices=[0, 1], **PLAIN)
    found += records(task, indices=[2], **PLAIN | {"few_shot": 1})
    fixed = json.loads(GOLDEN.read_text("utf-8"))["fixed_template"]
    assert texts(found) == [[row["prompt"], row["completion"]] for row in fixed]


def test_random_choices_do_not_depend_on_other_instances() -> None:
    whole = records()
    assert records(indices=[7, 3]) == [whole[7], whole[3]]
    assert records(seed=1) != whole


def test_layouts_paraphrases_and_demonstrations_are_mixed() -> None:
    prompts = [prompt for prompt, _ in texts(records())]
    for definition in ("Do x", "Do it", "Say x"):
        assert any(definition in prompt for prompt in prompts)
    assert 5 <= sum("Output:\nb\n" in prompt for prompt in prompts) <= 25
    assert {answer for _, answer in texts(records())} == {"a"}
    assert {answer for _, answer in texts(records(outputs=True))} == {"a", "b"}


def test_variants_of_an_instance_differ() -> None:
    found = records(variants=6, indices=[0])
    assert len(found) > 3
    assert len({str(record["messages"]) for record in found}) == len(found)
    assert found[0] == records(indices=[0])[0]
    assert len(records(indices=[0], variants=6, **PLAIN)) == 1


def test_a_demonstration_with_the_same_input_is_not_shown() -> None:
    prompts = [prompt for prompt, _ in texts(records(few_shot=1))]
    assert [number for number, prompt in enumerate(prompts) if "IN3" not in prompt] == [3]


def test_the_context_comes_before_the_prompt() -> None:
    context = [{"role": "user", "content": "hello"}, {"role": "assistant", "content": "hi"}]
    task = TASK | {"instances": [TASK["instances"][0] | {"context": context}]}
    (record,) = records(task, indices=[0], **PLAIN)
    assert record["messages"][:2] == context
    assert texts([record])[0][2:] == ["Do x\n\nin0\n\n", "a"]


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("variants", 0, "a whole number from 1 to 100"),
        ("variants", 101, "a whole number from 1 to 100"),
        ("few_shot", 1.5, "a number from 0 to 1"),
        ("few_shot", float("nan"), "a number from 0 to 1"),
        ("few_shot", True, "a number from 0 to 1"),
        ("demonstrations", -1, "a whole number of at least 0"),
        ("layouts", "no", "true or false"),
    ],
)
def test_an_invalid_setting_is_refused(name: str, value: object, allowed: str) -> None:
    with pytest.raises(ConfigError, match=f"`{name}` is .*, not {allowed}. Correct it."):
        records(**{name: value})
