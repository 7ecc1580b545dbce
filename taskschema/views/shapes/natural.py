"""Messages in the words of people: the definition and the input in one of many layouts.

Most records have a layout drawn by weight, the others demonstrations in a fixed one, as Tulu has of
Super-NaturalInstructions. Where a definition has paraphrases, one of them is drawn; a row that
brought its own instruction is asked by that. Turns before the input stand before the prompt; those
of demonstrations are left out.

An instance draws by seed, task and id, whichever others are asked for, and demonstrations that ask
the same are not shown to it. `records_in_turn` draws as upstream does, which shows them.
"""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from taskschema.core.plugin_settings import Setting
from taskschema.core.text.normal_forms import normalise
from taskschema.schema.row_instructions import instruction_and_input
from taskschema.views.prompt_layouts import ask, sample, show
from taskschema.views.shared.conversations import questions
from taskschema.views.view import Record, Task, View, ViewOptions, chance_of

Chances = Callable[[Task, int], Random]
MOST_VARIANTS = 100

SETTINGS = {
    "variants": Setting(
        int,
        f"at most so many records of an instance, none like another; {MOST_VARIANTS} at most",
        1,
        least=1,
        most=MOST_VARIANTS,
    ),
    "paraphrases": Setting(
        bool, "whether one of the definitions is drawn; else it is the first", True
    ),
    "layouts": Setting(bool, "whether a layout is drawn; else it is the first", True),
    "few_shot": Setting(
        float, "the share of records that show demonstrations, from 0 to 1", 0.25, most=1
    ),
    "demonstrations": Setting(int, "at most so many positive demonstrations in each of these", 2),
    "outputs": Setting(bool, "whether one of the outputs is drawn; else it is the first", False),
}


def records(task: Task, indices: Sequence[int], options: ViewOptions) -> Iterator[Record]:
    """The records of each instance, drawn by seed, task and id."""

    def chance(instance: Task, variant: int) -> Random:
        return chance_of(task, options, f"natural {instance['id']} {variant}")

    return _records(task, indices, options, chance, shows_same=False)


def records_in_turn(
    task: Task, indices: Sequence[int], options: ViewOptions, chance: Random
) -> Iterator[Record]:
    """The records of each instance, all drawn from one state, as open-instruct draws them.

    It samples the instances of a task first, and asks the first of them with `few_shot` 0 and the
    others with 1.
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
    said = {name: VIEW.setting(options, name) for name in SETTINGS}
    known = [(normalise(row["input"]), row) for row in task.get("positive_demonstrations", [])]
    for index in indices:
        instance = task["instances"][index]
        own = set() if shows_same else questions(task, instance)
        shown = [row for question, row in known if question not in own]
        seen: set[tuple[str, str]] = set()
        for variant in range(said["variants"]):
            pair = _drawn(task, instance, shown, said, chance_for(instance, variant))
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
    said: dict[str, Any],
    chance: Random,
) -> tuple[str, str]:
    """Prompt and completion. Where there is no choice, nothing is drawn."""
    share, outputs = said["few_shot"], instance["output"]
    is_few = share == 1 or (share > 0 and chance.random() < share)
    definition, text = instruction_and_input(task, instance)
    definitions = task["definition"] if definition == task["definition"][0] else [definition]
    has_choice = said["paraphrases"] and len(definitions) > 1
    definition = chance.choice(definitions) if has_choice else definition
    answer = chance.choice(outputs) if said["outputs"] and len(outputs) > 1 else outputs[0]
    if is_few:
        shown = sample(chance, demonstrations, said["demonstrations"])
        return show(definition, shown, text, answer)
    return ask(definition, text, answer, chance if said["layouts"] else None)


VIEW = View(
    title="Messages in the words of people: definition and input in one of many layouts",
    columns={
        "id": "string",
        "task": "string",
        "variant": "int32",
        "messages": [{"role": "string", "content": "string"}],
    },
    records=records,
    settings=SETTINGS,
)
