"""What kind of answers the outputs of rows are, and their structure."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, get_args

from taskschema.core.errors import ConfigError
from taskschema.core.text.printing import quote
from taskschema.schema.answer_text import render
from taskschema.schema.vocabulary import AnswerKind

__all__ = ["KINDS", "format_of", "likely_labels", "structured"]

KINDS: tuple[AnswerKind, ...] = get_args(AnswerKind)
MOST_LABELS = 20  # more do not fit into a definition
MOST_NUMBERS = 7  # a scale is as long at most; what has more numbers is counted or computed
SINGLE = 0.8  # of the rows have one output; others may have come twice, differently
LONGEST_LABEL = 40  # characters
FEWEST_EACH = 4  # rows to a label, on an average
NUMBER = re.compile(r"[-+]?[0-9][0-9.,]*%?")

Row = dict[str, Any]


def likely_labels(rows: Sequence[Row]) -> tuple[str, ...]:
    """The outputs, sorted, if they are so few, short and often repeated that they must be labels.

    None where many rows have several.
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


def format_of(
    kind: AnswerKind,
    *,
    labels: Sequence[str] = (),
    separator: str = "",
    fields: Sequence[str] = (),
    rows: Sequence[Row] = (),
) -> Row:
    """The answer format of a kind.

    Raises:
        ConfigError: its fields are not known, or rows say otherwise.
    """
    if kind == "label":
        return {"kind": kind, "labels": list(labels)} if labels else {"kind": kind}
    if kind == "set":
        return {"kind": kind, "separator": separator}
    if kind == "fields":
        return {"kind": kind, "fields": _fields(fields, rows)}
    return {"kind": kind}


def structured(row: Row, answer_format: Row) -> Row:
    """The row with the answer behind its outputs."""
    answer: Any
    match answer_format["kind"]:
        case "set":
            mark = answer_format["separator"]
            answer = [
                [part.strip() for part in text.split(mark.strip() or mark) if part.strip()]
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
        raise ConfigError("--kind fields: its fields are not known. Name each with --field.")
    values: dict[str, list[str]] = {name: [] for name in given}
    for number, row in enumerate(rows, start=1):
        for text in row["output"]:
            if not (parts := _object(text)):
                raise ConfigError(
                    f"--kind fields: the output {quote(text)} (row {number:,}) is no JSON object. "
                    'Write each as {"field": "value"}, or take another kind.'
                )
            for name, value in parts.items():
                values.setdefault(name, []).append(value)
    return {
        name: {"type": "number" if said and all(map(NUMBER.fullmatch, said)) else "text"}
        for name, said in values.items()
    }


def _object(text: str) -> dict[str, str]:
    """The fields of an output with their values as texts; none if it is no object."""
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
