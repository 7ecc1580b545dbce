"""A demonstration differs from an instance only in punctuation or spacing.

It is the same question, so a prompt with the demonstration contains the answer, and an exact
comparison of the texts does not find it. Remove the instance, or use another demonstration.

Words, numbers and all signs except punctuation must be equal, since inputs made from a template
differ in one word or digit and are different questions. Context and attachments must be equal too.
The rule skips texts below fifty characters, pairs that differ by more than three characters in
length, and instances of tasks with labels whose answer differs from that of the demonstration:
there the punctuation may be the question.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import compress, count
from typing import Any

from taskschema.core.findings import Severity
from taskschema.core.text.normal_forms import loose_keys, normalise
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

SHORTEST = 50  # characters; in a shorter text, punctuation matters more
LONGER = 3  # characters; the difference in length that a few marks or spaces make
HEAD, BEGINNING = 48, 16  # characters scanned, bytes compared
MOST_COMPARED = 20  # instances with the same letters, for one demonstration
MARKS = ".,;:!?\"'`"
OTHER_MARKS = (
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
    "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
    "\N{DOUBLE LOW-9 QUOTATION MARK}\N{HORIZONTAL ELLIPSIS}"
    "\N{INVERTED QUESTION MARK}\N{INVERTED EXCLAMATION MARK}"
    "\N{IDEOGRAPHIC COMMA}\N{IDEOGRAPHIC FULL STOP}\N{FULLWIDTH COMMA}\N{FULLWIDTH COLON}"
    "\N{FULLWIDTH SEMICOLON}\N{FULLWIDTH QUESTION MARK}\N{FULLWIDTH EXCLAMATION MARK}"
    "\N{ARABIC COMMA}\N{ARABIC SEMICOLON}\N{ARABIC QUESTION MARK}\N{DEVANAGARI DANDA}"
)
SEPARATOR = "\x01"
WITHOUT_MARKS = str.maketrans("", "", MARKS + OTHER_MARKS)
APOSTROPHES = str.maketrans("", "", "'`\N{RIGHT SINGLE QUOTATION MARK}")
WORDS = re.compile(r"\w+")
NUMBERS = re.compile(r"[0-9]+(?:[.,:][0-9]+)*")
AROUND = 12

Question = tuple[list[str], list[str], list[Any]]


def check(columns: Columns) -> Iterator[Violation]:
    shown = [
        (f"/{key}/{index}/input", row, key == "positive_demonstrations")
        for key, rows in columns.demonstrations.items()
        for index, row in enumerate(rows)
        if len(row["input"]) >= SHORTEST
    ]
    texts = [row["input"] for _, row, _ in shown]
    if not texts or not (alike := _alike(columns, texts)):
        return
    forms: dict[int, Question] = {}
    for (pointer, row, positive), key in zip(shown, _without_marks(texts), strict=True):
        # `demonstration-leaks` reports demonstrations that `instances_like` finds.
        if key not in alike or columns.instances_like(row):
            continue
        question = _question(row)
        for index in alike[key][:MOST_COMPARED]:
            instance = columns.instances[index]
            if index not in forms:
                forms[index] = _question(instance)
            if forms[index] != question:
                continue
            if positive and columns.label_space and row["output"] not in instance["output"]:
                continue
            message = (
                f"differs from the input of instance {columns.ids[index]} only in punctuation or "
                f"spacing: {_difference(row['input'], instance['input'])}. Remove the instance, "
                "or use another demonstration."
            )
            yield Violation(pointer, message)
            break


def _alike(columns: Columns, texts: Sequence[str]) -> dict[bytes, list[int]]:
    """Group the instances that may equal one of the texts by their key without marks.

    Only instances of about the same length and with the same beginning are compared.
    """
    lengths = frozenset(
        length
        for size in set(map(len, texts))
        for length in range(size - LONGER, size + LONGER + 1)
    )
    inputs = columns.inputs
    sized = list(compress(count(), map(lengths.__contains__, map(len, inputs))))
    beginnings = frozenset(_beginnings(texts))
    own_beginnings = _beginnings([inputs[index] for index in sized])
    near = list(compress(sized, map(beginnings.__contains__, own_beginnings)))
    keys = frozenset(_without_marks(texts))
    alike: dict[bytes, list[int]] = {}
    for index, key in zip(near, _without_marks([inputs[index] for index in near]), strict=True):
        if key in keys:
            alike.setdefault(key, []).append(index)
    return alike


def _beginnings(texts: Sequence[str]) -> list[bytes]:
    """Return the beginning of each text without marks, from its first characters."""
    keys = _without_marks([text[:HEAD] for text in texts])
    if min(map(len, keys), default=BEGINNING) < BEGINNING:
        for index, key in enumerate(keys):
            if len(key) < BEGINNING and len(texts[index]) > HEAD:
                (keys[index],) = _without_marks([texts[index]])
    return [key[:BEGINNING] for key in keys]


def _without_marks(texts: Sequence[str]) -> list[bytes]:
    """Return each text in lower case, without white space and punctuation.

    All texts are translated in one call, since that runs in C.
    """
    if not all(map(str.isascii, texts)):
        texts = [text if text.isascii() else text.translate(WITHOUT_MARKS) for text in texts]
    (together,) = loose_keys([SEPARATOR.join(texts)])
    keys = together.translate(None, MARKS.encode()).split(SEPARATOR.encode())
    if len(keys) == len(texts):
        return keys
    # A text that contains the separator itself yields too many keys.
    return [key.translate(None, MARKS.encode()) for key in loose_keys(texts)]


def _question(row: dict[str, Any]) -> Question:
    """Return the parts that must be equal in two rows whose keys are already equal."""
    text = normalise(row["input"])
    words = WORDS.findall(text.translate(APOSTROPHES))
    return words, NUMBERS.findall(text), [row.get(key) for key in ("context", "attachments")]


def _difference(one: str, other: str) -> str:
    """Quote the first place where two texts differ, with a few characters around it."""
    one, other = (" ".join(text.split()) for text in (one, other))
    pairs = zip(one.lower(), other.lower(), strict=False)
    same = next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
    start = max(0, same - AROUND)
    end = start + 2 * AROUND
    return f"{quote(one[start:end])} here, {quote(other[start:end])} there"


RULE = TaskRule(
    code="LEA002",
    name="near-duplicate-demonstration",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={
        "positive_demonstrations": [
            {
                "input": "Passage: The train leaves at 9:15. Question: When does it leave?",
                "output": "a quarter past nine",
                "explanation": "It is 9:15.",
            },
            {"input": "shown", "output": "b", "explanation": "e"},
        ],
        "instances": [
            {
                "id": "a",
                "input": "Passage: The train leaves at 9:16. Question: When does it leave?",
                "output": ["sixteen minutes past nine"],
            }
        ],
    },
    bad={
        "positive_demonstrations": [
            {
                "input": "Passage: The train leaves at 9:15. Question: When does it leave?",
                "output": "a quarter past nine",
                "explanation": "It is 9:15.",
            },
            {"input": "shown", "output": "b", "explanation": "e"},
        ],
        "instances": [
            {
                "id": "a",
                "input": "Passage: The train leaves at 9:15: Question: When does it leave?",
                "output": ["a quarter past nine"],
            }
        ],
    },
)
