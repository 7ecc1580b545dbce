"""Prompts as open-instruct made them of Super-NaturalInstructions for the first two Tulu mixtures.

Of each task some instances are sampled. The first of them get the definition and the input in a
layout drawn by weight, all others the definition and sampled demonstrations in one fixed layout. An
answer is the first output. With one seed, and tasks in one order, the rows are upstream's, draw for
draw: `scripts/data/sft_v1_v2/reformat_datasets.py` at e6c3044.
"""

from collections.abc import Iterable, Iterator
from random import Random

from taskschema.convert.format import ConvertOptions
from taskschema.convert.pieces import Document
from taskschema.core.errors import ConfigError
from taskschema.views.prompt_layouts import ask, sample, show

__all__ = ["mixture_rows"]

DEFAULTS = {"zero_shot": 60, "few_shot": 20, "demonstrations": 2}
SKIPPED = "_mmmlu_"  # in the names of tasks that evaluations ask


def mixture_rows(
    tasks: Iterable[Document], options: ConvertOptions
) -> Iterator[tuple[Document, Document, Document]]:
    """Each task with a sampled instance and its row.

    Args:
        tasks: in the order in which they take part in the draws.
        options: `seed`, and of `configuration` the instances of a task that get no demonstrations
            (`zero_shot`) and that do (`few_shot`), and how many (`demonstrations`).

    Raises:
        ConfigError: one of the three is no number, or less than 0.
    """
    chance = Random(options.seed)  # noqa: S311
    zero, few, shown = (_count(options, key) for key in DEFAULTS)
    for task in tasks:
        if SKIPPED in task["name"]:
            continue
        definition = task["definition"][0]
        sampled = sample(chance, task["instances"], zero + few)
        for index, instance in enumerate(sampled):
            text, answer = instance["input"], instance["output"][0]
            if index < zero:
                prompt, answer = ask(definition, text, answer, chance)
            else:
                known = sample(chance, task.get("positive_demonstrations", []), shown)
                prompt, answer = show(definition, known, text, answer)
            turns = [("user", prompt), ("assistant", answer)]
            row = {
                "dataset": "super_ni",
                "id": f"super_ni_{instance['id']}",
                "messages": [{"role": role, "content": content} for role, content in turns],
            }
            yield task, instance, row


def _count(options: ConvertOptions, key: str) -> int:
    value = options.configuration.get(key, DEFAULTS[key])
    if type(value) is not int or value < 0:
        raise ConfigError(f"--config: `{key}` is no whole number of at least 0. Write one.")
    return value
