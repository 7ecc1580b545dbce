"""Answer format of a new task, derived from options and from the outputs of rows."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from taskschema.core.errors import ConfigError
from taskschema.core.text.printing import quote
from taskschema.schema.answer_text import render
from taskschema.schema.vocabulary import AnswerKind

__all__ = ["answer_format_of", "likely_labels", "with_answer"]

MOST_LABELS = 20  # more do not fit into a definition
MOST_NUMBERS = 7  # the longest usual scale; more numbers are counts or computed values
SINGLE = 0.8  # minimum share of rows with one output; others may be merged duplicates
LONGEST_LABEL = 40  # characters
FEWEST_EACH = 4  # rows per label, on average
NUMBER = re.compile(r"[-+]?[0-9][0-9.,]*%?")

Row = dict[str, Any]


def likely_labels(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the sorted outputs if they are few, short and repeated, as labels are; else nothing.

    Rows with several outputs suggest free text, so only few of them are allowed.
    """
    if sum(len(row["output"]) == 1 for row in rows) < SINGLE * len(rows):
        return ()
    counts = Counter(text for row in rows for text in row["output"])
    most = MOST_NUMBERS if all(map(NUMBER.fullmatch, counts)) else MOST_LABELS
    if not 1 < len(counts) <= most or FEWEST_EACH * len(counts) > len(rows):
        return ()
    if any(len(label) > LONGEST_LABEL or "\n" in label for label in counts):
        return ()
    return tuple(sorted(counts))


def answer_format_of(
    kind: AnswerKind,
    *,
    labels: Sequence[str] = (),
    separator: str = "",
    fields: Sequence[str] = (),
    rows: Sequence[Row] = (),
) -> Row:
    """Return the answer format of a kind.

    Raises:
        ConfigError: the fields are unknown, or an output of a row is not a JSON object.
    """
    if kind == "label":
        return {"kind": kind, "labels": list(labels)} if labels else {"kind": kind}
    if kind == "set":
        return {"kind": kind, "separator": separator}
    if kind == "fields":
        return {"kind": kind, "fields": _fields(fields, rows)}
    return {"kind": kind}


def with_answer(row: Row, answer_format: Row) -> Row:
    """Return the row with the structured `answer` that its outputs stand for."""
    answer: Any
    match answer_format["kind"]:
        case "set":
            separator = answer_format["separator"].strip() or answer_format["separator"]
            answer = [
                [part.strip() for part in text.split(separator) if part.strip()]
                for text in row["output"]
            ]
        case "fields":
            found = [_object(text) for text in row["output"]]
            answer = {
                name: list(dict.fromkeys(one[name] for one in found if name in one)) or [""]
                for name in answer_format["fields"]
            }
        case _:
            return row
    return row | {"output": list(dict.fromkeys(render(answer_format, answer))), "answer": answer}


def _fields(given: Sequence[str], rows: Sequence[Row]) -> Row:
    if not rows and not given:
        raise ConfigError("--kind fields: the fields are unknown. Name each with --field.")
    values: dict[str, list[str]] = {name: [] for name in given}
    for number, row in enumerate(rows, start=1):
        for text in row["output"]:
            if not (parts := _object(text)):
                raise ConfigError(
                    f"--kind fields: the output {quote(text)} (row {number:,}) is not a JSON "
                    'object. Write each output as {"field": "value"}, or use another kind.'
                )
            for name, value in parts.items():
                values.setdefault(name, []).append(value)
    return {
        name: {"type": "number" if texts and all(map(NUMBER.fullmatch, texts)) else "text"}
        for name, texts in values.items()
    }


def _object(text: str) -> dict[str, str]:
    """Return the fields of an output with text values; nothing if it is not a JSON object."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        key: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for key, value in found.items()
        if key
    }
