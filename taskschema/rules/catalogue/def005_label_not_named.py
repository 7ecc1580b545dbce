"""The definition does not name one of the declared labels.

A model that reads only the definition cannot know that label or its spelling. Name every label in
the definition, and when it is the answer.

All paraphrases are searched together. Case, hyphens and underscores are ignored, and a long label
may carry an ending. The rule skips tasks with more than twenty labels, with more than two labels
that are numbers or letters (`from 1 to 5` names them all), and tasks whose inputs list the labels.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from taskschema.core.findings import Severity
from taskschema.core.text.normal_forms import normalise
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.shared.enumerations import first_labels
from taskschema.schema.columns import Columns

MOST_LABELS = 20  # longer lists do not fit into a definition
LONG_LABEL = 4  # letters; an ending does not turn a label this long into another word
SERIES = 2  # more numbers or letters than this are probably given as a range
MOST_SCANNED = 20  # instances; a few show whether inputs list the labels
EDGE = 2000  # characters; labels are listed at the start or the end of an input
JOINTS = re.compile(r"[\s_-]+")


def check(columns: Columns) -> Iterator[Violation]:
    labels: list[str] = columns.answer_format.get("labels", [])
    if not 1 < len(labels) <= MOST_LABELS or _are_a_series(labels):
        return
    definition = _plain(" \n ".join(columns.definition))
    # `unused-label` reports labels that no instance has; such a label may be misspelt.
    used = columns.distinct_outputs
    missing = [label for label in labels if label in used and not _names(definition, label)]
    if definition and missing and not _are_listed(columns, labels):
        noun = "label" if len(missing) == 1 else "labels"
        message = (
            f"does not name the {noun} {first_labels(missing)}. Write when each label is the "
            "answer."
        )
        yield Violation("/definition", message)


def _are_a_series(labels: Sequence[str]) -> bool:
    short = all(label.isdecimal() or len(label) == 1 for label in map(str.strip, labels))
    return short and len(labels) > SERIES


def _are_listed(columns: Columns, labels: Sequence[str]) -> bool:
    """Whether the questions of most of the first instances name two labels or more."""
    rows = columns.instances[:MOST_SCANNED]
    listed = 0
    for row in rows:
        turns = [turn["content"] for turn in row.get("context", ())]
        question = " \n ".join(_edges(text) for text in (*turns[:1], *turns[1:][-1:], row["input"]))
        names = partial(_names, _plain(question))
        listed += sum(map(names, labels)) > 1
    return 2 * listed > len(rows)


def _edges(text: str) -> str:
    return text if len(text) <= 2 * EDGE else f"{text[:EDGE]} {text[-EDGE:]}"


def _plain(text: str) -> str:
    return JOINTS.sub(" ", normalise(text)).strip()


def _names(text: str, label: str) -> bool:
    """Whether a plain text contains the label as a word, or anywhere in unspaced scripts."""
    plain = _plain(label)
    if plain not in text or not (plain and (plain.isascii() or plain[0].islower())):
        return plain in text
    before = r"(?<!\w)" if plain[0].isalnum() else ""
    after = r"(?!\w)" if plain[-1].isalnum() and len(plain) < LONG_LABEL else ""
    # Letters of other scripts may directly adjoin an ASCII word.
    flags = re.ASCII if plain.isascii() else re.UNICODE
    return re.search(before + re.escape(plain) + after, text, flags) is not None


RULE = TaskRule(
    code="DEF005",
    name="label-not-named",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={
        "definition": ["Is the number even? Answer with Yes or NO."],
        "answer_format": {"kind": "label", "labels": ["yes", "no"]},
        "positive_demonstrations": [
            {"input": "two", "output": "yes", "explanation": "Two can be halved."},
            {"input": "three", "output": "no", "explanation": "Three leaves one over."},
        ],
    },
    bad={
        "definition": ["Is the number even? Answer with yes, or say that you do not know."],
        "answer_format": {"kind": "label", "labels": ["yes", "no"]},
        "positive_demonstrations": [
            {"input": "two", "output": "yes", "explanation": "Two can be halved."},
            {"input": "three", "output": "no", "explanation": "Three leaves one over."},
        ],
    },
)
