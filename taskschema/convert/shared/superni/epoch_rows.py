"""Reads instances and examples of (Super-)NaturalInstructions in any of their forms.

In early files instances have no id, a single answer is a text or a number, and explanations are
called `reason` or are missing. A row that cannot be read for certain is refused.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

import orjson

from taskschema.convert.pieces import Document
from taskschema.convert.shared.rows.row_fields import json_type

__all__ = [
    "PLACEHOLDER",
    "ReadRow",
    "RefusedRow",
    "demonstrations",
    "examples_of_2021",
    "instances",
    "instances_of_2021",
    "text_of",
]

INSTANCE = ("id", "input", "output")
SPELLINGS = {"inputs": "input", "outputs": "output"}
EXPLANATIONS = ("explanation", "explanations", "explaination", "reason")
PLACEHOLDER = "-"
"""The entry of Natural Instructions (2021) for a missing list of examples."""


class RefusedRow(NamedTuple):
    """Why a row is refused: the rule and the message."""

    rule: str
    message: str


class ReadRow(NamedTuple):
    """A row in the final form, and the assumptions made for it."""

    row: Any
    assumed: tuple[str, ...] = ()


def instances(rows: list[Any]) -> Iterator[ReadRow | RefusedRow]:
    """Yield each instance in the final form; one without an id stays without."""
    for row in rows:
        yield ReadRow(row) if _is_final(row) else _normalized(row, SPELLINGS, _instance)


def demonstrations(rows: list[Any]) -> Iterator[ReadRow | RefusedRow]:
    """Yield each example in the final form."""
    spellings = SPELLINGS | dict.fromkeys(EXPLANATIONS, "explanation")
    for row in rows:
        yield _normalized(row, spellings, partial(_demonstration, explanation="explanation"))


def instances_of_2021(rows: list[Any]) -> Iterator[ReadRow | RefusedRow]:
    """Yield each instance of Natural Instructions, which has no id."""
    for row in rows:
        yield _normalized(row, SPELLINGS, _unnamed)


def examples_of_2021(rows: list[Any]) -> Iterator[ReadRow | RefusedRow]:
    """Yield each example of Natural Instructions, and each placeholder."""
    spellings = SPELLINGS | dict.fromkeys(EXPLANATIONS, "reason")
    for row in rows:
        if row == PLACEHOLDER:
            yield ReadRow(row)
        else:
            yield _normalized(row, spellings, partial(_demonstration, explanation="reason"))


def text_of(value: Any) -> str:
    """Return a value as text; one that is not a text as its JSON."""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _is_final(row: Any) -> bool:
    """Whether a row is in the final form, as nearly all are."""
    if type(row) is not dict or tuple(row) != INSTANCE:
        return False
    name, text, output = row.values()
    return (
        type(name) is str
        and name != ""
        and type(text) is str
        and type(output) is list
        and bool(output)
        and all(type(alternative) is str for alternative in output)
    )


Normalize = Callable[[Document], Iterator[str]]
"""Brings a copy of a row to the final form, and yields assumptions; or raises `_RowError`."""


class _RowError(Exception):
    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.refused = RefusedRow(rule, message)


def _normalized(
    row: Any, spellings: Mapping[str, str], normalize: Normalize
) -> ReadRow | RefusedRow:
    if not isinstance(row, dict):
        message = f"is {json_type(row)}, not an object. Write it as one, or remove it."
        return RefusedRow("wrong-shape", message)
    renamed, assumed = _renamed(row, spellings)
    try:
        return ReadRow(renamed, (*assumed, *normalize(renamed)))
    except _RowError as error:
        return error.refused


def _renamed(row: Document, spellings: Mapping[str, str]) -> tuple[Document, list[str]]:
    """A copy with the keys of the final form, except where the right key exists too."""
    known = {*INSTANCE, *spellings.values()}
    names: dict[str, str] = {}
    for key in row:
        plain = key.strip().lower()
        name = spellings.get(plain, plain)
        if name != key and name in known and name not in row and name not in names.values():
            names[key] = name
    assumed = [f"has `{key}`, read as `{name}`" for key, name in names.items()]
    return {names.get(key, key): value for key, value in row.items()}, assumed


def _input(row: Document) -> Iterator[str]:
    """Normalize the input, a text in instances and examples."""
    value = row.get("input")
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        row["input"] = value[0]
        yield "has a list of one text as its input; that text is used"
    elif isinstance(value, (int, float)):
        row["input"] = text_of(value)
        yield f"has {json_type(value)} as its input; it is read as a text"
    elif "input" not in row:
        raise _RowError("wrong-shape", "has no `input`. Add it, or remove the row.")
    elif not isinstance(value, str):
        message = f"`input` is {json_type(value)}, not a text. Write it as one."
        raise _RowError("wrong-shape", message)


def _unnamed(row: Document) -> Iterator[str]:
    yield from _input(row)
    yield from _outputs(row)


def _instance(row: Document) -> Iterator[str]:
    yield from _unnamed(row)
    if (name := row.get("id")) is None or name == "":
        row.pop("id", None)
        yield "has no `id`; it gets one made of the task's name and its content"
    elif not isinstance(name, str):
        row["id"] = text_of(name)
        yield f"has {json_type(name)} as its id; it is read as a text"


def _outputs(row: Document) -> Iterator[str]:
    """Normalize the outputs of an instance: a list of texts."""
    value = row.get("output")
    if isinstance(value, (str, int, float)):
        yield f"has {json_type(value)} as its output; it is read as the only one"
        value = [value]
    if not isinstance(value, (list, type(None))):
        message = f"`output` is {json_type(value)}, not a list of texts. Write it as one."
        raise _RowError("wrong-shape", message)
    given = [alternative for alternative in value or [] if alternative is not None]
    if not given:
        raise _RowError("missing-answer", "has no output. Write the answer, or remove the row.")
    if structures := {json_type(part) for part in given if isinstance(part, (list, dict))}:
        what = " and ".join(sorted(structures))
        message = f"`output` holds {what}. Write each output as one text."
        raise _RowError("wrong-shape", message)
    row["output"] = list(map(text_of, given))
    if len(given) < len(value or []):
        yield "has null among its outputs; it is dropped"
    odd = {json_type(part) for part in given if not isinstance(part, str)}
    yield from (f"has {what} among its outputs; it is read as a text" for what in sorted(odd))


def _demonstration(row: Document, *, explanation: str) -> Iterator[str]:
    yield from _input(row)
    yield from _single(row)
    for key, absent in ((explanation, ""), ("suggestion", None)):
        value = row.get(key)
        if value is None:
            row.pop(key, None)
            if absent is not None:
                row[key] = absent
                yield "has no explanation; it gets an empty one"
        elif not isinstance(value, str):
            row[key] = text_of(value)
            yield f"has {json_type(value)} as its {key}; it is read as a text"


def _single(row: Document) -> Iterator[str]:
    """Normalize the output of an example: one text."""
    value = row.get("output")
    if isinstance(value, list) and value:
        if value[1:]:
            row.setdefault("outputs", value)
            yield "has several outputs; the first is used, and all are kept as `outputs`"
        else:
            yield "has a list of one output; that output is used"
        value = value[0]
    if value is None or value == []:
        raise _RowError("missing-answer", "has no output. Write the answer, or remove the row.")
    if isinstance(value, (list, dict)):
        message = f"`output` is {json_type(value)}, not a text. Write it as one."
        raise _RowError("wrong-shape", message)
    if not isinstance(value, str):
        yield f"has {json_type(value)} as its output; it is read as a text"
    row["output"] = text_of(value)
