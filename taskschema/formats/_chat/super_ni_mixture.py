"""Prompts as open-instruct made them of Super-NaturalInstructions for the first two Tulu mixtures.

Of each task some instances are sampled. The first of them get the definition and the input in a
layout drawn by weight, all others the definition and sampled demonstrations in one fixed layout. An
answer is the first output. With one seed, and tasks in one order, the rows are upstream's, draw for
draw: `scripts/data/sft_v1_v2/reformat_datasets.py` at e6c3044.
"""

from collections.abc import Iterable, Iterator
from random import Random

from taskschema.errors import ConfigError
from taskschema.formats import Document, Options

__all__ = ["mixture_rows"]

DEFAULTS = {"zero_shot": 60, "few_shot": 20, "demonstrations": 2}
SKIPPED = "_mmmlu_"  # in the names of tasks that evaluations ask
WANTED = (
    "Write a response that appropriately completes the request.\n\n### Instruction:\n{instruction}"
)

PAIRED = (
    "Below is an instruction that describes a task, paired with an input that provides further "
    "context."
)
WITH_INPUT = (
    ("{instruction}\n\n{input}\n\n", 0.2),
    ("{instruction}\n{input}\n\n", 0.1),
    ("{instruction}\n{input}\n", 0.1),
    ("{instruction}\n\nInput: {input}\n\nOutput:", 0.05),
    ("{instruction}\nInput: {input}\nOutput:", 0.05),
    ("{instruction}\n{input}\n\nResponse:", 0.05),
    ("{instruction}\n\nAdditional Context:\n{input}\n\nAnswer:", 0.05),
    ("Task: {instruction}\nInput: {input}\nOutput:", 0.05),
    ("Task: {instruction}\n\n{input}\n\n", 0.05),
    ("Task: {instruction}\n\n{input}\n\nAnswer:", 0.05),
    (
        "You need to complete the following task:\n\n{instruction}\n\n{input}\n\nAnswer:",
        0.05,
    ),
    (
        "{instruction}\n\nNow complete the following instance -\nInput: {input}\nOutput:",
        0.05,
    ),
    ("Instruction:{instruction}\n\nInput: {input}\n\n", 0.05),
    (f"{PAIRED} {WANTED}\n\n### Input:\n{{input}}\n\n### Response:", 0.1),
)
ANSWER_ON_NEW_LINE = "{instruction}"
WITHOUT_INPUT = (
    ("{instruction}\n\n", 0.2),
    ("{instruction}\n", 0.1),
    (ANSWER_ON_NEW_LINE, 0.1),
    ("{instruction} Output:", 0.05),
    ("{instruction}\nResponse:", 0.05),
    ("{instruction}\n\nAnswer:", 0.05),
    ("Task: {instruction}\n\n", 0.05),
    ("Instruction: {instruction}\n", 0.05),
    ("Instruction: {instruction}\nOutput:", 0.05),
    ("You need to complete the following task:\n\n{instruction}\n\n", 0.05),
    ("Can you help with this?\n\n{instruction}\n", 0.05),
    ("Plase answer the following request: {instruction}\nAnswer:", 0.05),  # sic
    ("Tell me how would you respond to the following request.\n{instruction}\n", 0.05),
    (f"{WANTED}\n\n### Response:", 0.1),
)


def mixture_rows(
    tasks: Iterable[Document], options: Options
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
        definition = task["definition"][0].strip()
        sampled = _sample(chance, task["instances"], zero + few)
        for index, instance in enumerate(sampled):
            text, answer = instance["input"].strip(), instance["output"][0].strip()
            if index < zero:
                prompt, answer = _drawn(chance, definition, text, answer)
            else:
                known = _sample(chance, task.get("positive_demonstrations", []), shown)
                shots = [(each["input"].strip(), each["output"].strip()) for each in known]
                prompt = _shown(definition, shots, text)
            turns = [("user", prompt), ("assistant", answer)]
            row = {
                "dataset": "super_ni",
                "id": f"super_ni_{instance['id']}",
                "messages": [{"role": role, "content": content} for role, content in turns],
            }
            yield task, instance, row


def _count(options: Options, key: str) -> int:
    value = options.configuration.get(key, DEFAULTS[key])
    if type(value) is not int or value < 0:
        raise ConfigError(f"--config: `{key}` is no whole number of at least 0. Write one.")
    return value


def _sample(chance: Random, items: list[Document], size: int) -> list[Document]:
    """So many of them; all, in their order and without a draw, where they are no more."""
    return chance.sample(items, k=size) if size < len(items) else items


def _drawn(chance: Random, definition: str, text: str, answer: str) -> tuple[str, str]:
    """Prompt and completion in a layout drawn by weight."""
    layouts = WITH_INPUT if text else WITHOUT_INPUT
    layout, _ = chance.choices(layouts, weights=[weight for _, weight in layouts])[0]
    prompt = layout.format(instruction=definition, input=text)
    return prompt, f"\n{answer}" if layout == ANSWER_ON_NEW_LINE else answer


def _shown(definition: str, shots: list[tuple[str, str]], text: str) -> str:
    """The prompt with demonstrations."""
    before = "".join(f"Input:\n{asked}\nOutput:\n{answer}\n\n" for asked, answer in shots)
    return f"{definition}\n\n{before}Input:\n{text}\nOutput:\n"
