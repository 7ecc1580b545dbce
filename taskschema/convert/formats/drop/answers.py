"""Answers of DROP: a number, a date or several spans, and those of further annotators.

An answer becomes a set of texts: the number, else the spans, else day, month and year separated by
spaces.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from taskschema.convert.pieces import Document
from taskschema.convert.shared.rows.row_fields import json_type
from taskschema.core.syntax.json_pointers import escape

__all__ = [
    "ANSWER",
    "VALIDATED",
    "alternatives",
    "answer_of",
    "fault",
    "from_columns",
    "from_spans",
    "is_listed",
]

ANSWER, VALIDATED = "answer", "validated_answers"
DATE = ("day", "month", "year")


def alternatives(pair: Document) -> list[list[str]]:
    """Return the sets of texts of a valid pair's answers, without empty ones."""
    answers = [pair.get(ANSWER) or {}, *(pair.get(VALIDATED) or ())]
    return [members for answer in answers if (members := _members(answer))]


def _members(answer: Document) -> list[str]:
    number = answer.get("number")
    if number is not None and number != "":
        return [str(number)]
    if spans := answer.get("spans"):
        return list(spans)
    date = answer.get("date") or {}
    text = " ".join(part for key in DATE if (part := date.get(key)))
    return [text] if text else []


def answer_of(members: Sequence[str]) -> Document:
    """Return the spans as an answer of DROP."""
    return {"number": "", "date": dict.fromkeys(DATE, ""), "spans": list(members)}


def is_listed(pair: Document, members: Sequence[Sequence[str]]) -> bool:
    """Return whether the pair's answers are exactly what these sets are written as."""
    answers = [pair.get(ANSWER), *(pair.get(VALIDATED) or ())]
    return answers == [answer_of(texts) for texts in members]


def fault(pair: Document) -> tuple[str, str] | None:
    """Return pointer and message of the first problem of the answers."""
    answer, validated = pair.get(ANSWER), pair.get(VALIDATED)
    if validated is not None and not isinstance(validated, list):
        return f"/{VALIDATED}", f"is {json_type(validated)}, not a list of answers"
    places = [f"/{ANSWER}", *(f"/{VALIDATED}/{index}" for index in range(len(validated or ())))]
    for place, one in zip(places, [answer, *(validated or ())], strict=True):
        if one is None and place == places[0]:
            continue
        if not isinstance(one, dict):
            return place, f"is {json_type(one)}, not an object with number, date and spans"
        for pointer, message in _wrong(one):
            return place + pointer, message
    return None


def _wrong(answer: Document) -> Iterator[tuple[str, str]]:
    number, date, spans = (answer.get(key) for key in ("number", "date", "spans"))
    if isinstance(number, bool) or not isinstance(number, str | int | float | None):
        yield "/number", f"is {json_type(number)}, not a number or a text"
    if date is not None and not isinstance(date, dict):
        yield "/date", f"is {json_type(date)}, not an object with day, month and year"
    for part in DATE:
        if isinstance(date, dict) and not isinstance(date.get(part), str | None):
            yield f"/date/{part}", f"is {json_type(date[part])}, not a text"
    if spans is not None and not isinstance(spans, list):
        yield "/spans", f"is {json_type(spans)}, not a list of texts"
    for index, span in enumerate(spans if isinstance(spans, list) else ()):
        if not isinstance(span, str):
            yield f"/spans{escape(index)}", f"is {json_type(span)}, not a text"


def from_spans(listed: Any) -> list[Document] | str:
    """Return the answers in the column `answers_spans`, or a message if it is invalid.

    The column holds the answers of all annotators in one list. A number or a date is an answer of
    its own. A span belongs to the same answer as the spans before it, unless it repeats one.
    """
    rows = from_columns(listed)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return f"is {json_type(listed)}, not an object with a list of spans and one of types"
    answers: list[Document] = []
    open_: list[str] | None = None
    for row in rows:
        span, type_ = row.get("spans"), row.get("types")
        if not isinstance(span, str):
            return f"holds {json_type(span)} among the spans, not a text"
        if type_ in ("number", "date"):
            alone = {"number": span} if type_ == "number" else {"date": _date(span)}
            answers.append(answer_of(()) | alone)
            open_ = None
        elif open_ is None or span in open_:
            answers.append(answer_of((span,)))
            open_ = answers[-1]["spans"]
        else:
            open_.append(span)
    return answers


def from_columns(listed: Any) -> Any:
    """Return the rows of an object of lists; any other value unchanged."""
    if not isinstance(listed, dict) or not all(
        isinstance(column, list) for column in listed.values()
    ):
        return listed
    size = max(map(len, listed.values()), default=0)
    return [
        {key: column[index] for key, column in listed.items() if index < len(column)}
        for index in range(size)
    ]


def _date(text: str) -> Document:
    """Return day, month and year of a text; an unknown form is all in the year."""
    match text.split(" "):
        case [day, month, year]:
            parts = (day, month, year)
        case [month, year] if not month.isdecimal():
            parts = ("", month, year)
        case _:
            parts = ("", "", text)
    return dict(zip(DATE, parts, strict=True))
