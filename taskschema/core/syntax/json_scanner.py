"""Scans JSON token by token for errors that lenient parsers accept.

Only texts that the fast checks could not clear are scanned, so this module is exact, not fast.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from taskschema.core.syntax.json_pointers import escape, places_of

__all__ = ["MAX_DEPTH", "JsonFault", "fits", "is_integer", "scan"]

MAX_DEPTH = 64
MIN_INTEGER, MAX_INTEGER = -(2**63), 2**64 - 1
LONGEST_SHOWN = 40
DUPLICATE = "duplicate-key"
KEEP_ONE = "Keep one of them; most parsers silently drop the first one."

TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s"{}\[\],:]+')
NOT_NUMBERS = frozenset({"NaN", "Infinity", "-Infinity"})
NOT_FITTED = NOT_NUMBERS | {"true", "false", "null", "{", "["}


@dataclass(frozen=True, slots=True)
class JsonFault:
    """A violation of strict JSON; `name` is the name of the rule that explains it."""

    name: str
    line: int
    column: int
    message: str
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A token that may be wrong (scalar, key or opening bracket), with its path."""

    text: str
    offset: int
    path: tuple[str | int, ...]
    first: int
    """The offset of the first occurrence of a key in its object; for other tokens, `offset`."""


def is_integer(literal: str) -> bool:
    """Return whether a JSON number has neither fraction nor exponent."""
    return literal.lstrip("-").isdigit()


def fits(literal: str) -> bool:
    """Return whether 64 bits hold a JSON number exactly: as an integer or a finite float."""
    if is_integer(literal):
        # Longer literals are too large; converting them would take quadratic time.
        return len(literal) <= len(str(MIN_INTEGER)) and (
            MIN_INTEGER <= int(literal) <= MAX_INTEGER
        )
    number = float(literal)
    return math.isfinite(number) and Decimal(literal) == Decimal(repr(number))


def scan(text: str) -> list[JsonFault]:
    """Return all errors in a text that the standard library parses, apart from its depth limit."""
    found: list[tuple[Token, str, str]] = []
    constants: list[Token] = []
    for token in _tokens(text):
        if token.text in NOT_NUMBERS:
            constants.append(token)
        if token.text in "{[" and len(token.path) == MAX_DEPTH:
            message = f"nested deeper than {MAX_DEPTH} levels. Flatten it."
            found.append((token, "too-deep", message))
            break
        found += ((token, name, message) for name, message in _faults(token))
    if constants:
        found.append((constants[0], "invalid-json", _not_json(constants)))
    places = places_of(text, [token.offset for token, _, _ in found])
    firsts = places_of(text, [token.first for token, _, _ in found])
    return [
        JsonFault(
            name,
            line,
            column,
            f"{message} (first in line {first}). {KEEP_ONE}" if name == DUPLICATE else message,
            _shown("".join(map(escape, token.path))),
        )
        for (token, name, message), (line, column), (first, _) in zip(
            found, places, firsts, strict=True
        )
    ]


def _faults(token: Token) -> Iterator[tuple[str, str]]:
    """Yield the rule name and the message of each error in one token."""
    if token.text[0] == '"':
        string = json.loads(token.text)
        if token.first != token.offset:
            yield DUPLICATE, f"duplicate key `{_shown(string)}`"
        if _shown(string) != string:
            yield "lone-surrogate", "half a surrogate pair. Write the character itself."
    elif token.text not in NOT_FITTED and not fits(token.text):
        short = token.text[:LONGEST_SHOWN] + "..." * (len(token.text) > LONGEST_SHOWN)
        yield "number-out-of-range", f"{short} does not fit 64 bits. Write it as a string."


def _not_json(constants: list[Token]) -> str:
    """Return one message for all constants: they have one cause, a writer of invalid JSON."""
    places = "" if len(constants) == 1 else f" ({len(constants):,} places)"
    return (
        f"not JSON: `{constants[0].text}` is not a JSON value{places}. "
        "Write a number or a string, or remove the key or item."
    )


def _tokens(text: str) -> Iterator[Token]:
    path: list[str | int] = []  # per open container: the current key, or the current index
    keys: list[dict[str, int]] = []  # per open container: the first offset of each key
    is_key = False
    for match in TOKEN.finditer(text):
        mark, offset = match.group(), match.start()
        if mark in "{[":
            yield Token(mark, offset, tuple(path), offset)
            keys.append({})
            path.append("" if mark == "{" else 0)
            is_key = mark == "{"
        elif mark in "}]":
            keys.pop()
            path.pop()
            is_key = False
        elif mark == ",":
            current = path[-1]
            is_key = isinstance(current, str)
            if isinstance(current, int):
                path[-1] = current + 1
        elif mark == ":":
            is_key = False
        elif is_key:
            path[-1] = key = json.loads(mark)
            yield Token(mark, offset, tuple(path), keys[-1].setdefault(key, offset))
        else:
            yield Token(mark, offset, tuple(path), offset)


def _shown(string: str) -> str:
    """Return the string with lone surrogates escaped, so that it can be encoded."""
    return string.encode(errors="backslashreplace").decode()
