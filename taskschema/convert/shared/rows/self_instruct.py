"""The text processing of Self-Instruct: parse, filter and encode instances.

The results equal those of its published program, except for the order of instances: here that of
the text, there that of a Python set.
"""

import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from taskschema.convert.pieces import Document

__all__ = [
    "CLASS_LABEL",
    "LABEL",
    "ParsedInstance",
    "encoded",
    "filtered",
    "parsed",
    "with_merged_inputs",
]

LABEL = {"kind": "label"}
EXAMPLE = re.compile(r"Example\s?\d*\.?")
INPUT = re.compile(r"Input\s*(?:\d+\s*)?:")
OUTPUT = re.compile(r"Output\s*(?:\d+\s*)?:")
CLASS_LABEL = "Class label:"
END = "<|endoftext|>"
AFTER_WORD, AFTER_LINE = f" {{output}}{END}", f"{{output}}{END}"
WITH_INPUT = (
    ("{instruction}\nInput: {input}\nOutput:", AFTER_WORD),
    ("{instruction}\n\nInput: {input}\n\nOutput:", AFTER_WORD),
    ("Task: {instruction}\nInput: {input}\nOutput:", AFTER_WORD),
    ("{instruction}\n\n{input}\n\nOutput:", AFTER_WORD),
    ("{instruction}\n\n{input}\n\n", AFTER_LINE),
    ("{instruction}\n{input}\n\n", AFTER_LINE),
    ("Task: {instruction}\n\n{input}\n\n", AFTER_LINE),
)
WITHOUT_INPUT = (
    ("{instruction} Output:", AFTER_WORD),
    ("{instruction}\nOutput:", AFTER_WORD),
    ("{instruction}\n\nOutput:", AFTER_WORD),
    ("{instruction}\n", AFTER_LINE),
    ("{instruction}\n\n", AFTER_LINE),
    ("Task: {instruction}\n\n", AFTER_LINE),
)
FIXED = WITH_INPUT[4]


class ParsedInstance(NamedTuple):
    """An input with its output, as a model wrote them."""

    input: str
    output: str


def parsed(raw: str, *, is_classification: bool) -> list[ParsedInstance]:
    """Parse the instances in a model's answer, whose form depends on the type of task."""
    return _classification(raw) if is_classification else _generation(raw.strip())


def _generation(raw: str) -> list[ParsedInstance]:
    """The instances after each `Example`, or the one after `Output:`."""
    if EXAMPLE.search(raw):
        return [_instance(part.strip()) for part in EXAMPLE.split(raw) if part.strip()]
    return [_instance(raw)] if OUTPUT.search(raw) else []


def _instance(text: str) -> ParsedInstance:
    """Input and output of a text; without `Output:`, all of it is the output."""
    parts = OUTPUT.split(text, maxsplit=2)
    before, output = (parts[0].strip(), parts[1]) if parts[1:] else ("", text)
    label = INPUT.match(before)
    return ParsedInstance(
        before[label.end() if label else 0 :].strip(), INPUT.split(output, maxsplit=1)[0].strip()
    )


def _classification(raw: str) -> list[ParsedInstance]:
    """The instances after each `Class label:`: a line with the output, then the input."""
    instances = []
    for part in raw.split(CLASS_LABEL)[1:]:
        label, _, text = part.strip().partition("\n")
        instances.append(ParsedInstance(text.strip(), label.strip()))
    return instances


def filtered(found: Sequence[ParsedInstance], *, cut_off: bool) -> Iterator[ParsedInstance | str]:
    """Yield each instance that the program keeps, and for each other one the reason."""
    whole = found[:-1] if cut_off else found
    sound = [instance for instance in whole if not _unsoundness(instance)]
    outputs = {instance.input: instance.output for instance in sound if instance.input}
    contradictory = any(outputs.get(text, output) != output for text, output in sound)
    for number, instance in enumerate(found):
        if number >= len(whole):
            yield "is the last one, and the answer was cut off"
        elif reason := _unsoundness(instance):
            yield reason
        elif contradictory:
            yield "comes with instances that have one input and different outputs"
        else:
            yield instance


def _unsoundness(instance: ParsedInstance) -> str:
    """Why an instance is dropped; empty if it is kept."""
    if not instance.output:
        return "has no output"
    if instance.input == instance.output:
        return "has its input as output"
    texts = {"input": instance.input, "output": instance.output}
    unended = [name for name, text in texts.items() if text.endswith(":")]
    return f"has an {unended[0]} that ends with a colon" if unended else ""


def with_merged_inputs(instances: list[Document]) -> Iterator[Document]:
    """Merge instances that have only input and output, and equal inputs."""
    first: dict[str, Document] = {}
    for instance in instances:
        if len(instance) > len(("input", "output")):
            yield instance
        elif (text := instance["input"]) in first:
            outputs = (*first[text]["output"], *instance["output"])
            first[text]["output"] = list(dict.fromkeys(outputs))
        else:
            first[text] = instance
            yield instance


def encoded(instruction: str, text: str, output: str, chance: Random | None) -> dict[str, str]:
    """Return prompt and completion for training, in a random layout, or the fixed one."""
    parts = {"instruction": instruction.strip(), "input": text.strip(), "output": output.strip()}
    layouts = WITH_INPUT if parts["input"] else WITHOUT_INPUT
    prompt, completion = chance.choice(layouts) if chance else FIXED
    return {"prompt": prompt.format(**parts), "completion": completion.format(**parts)}
