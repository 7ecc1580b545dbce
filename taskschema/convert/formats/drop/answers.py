"""Answers of DROP: a number, a date, or several spans; and those that further people gave.

What an answer comes to is a set of texts: the number, else the spans, else day, month and year with
a space between.
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
    """What the answers of a pair without a fault come to, those that are empty left out."""
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
    """The spans as an answer."""
    return {"number": "", "date": dict.fromkeys(DATE, ""), "spans": list(members)}


def is_listed(pair: Document, members: Sequence[Sequence[str]]) -> bool:
    """Whether the pair's answers are those that these sets would be written as."""
    answers = [pair.get(ANSWER), *(pair.get(VALIDATED) or ())]
    return answers == [answer_of(each) for each in members]


def fault(pair: Document) -> tuple[str, str] | None:
    """The pointer to the first thing wrong with the answers, and what it is."""
    answer, validated = pair.get(ANSWER), pair.get(VALIDATED)
    if validated is not None and not isinstance(validated, list):
        return f"/{VALIDATED}", f"is {json_type(validated)}, not a list of answers"
    places = [f"/{ANSWER}", *(f"/{VALIDATED}/{index}" for index in range(len(validated or ())))]
    for place, each in zip(places, [answer, *(validated or ())], strict=True):
        if each is None and place == places[0]:
            continue
        if not isinstance(each, dict):
            return place, f"is {json_type(each)}, not an object with number, date and spans"
        for pointer, message in _wrong(each):
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
    """The answers in the column `answers_spans`, or what is wrong with it.

    All answers of all people stand there in one list. A number or a date is an answer of its own; a
    span belongs to the answer of the spans before it, unless it is among them already.
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
    """The rows of an object of lists; anything else as it is."""
    if not isinstance(listed, dict) or not all(isinstance(each, list) for each in listed.values()):
        return listed
    size = max(map(len, listed.values()), default=0)
    return [
        {key: each[index] for key, each in listed.items() if index < len(each)}
        for index in range(size)
    ]


def _date(text: str) -> Document:
    """Day, month and year of a text; all of it as the year where they cannot be told."""
    match text.split(" "):
        case [day, month, year]:
            parts = (day, month, year)
        case [month, year] if not month.isdecimal():
            parts = ("", month, year)
        case _:
            parts = ("", "", text)
    return dict(zip(DATE, parts, strict=True))
