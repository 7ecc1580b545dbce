"""Views with prompts: their texts, and demonstrations that never reveal an answer."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from support import strategies

from taskschema.collection.reading import read
from taskschema.core.errors import ConfigError
from taskschema.core.text.normal_forms import normalise
from taskschema.rules.smallest_task import smallest_task
from taskschema.views.view import VIEWS as ALL_VIEWS
from taskschema.views.view import View, ViewOptions

VIEWS: dict[str, View] = ALL_VIEWS.load_all()
WITH_SHOTS = [name for name, view in VIEWS.items() if "demonstrations" in view.settings]
TASK: dict[str, Any] = {
    "name": "capitals",
    "definition": ["Name the capital.", "Say it."],
    "positive_demonstrations": [
        {"input": "Italy", "output": "Rome", "explanation": "so"},
        {"input": " FRANCE ", "output": "Paris", "explanation": "so"},
        {"input": "Spain", "output": "Madrid", "explanation": "so"},
        {"input": "Peru", "output": "Lima", "explanation": "so"},
    ],
    "instances": [{"id": "a", "input": "France", "output": ["Paris", "Paname"]}],
}


def record(view: str, task: Any = TASK, **chosen: Any) -> dict[str, Any]:
    options = ViewOptions(settings=chosen)
    return next(VIEWS[view].records(task, range(len(task["instances"])), options))


def turn(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content}


def with_instance(**keys: Any) -> dict[str, Any]:
    return TASK | {"instances": [TASK["instances"][0] | keys]}


def test_messages_start_with_the_system_and_end_with_the_first_output() -> None:
    assert record("messages") == {
        "messages": [
            turn("system", "Name the capital."),
            turn("user", "France"),
            turn("assistant", "Paris"),
        ],
        "task": "capitals",
        "id": "a",
    }


def test_without_a_system_message_the_first_input_starts_with_the_definition() -> None:
    said = record("messages", system=False)["messages"]
    assert said[0] == turn("user", "Name the capital.\n\nFrance")
    shown = record("messages", system=False, demonstrations=3)["messages"]
    assert shown[0]["content"].startswith("Name the capital.\n\n")
    assert [one["role"] for one in shown] == ["user", "assistant"] * 4
    assert shown[-2] == turn("user", "France")


def test_the_context_is_kept_with_one_system_message() -> None:
    context = [turn("system", "Be brief."), turn("user", "Hello."), turn("assistant", "Yes?")]
    task = with_instance(context=context)
    assert record("messages", task)["messages"] == [
        turn("system", "Name the capital.\n\nBe brief."),
        *context[1:],
        turn("user", "France"),
        turn("assistant", "Paris"),
    ]
    assert record("messages", task, system=False)["messages"][:2] == [
        turn("system", "Be brief."),
        turn("user", "Name the capital.\n\nHello."),
    ]


def test_system_messages_of_demonstrations_are_merged() -> None:
    brief, kind = turn("system", "Be brief."), turn("system", "Be kind.")
    shown = TASK["positive_demonstrations"][0]
    demonstrations = [shown | {"context": [brief]}, shown | {"input": "Peru", "context": [kind]}]
    task = with_instance(context=[brief]) | {"positive_demonstrations": demonstrations}
    turns = record("messages", task, demonstrations=2)["messages"]
    assert turns[0] == turn("system", "Name the capital.\n\nBe brief.\n\nBe kind.")
    assert [one["role"] for one in turns[1:]] == ["user", "assistant"] * 3


def test_without_an_input_the_user_message_is_the_definition() -> None:
    said = record("messages", with_instance(input=""))["messages"]
    assert said[:-1] == [turn("user", "Name the capital.")]


def test_the_own_instruction_of_a_row_is_used() -> None:
    task = with_instance(input="Say it.\n\nFrance", extras={"instruction": "Say it."})
    said = record("messages", task)["messages"]
    assert said[:2] == [turn("system", "Say it."), turn("user", "France")]
    assert record("alpaca", task) == {
        "instruction": "Say it.",
        "input": "France",
        "output": "Paris",
    }
    for choice in ({"few_shot": 0, "layouts": False}, {"few_shot": 1}):
        prompt = record("natural", task, **choice)["messages"][0]["content"]
        assert prompt.startswith("Say it.\n\n")
        assert "Name" not in prompt
        assert prompt.count("Say it.") == 1


@pytest.mark.parametrize(
    ("view", "name", "value", "allowed"),
    [
        ("messages", "demonstrations", -1, "a whole number of at least 0"),
        ("prompt_completion", "demonstrations", "2", "a whole number of at least 0"),
        ("environment", "demonstrations", True, "a whole number of at least 0"),
        ("messages", "system", 3, "true or false"),
        ("inspect", "labels", "no", "true or false"),
        ("rlvr", "verifier", 5, "a text"),
    ],
)
def test_an_invalid_setting_is_refused(view: str, name: str, value: Any, allowed: str) -> None:
    with pytest.raises(ConfigError, match=f"`{name}` is {json.dumps(value)}, not {allowed}"):
        record(view, **{name: value})


def test_the_input_of_an_alpaca_row_starts_with_the_context() -> None:
    said = [turn("user", "Spain?"), turn("assistant", "Madrid")]
    row = record("alpaca", with_instance(context=said))
    assert row["input"] == "User: Spain?\nAssistant: Madrid\nUser: France"


def test_prompts_continue_with_their_completions() -> None:
    assert record("prompt_completion", demonstrations=9) == {
        "prompt": "Name the capital.\n\nInput: Italy\nOutput: Rome\n\nInput: Spain\nOutput: Madrid"
        "\n\nInput: Peru\nOutput: Lima\n\nInput: France\nOutput:",
        "completion": " Paris",
    }


def test_samples_list_all_outputs_or_the_letters_of_choices() -> None:
    plain = record("inspect", TASK | {"canary": "canary GUID 0"})
    assert plain["target"] == ["Paris", "Paname"]
    assert plain["choices"] is None
    assert plain["id"] == "capitals:a"
    assert plain["metadata"]["canary"] == "canary GUID 0"
    assert "canary" not in json.dumps(plain["input"])
    scored = [{"text": "Rome", "score": 0}, {"text": "Paris", "score": 1}]
    task = with_instance(output=["Paris"], answer=scored)
    chosen = record("inspect", task | {"answer_format": {"kind": "choices"}})
    assert (chosen["choices"], chosen["target"]) == (["Rome", "Paris"], ["B"])
    labels = {"kind": "label", "labels": ["Paname", "Paris"]}
    labelled = record("inspect", TASK | {"answer_format": labels}, labels=True)
    assert (labelled["choices"], labelled["target"]) == (["Paname", "Paris"], ["B", "A"])


def test_rlvr_rows_name_a_verifier() -> None:
    assert record("rlvr") == {
        "messages": [turn("user", "Name the capital.\n\nFrance")],
        "ground_truth": "Paris",
        "dataset": "string_f1",
    }
    # Open-instruct drops the last of several messages.
    several = record("rlvr", system=True, alternatives=True, verifier="re_search")
    assert several["messages"][-1] == turn("assistant", "Paris")
    assert json.loads(several["ground_truth"]) == ["Paris", "Paname"]
    assert several["dataset"] == "re_search"


def test_environment_rows_list_all_outputs() -> None:
    row = record("environment")
    assert row["prompt"] == [turn("system", "Name the capital."), turn("user", "France")]
    assert row["answer"] == "Paris"
    assert json.loads(row["info"])["output"] == ["Paris", "Paname"]


@pytest.mark.parametrize("name", WITH_SHOTS)
def test_no_demonstration_has_the_input_of_the_instance(name: str) -> None:
    always = {"few_shot": 1} if "few_shot" in VIEWS[name].settings else {}
    shown = json.dumps(record(name, demonstrations=9, **always))
    assert "FRANCE" not in shown
    assert all(place in shown for place in ("Italy", "Spain", "Peru"))


@pytest.mark.parametrize("name", WITH_SHOTS)
def test_no_demonstration_has_the_input_without_the_own_instruction(name: str) -> None:
    task = with_instance(input="Say it.\n\nFrance", extras={"instruction": "Say it."})
    always = {"few_shot": 1} if "few_shot" in VIEWS[name].settings else {}
    shown = json.dumps(record(name, task, demonstrations=9, **always))
    assert "FRANCE" not in shown
    assert "Italy" in shown


@pytest.mark.parametrize("name", WITH_SHOTS)
@settings(max_examples=30, deadline=None)
@given(task=strategies.v3_documents())
def test_demonstrations_are_of_the_task_and_depend_on_the_seed_only(name: str, task: Any) -> None:
    view = VIEWS[name]
    options = ViewOptions(seed=3, settings={"demonstrations": 2})
    indices = [*range(len(task["instances"]))]
    forwards = list(view.records(task, indices, options))
    backwards = list(view.records(task, indices[::-1], options))
    assert forwards == backwards[::-1]


def test_demonstrations_are_drawn_for_each_instance() -> None:
    demonstrations = [
        {"input": f"question {index}", "output": "x", "explanation": "so"} for index in range(20)
    ]
    task = smallest_task("drawn", {"positive_demonstrations": demonstrations})

    def drawn(seed: int) -> list[Any]:
        options = ViewOptions(seed=seed, settings={"demonstrations": 2})
        indices = range(len(task["instances"]))
        found = VIEWS["messages"].records(task, indices, options)
        return [[turn["content"] for turn in row["messages"][1:5:2]] for row in found]

    assert drawn(0) == drawn(0) != drawn(1)
    assert len({tuple(shown) for shown in drawn(0)}) > 2
    for shown, instance in zip(drawn(0), task["instances"], strict=True):
        assert normalise(instance["input"]) not in map(normalise, shown)
        assert len(set(shown)) == 2


@pytest.mark.parametrize("name", WITH_SHOTS)
def test_real_tasks_have_a_record_for_each_instance(name: str, corpus: Path) -> None:
    for path in sorted(corpus.glob("*.json"))[:5]:
        task = read(path, corpus).upgraded()
        indices = range(len(task["instances"]))
        options = ViewOptions(settings={"demonstrations": 2})
        assert len(list(VIEWS[name].records(task, indices, options))) == len(indices)
