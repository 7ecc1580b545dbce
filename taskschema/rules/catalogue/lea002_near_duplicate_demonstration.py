"""A demonstration differs from an instance only in punctuation or spacing.

It is the same question once more, so a prompt that shows it gives the answer away, and comparing
the texts does not tell. Take the instance out, or show another demonstration. Words, numbers and
all signs but punctuation must be the same in both, since inputs made from a template differ in one
word or digit and are different questions; so must context and attachments. Texts below fifty
characters, those of which one is more than three characters longer, and those of label tasks whose
answers differ, are left alone: there the punctuation may be the question.
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

SHORTEST = 50  # characters; in a shorter text a mark weighs more
LONGER = 3  # characters; a few marks or spaces more or less, not another line
HEAD, BEGINNING = 48, 16  # characters looked at, bytes compared
MOST_COMPARED = 20  # instances of the same letters for one demonstration
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

Asked = tuple[list[str], list[str], list[Any]]


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
    forms: dict[int, Asked] = {}
    for (pointer, row, positive), key in zip(shown, _without_marks(texts), strict=True):
        if key not in alike or columns.instances_like(row):  # that one is another rule's business
            continue
        asked = _asked(row)
        for index in alike[key][:MOST_COMPARED]:
            instance = columns.instances[index]
            if index not in forms:
                forms[index] = _asked(instance)
            if forms[index] != asked:
                continue
            if positive and columns.label_space and row["output"] not in instance["output"]:
                continue
            message = (
                f"differs from the input of instance {columns.ids[index]} only in punctuation or "
                f"spacing: {_difference(row['input'], instance['input'])}. Take the instance out, "
                "or show another demonstration."
            )
            yield Violation(pointer, message)
            break


def _alike(columns: Columns, texts: Sequence[str]) -> dict[bytes, list[int]]:
    """The instances that are one of the texts but for marks, by what is left without them.

    Those are looked at that are about as long, and begin alike but for marks.
    """
    lengths = frozenset(
        length
        for size in set(map(len, texts))
        for length in range(size - LONGER, size + LONGER + 1)
    )
    inputs = columns.inputs
    sized = list(compress(count(), map(lengths.__contains__, map(len, inputs))))
    beginnings = frozenset(_beginnings(texts))
    begins = _beginnings([inputs[index] for index in sized])
    near = list(compress(sized, map(beginnings.__contains__, begins)))
    wanted = frozenset(_without_marks(texts))
    alike: dict[bytes, list[int]] = {}
    for index, key in zip(near, _without_marks([inputs[index] for index in near]), strict=True):
        if key in wanted:
            alike.setdefault(key, []).append(index)
    return alike


def _beginnings(texts: Sequence[str]) -> list[bytes]:
    """How each text begins without marks, found from its first characters."""
    keys = _without_marks([text[:HEAD] for text in texts])
    if min(map(len, keys), default=BEGINNING) < BEGINNING:
        for index, key in enumerate(keys):
            if len(key) < BEGINNING and len(texts[index]) > HEAD:
                (keys[index],) = _without_marks([texts[index]])
    return [key[:BEGINNING] for key in keys]


def _without_marks(texts: Sequence[str]) -> list[bytes]:
    """Each text in lower case, without white space and punctuation; one pass in C over all."""
    if not all(map(str.isascii, texts)):
        texts = [text if text.isascii() else text.translate(WITHOUT_MARKS) for text in texts]
    (together,) = loose_keys([SEPARATOR.join(texts)])
    keys = together.translate(None, MARKS.encode()).split(SEPARATOR.encode())
    if len(keys) == len(texts):
        return keys
    # A text that holds the separator itself makes too many keys.
    return [key.translate(None, MARKS.encode()) for key in loose_keys(texts)]


def _asked(row: dict[str, Any]) -> Asked:
    """What two rows must share to be one question; that their characters are equal is known."""
    text = normalise(row["input"])
    words = WORDS.findall(text.translate(APOSTROPHES))
    return words, NUMBERS.findall(text), [row.get(key) for key in ("context", "attachments")]


def _difference(one: str, other: str) -> str:
    """Where two texts first differ, with a little of what stands round it."""
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
