"""Instances and examples of (Super-)NaturalInstructions as they stood in any of its forms.

Early files give instances no id, write a single answer as a text or a number, call explanations
`reason`, and leave them out. A row that cannot be read for sure is refused, the others are kept.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

import orjson

from taskschema.convert.pieces import Document
from taskschema.convert.shared.rows.row_fields import json_type

__all__ = [
    "PLACEHOLDER",
    "RefusedRow",
    "ReadRow",
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
"""What Natural Instructions (2021) has among its examples where there are none."""


class RefusedRow(NamedTuple):
    """Why a row is left out."""

    rule: str
    message: str


class ReadRow(NamedTuple):
    """A row in the final form, and what was assumed for it."""

    row: Any
    assumed: tuple[str, ...] = ()


def instances(rows: list[Any]) -> Iterator[ReadRow | RefusedRow]:
    """Each instance in the final form, but that those without an id have none."""
    for row in rows:
        yield ReadRow(row) if _is_final(row) else _mended(row, SPELLINGS, _instance)


def demonstrations(rows: list[Any]) -> Iterator[ReadRow | RefusedRow]:
    """Each example in the final form."""
    spellings = SPELLINGS | dict.fromkeys(EXPLANATIONS, "explanation")
    for row in rows:
        yield _mended(row, spellings, partial(_demonstration, explanation="explanation"))


def instances_of_2021(rows: list[Any]) -> Iterator[ReadRow | RefusedRow]:
    """Each instance of Natural Instructions, which has no id."""
    for row in rows:
        yield _mended(row, SPELLINGS, _unnamed)


def examples_of_2021(rows: list[Any]) -> Iterator[ReadRow | RefusedRow]:
    """Each example of Natural Instructions, and each placeholder."""
    spellings = SPELLINGS | dict.fromkeys(EXPLANATIONS, "reason")
    for row in rows:
        if row == PLACEHOLDER:
            yield ReadRow(row)
        else:
            yield _mended(row, spellings, partial(_demonstration, explanation="reason"))


def text_of(value: Any) -> str:
    """A number, a truth value or anything else as a text, as JSON writes it."""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _is_final(row: Any) -> bool:
    """Whether there is nothing to do, as in nearly every row."""
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


Mend = Callable[[Document], Iterator[str]]
"""Brings a copy of a row into the final form, and tells what it assumes; or raises `_FaultyRow`."""


class _FaultyRow(Exception):  # noqa: N818 - it never leaves this module
    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.faulty = RefusedRow(rule, message)


def _mended(row: Any, spellings: Mapping[str, str], mend: Mend) -> ReadRow | RefusedRow:
    if not isinstance(row, dict):
        message = f"is {json_type(row)}, not an object. Write it as one, or leave it out."
        return RefusedRow("wrong-shape", message)
    renamed, assumed = _renamed(row, spellings)
    try:
        return ReadRow(renamed, (*assumed, *mend(renamed)))
    except _FaultyRow as fault:
        return fault.faulty


def _renamed(row: Document, spellings: Mapping[str, str]) -> tuple[Document, list[str]]:
    """A copy with keys in the spelling of the final form, where nothing has that already."""
    known = {*INSTANCE, *spellings.values()}
    names: dict[str, str] = {}
    for key in row:
        plain = key.strip().lower()
        name = spellings.get(plain, plain)
        if name != key and name in known and name not in row and name not in names.values():
            names[key] = name
    told = [f"has `{key}`, taken for `{name}`" for key, name in names.items()]
    return {names.get(key, key): value for key, value in row.items()}, told


def _input(row: Document) -> Iterator[str]:
    """Inputs are texts in both kinds of rows."""
    value = row.get("input")
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        row["input"] = value[0]
        yield "has as its input a list of one text, taken for that text"
    elif isinstance(value, (int, float)):
        row["input"] = text_of(value)
        yield f"has as its input {json_type(value)}, taken for a text"
    elif "input" not in row:
        raise _FaultyRow("wrong-shape", "has no `input`. Add it, or leave the row out.")
    elif not isinstance(value, str):
        message = f"`input` is {json_type(value)}, not a text. Write it as one."
        raise _FaultyRow("wrong-shape", message)


def _unnamed(row: Document) -> Iterator[str]:
    yield from _input(row)
    yield from _outputs(row)


def _instance(row: Document) -> Iterator[str]:
    yield from _unnamed(row)
    if (name := row.get("id")) is None or name == "":
        row.pop("id", None)
        yield "has no `id`; it gets one from the name of the task and its content"
    elif not isinstance(name, str):
        row["id"] = text_of(name)
        yield f"has as its id {json_type(name)}, taken for a text"


def _outputs(row: Document) -> Iterator[str]:
    """The alternatives of an instance: a list of texts."""
    value = row.get("output")
    if isinstance(value, (str, int, float)):
        yield f"has as its output {json_type(value)}, taken for the only one"
        value = [value]
    if not isinstance(value, (list, type(None))):
        message = f"`output` is {json_type(value)}, not a list of texts. Write it as one."
        raise _FaultyRow("wrong-shape", message)
    given = [alternative for alternative in value or [] if alternative is not None]
    if not given:
        raise _FaultyRow("missing-answer", "has no output. Write the answer, or leave it out.")
    if structures := {json_type(part) for part in given if isinstance(part, (list, dict))}:
        what = " and ".join(sorted(structures))
        message = f"`output` holds {what} among its alternatives. Write each as one text."
        raise _FaultyRow("wrong-shape", message)
    row["output"] = list(map(text_of, given))
    if len(given) < len(value or []):
        yield "has null among its outputs, which is left out"
    odd = {json_type(part) for part in given if not isinstance(part, str)}
    yield from (f"has {what} among its outputs, taken for a text" for what in sorted(odd))


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
            yield f"has as its {key} {json_type(value)}, taken for a text"


def _single(row: Document) -> Iterator[str]:
    """The output of an example: one text, where an instance has a list."""
    value = row.get("output")
    if isinstance(value, list) and value:
        if value[1:]:
            row.setdefault("outputs", value)
            yield "has several outputs; the first is taken, and all are kept as `outputs`"
        else:
            yield "has as its output a list of one, taken for that one"
        value = value[0]
    if value is None or value == []:
        raise _FaultyRow("missing-answer", "has no output. Write the answer, or leave it out.")
    if isinstance(value, (list, dict)):
        message = f"`output` is {json_type(value)}, not a text. Write it as one."
        raise _FaultyRow("wrong-shape", message)
    if not isinstance(value, str):
        yield f"has as its output {json_type(value)}, taken for a text"
    row["output"] = text_of(value)
