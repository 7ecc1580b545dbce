"""The output of a positive demonstration differs in form from those of the instances.

Models copy the form of demonstrations (`Yes.` for `yes`, a word for a number) and then fail every
exact comparison. Write the output in the form of the instances.

Only clear cases are reported: instances with a small closed list of outputs, with numbers only, or
whose outputs all start with the same mark, such as `{` or `Answer:`. An output is not reported if
the definition names it or its own input contains it, unless it differs from a label only in case or
punctuation. An output that is spelled like some label, in upper or lower case, in one word or
several, may be a label that no instance has, and is not reported either. `output-outside-labels`
checks tasks that declare their labels.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from taskschema.core.findings import Severity
from taskschema.core.text.normal_forms import bare, normalise
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

MOST_LABELS = 15  # distinct outputs; more are not a closed list
LONGEST_LABEL = 20  # characters; a longer output is text, and its wording may vary
FEWEST_NEAR = 20  # instances, to report an output that differs from theirs in case or marks
FEWEST = 50  # instances, to report an output that differs altogether
FEWEST_EACH = 3  # instances per label; a rarer label suggests that others are missing
LONGEST_DEFINITION = 10_000  # characters searched for each output
NUMBER = re.compile(r"[-+\u2212]?\d[\d.,/]*%?")
LETTER = re.compile(r"[^\W\d_]")
OPENING = re.compile(r"[\w ]{0,20}[:=]|[\[{(<#$+|*\"]")  # `count(` is a call, not an opening
SEPARATOR = re.compile("[,;|/]")

Row = dict[str, Any]


def check(columns: Columns) -> Iterator[Violation]:
    if "labels" in columns.answer_format or len(columns.instances) < FEWEST_NEAR:
        return
    if len(columns.distinct_outputs) <= MOST_LABELS:
        if columns.answer_format["kind"] in ("text", "label"):
            yield from _unlike_labels(columns)
    elif len(columns.instances) >= FEWEST:
        if _are_numbers(columns):
            yield from _unlike_numbers(columns)
        yield from _unlike_opening(columns)  # numbers may all start with `+`


def _unlike_labels(columns: Columns) -> Iterator[Violation]:
    labels = sorted({text.strip() for text in columns.distinct_outputs} - {""})
    if not labels[1:] or max(map(len, labels)) > LONGEST_LABEL:
        return
    if len(columns.instances) < FEWEST_EACH * len(labels):
        return
    near = {bare(label): label for label in labels if bare(label)}
    closed, definition = _is_surely_closed(columns), _plain_definition(columns)
    spelled = frozenset(map(_spelling, labels))
    shown = ", ".join(f"`{label}`" for label in labels)
    for pointer, output, row in _outputs(columns):
        if output in labels or all(part.strip() in labels for part in SEPARATOR.split(output)):
            continue
        message = f"{quote(output)} is not an output of any instance. Instances have {shown}."
        if nearest := near.get(bare(output)):
            yield Violation(pointer, f"{message} Write `{nearest}`.")
        elif (
            closed
            and _spelling(output) not in spelled
            and normalise(output) not in normalise(row["input"])
            and not _is_named(output, definition)
        ):
            yield Violation(pointer, f"{message} Write one of them.")


def _is_surely_closed(columns: Columns) -> bool:
    if len(columns.instances) < FEWEST:
        return False
    counts = Counter(text.strip() for outputs in columns.outputs for text in outputs)
    return min(counts.values()) >= FEWEST_EACH


def _are_numbers(columns: Columns) -> bool:
    # For most tasks, the first rows decide, and the other outputs need no scan.
    first = (text.strip() for outputs in columns.outputs[:FEWEST] for text in outputs)
    return all(map(NUMBER.fullmatch, first)) and all(
        NUMBER.fullmatch(text.strip()) for text in columns.distinct_outputs
    )


def _unlike_numbers(columns: Columns) -> Iterator[Violation]:
    definition = _plain_definition(columns)
    for pointer, output, _ in _outputs(columns):
        if LETTER.search(output) and not _is_named(output, definition):
            message = (
                f"{quote(output)} is not a plain number, unlike every output of the instances. "
                "Write only the digits."
            )
            yield Violation(pointer, message)


def _unlike_opening(columns: Columns) -> Iterator[Violation]:
    match = OPENING.match(columns.outputs[0][0].lstrip())
    opening = match[0] if match else ""
    if not match or not all(text.lstrip().startswith(opening) for text in columns.distinct_outputs):
        return
    definition = _plain_definition(columns)
    for pointer, output, _ in _outputs(columns):
        if not (output.startswith(opening) or _is_named(output, definition)):
            message = (
                f"{quote(output)} does not start with `{opening}`, unlike every output of the "
                f"instances. Start it with `{opening}`."
            )
            yield Violation(pointer, message)


def _outputs(columns: Columns) -> Iterator[tuple[str, str, Row]]:
    """Yield pointer, output and row of the positive demonstrations with an output."""
    for index, row in enumerate(columns.demonstrations["positive_demonstrations"]):
        if output := row["output"].strip():
            yield f"/positive_demonstrations/{index}/output", output, row


def _plain_definition(columns: Columns) -> str:
    return normalise(" \n ".join(columns.definition))[:LONGEST_DEFINITION]


def _is_named(output: str, definition: str) -> bool:
    word = normalise(output)
    pattern = rf"(?<!\w){re.escape(word)}(?!\w)"
    return word in definition and re.search(pattern, definition) is not None


def _spelling(text: str) -> tuple[str, bool]:
    """Return the class of a text's characters, and whether it has several words."""
    if NUMBER.fullmatch(text):
        letters = "digits"
    elif not LETTER.search(text):
        letters = "none"
    elif text.islower():
        letters = "small"
    elif text.isupper():
        letters = "large"
    else:
        letters = "other"
    return letters, " " in text


RULE = TaskRule(
    code="DEM008",
    name="output-shaped-otherwise",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={
        "positive_demonstrations": [
            {"input": "shown one", "output": "yes", "explanation": "It is."},
            {"input": "shown two", "output": "unclear", "explanation": "It may be."},
        ],
        "instances": [
            {"id": f"{number}", "input": f"is {number} odd?", "output": [["no", "yes"][number % 2]]}
            for number in range(26)
        ],
    },
    bad={
        "positive_demonstrations": [
            {"input": "shown one", "output": "yes", "explanation": "It is."},
            {"input": "shown two", "output": "No.", "explanation": "It is not."},
        ],
        "instances": [
            {"id": f"{number}", "input": f"is {number} odd?", "output": [["no", "yes"][number % 2]]}
            for number in range(26)
        ],
    },
)
