"""The prompts that open-instruct made of Super-NaturalInstructions for the first Tulu mixtures.

Some instances of each task are sampled. The first of them get the definition and the input in a
layout drawn by weight; the others get the definition and sampled demonstrations in a fixed layout.
The answer is the first output. With the same seed and order of tasks, the rows equal upstream's:
`scripts/data/sft_v1_v2/reformat_datasets.py` at e6c3044.
"""

from collections.abc import Iterable, Iterator
from random import Random

from taskschema.convert.format import ConvertOptions
from taskschema.convert.pieces import Document
from taskschema.core.errors import ConfigError
from taskschema.views.prompt_layouts import ask, sample, show

__all__ = ["mixture_rows"]

DEFAULTS = {"zero_shot": 60, "few_shot": 20, "demonstrations": 2}
SKIPPED = "_mmmlu_"  # in the names of tasks that are for evaluation


def mixture_rows(
    tasks: Iterable[Document], options: ConvertOptions
) -> Iterator[tuple[Document, Document, Document]]:
    """Yield each task with a sampled instance and its row.

    Args:
        tasks: in the order of sampling.
        options: `seed`, and in `configuration` the numbers of instances of a task without
            (`zero_shot`) and with demonstrations (`few_shot`), and of these `demonstrations`.

    Raises:
        ConfigError: one of the three is not a whole number of at least 0.
    """
    chance = Random(options.seed)  # noqa: S311
    zero, few, demonstrations = (_count(options, key) for key in DEFAULTS)
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
                known = sample(chance, task.get("positive_demonstrations", []), demonstrations)
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
        raise ConfigError(f"--config: `{key}` is not a whole number of at least 0. Correct it.")
    return value
