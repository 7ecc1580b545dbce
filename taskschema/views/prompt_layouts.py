"""Natural prompt layouts for a definition and an input, as Tulu draws them.

Layouts and weights are those of open-instruct for Super-NaturalInstructions in the first two Tulu
mixtures (`scripts/data/sft_v1_v2/reformat_datasets.py` at e6c3044).
"""

from collections.abc import Iterable, Sequence
from random import Random
from typing import Any, TypeVar

__all__ = ["ask", "sample", "show"]

Item = TypeVar("Item")

REQUEST = (
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
    (f"{PAIRED} {REQUEST}\n\n### Input:\n{{input}}\n\n### Response:", 0.1),
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
    (f"{REQUEST}\n\n### Response:", 0.1),
)


def ask(definition: str, text: str, answer: str, chance: Random | None) -> tuple[str, str]:
    """Return prompt and completion in a layout drawn by weight; without `chance`, the first."""
    definition, text, answer = definition.strip(), text.strip(), answer.strip()
    layouts = WITH_INPUT if text else WITHOUT_INPUT
    layout, _ = layouts[0]
    if chance is not None:
        layout, _ = chance.choices(layouts, weights=[weight for _, weight in layouts])[0]
    prompt = layout.format(instruction=definition, input=text)
    return prompt, f"\n{answer}" if layout == ANSWER_ON_NEW_LINE else answer


def show(
    definition: str, demonstrations: Iterable[dict[str, Any]], text: str, answer: str
) -> tuple[str, str]:
    """Return prompt and completion in the only layout with demonstrations."""
    rows = [(each["input"].strip(), each["output"].strip()) for each in demonstrations]
    before = "".join(f"Input:\n{question}\nOutput:\n{reply}\n\n" for question, reply in rows)
    prompt = f"{definition.strip()}\n\n{before}Input:\n{text.strip()}\nOutput:\n"
    return prompt, answer.strip()


def sample(chance: Random, items: Sequence[Item], size: int) -> Sequence[Item]:
    """Return a random sample; if there are no more items than that, all in their order."""
    return chance.sample(items, k=size) if size < len(items) else items
