"""Messages with natural prompts: definition and input in one of many layouts.

Most records have a layout drawn by weight; the others have demonstrations in a fixed layout, as in
the Super-NaturalInstructions part of Tulu. The definition is drawn from its paraphrases; a row with
its own instruction keeps it. The context comes before the prompt; that of demonstrations is unused.

Random choices for an instance depend on seed, task and id only. Demonstrations with the same input
as the instance are not shown. `records_in_turn` draws as upstream does, which shows them.
"""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from taskschema.core.plugin_settings import Setting
from taskschema.core.text.normal_forms import normalise
from taskschema.schema.row_instructions import instruction_and_input
from taskschema.views.prompt_layouts import ask, sample, show
from taskschema.views.shared.conversations import questions
from taskschema.views.view import Record, Task, View, ViewOptions, random_of

Chances = Callable[[Task, int], Random]
MOST_VARIANTS = 100

SETTINGS = {
    "variants": Setting(
        int,
        f"the most records of an instance, all different; at most {MOST_VARIANTS}",
        1,
        least=1,
        most=MOST_VARIANTS,
    ),
    "paraphrases": Setting(
        bool, "whether to draw one of the definitions, instead of the first", True
    ),
    "layouts": Setting(bool, "whether to draw a layout, instead of the first", True),
    "few_shot": Setting(
        float, "the share of records with demonstrations, from 0 to 1", 0.25, most=1
    ),
    "demonstrations": Setting(int, "the most positive demonstrations in each of these", 2),
    "outputs": Setting(bool, "whether to draw one of the outputs, instead of the first", False),
}


def records(task: Task, indices: Sequence[int], options: ViewOptions) -> Iterator[Record]:
    """Yield the records of each instance, drawn by seed, task and id."""

    def chance(instance: Task, variant: int) -> Random:
        return random_of(task, options, f"natural {instance['id']} {variant}")

    return _records(task, indices, options, chance, shows_same=False)


def records_in_turn(
    task: Task, indices: Sequence[int], options: ViewOptions, chance: Random
) -> Iterator[Record]:
    """Yield the records of each instance, all drawn from one random state, as in open-instruct.

    Open-instruct samples the instances of a task first, and then uses `few_shot` 0 for the first
    of them and 1 for the others.
    """
    return _records(task, indices, options, lambda *_: chance, shows_same=True)


def _records(
    task: Task,
    indices: Sequence[int],
    options: ViewOptions,
    chance_for: Chances,
    *,
    shows_same: bool,
) -> Iterator[Record]:
    values = {name: VIEW.setting(options, name) for name in SETTINGS}
    known = [(normalise(row["input"]), row) for row in task.get("positive_demonstrations", [])]
    for index in indices:
        instance = task["instances"][index]
        own = set() if shows_same else questions(task, instance)
        shown = [row for question, row in known if question not in own]
        seen: set[tuple[str, str]] = set()
        for variant in range(values["variants"]):
            pair = _drawn(task, instance, shown, values, chance_for(instance, variant))
            if pair in seen:
                continue
            seen.add(pair)
            turns = [("user", pair[0]), ("assistant", pair[1])]
            before = [(turn["role"], turn["content"]) for turn in instance.get("context", [])]
            yield {
                "id": instance["id"],
                "task": task["name"],
                "variant": variant,
                "messages": [{"role": role, "content": text} for role, text in before + turns],
            }


def _drawn(
    task: Task,
    instance: Task,
    demonstrations: list[Task],
    values: dict[str, Any],
    chance: Random,
) -> tuple[str, str]:
    """Return prompt and completion; nothing is drawn if there is only one choice."""
    share, outputs = values["few_shot"], instance["output"]
    is_few = share == 1 or (share > 0 and chance.random() < share)
    definition, text = instruction_and_input(task, instance)
    definitions = task["definition"] if definition == task["definition"][0] else [definition]
    has_choice = values["paraphrases"] and len(definitions) > 1
    definition = chance.choice(definitions) if has_choice else definition
    answer = chance.choice(outputs) if values["outputs"] and len(outputs) > 1 else outputs[0]
    if is_few:
        shown = sample(chance, demonstrations, values["demonstrations"])
        return show(definition, shown, text, answer)
    return ask(definition, text, answer, chance if values["layouts"] else None)


VIEW = View(
    title="Messages with natural prompts: definition and input in one of many layouts",
    columns={
        "id": "string",
        "task": "string",
        "variant": "int32",
        "messages": [{"role": "string", "content": "string"}],
    },
    records=records,
    settings=SETTINGS,
)
