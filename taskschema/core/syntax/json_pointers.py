"""JSON Pointers (RFC 6901), and the line and column they refer to.

A member of an object is placed at its key, an item of a list at its value, and a missing value at
its nearest existing ancestor. Values that no pointer refers to are skipped by the C scanner of the
standard library.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from json import JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined]  # the stubs lack it
from json.encoder import encode_basestring
from typing import Any, NamedTuple

import stringzilla

from taskschema.core.text.excerpts import WIDEST, excerpt

__all__ = [
    "Position",
    "after_space",
    "escape",
    "locate",
    "place_of",
    "places_of",
    "skip_value",
    "tokens",
]

Path = tuple[str | int, ...]
"""Reference tokens, optionally followed by an offset in characters into a string value."""
Spot = tuple[str, int | None]
"""A pointer, and an offset in characters into its string value; None for the value itself."""


_skip_space = re.compile(r"[ \t\n\r]*").match
skip_value = JSONDecoder().raw_decode
"""Return the value at an offset of a text, and the offset of its end."""
_character = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|.", re.DOTALL).match
FARTHEST = 50_000  # characters after an escape; they are counted one by one


def escape(token: str | int) -> str:
    """Return one reference token of RFC 6901, with its leading slash."""
    return "/" + str(token).replace("~", "~0").replace("/", "~1")


def tokens(pointer: str) -> tuple[str, ...]:
    """Return the reference tokens of a pointer; none for the whole document."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])


def place_of(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset in a text: 1-based, in code points."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def places_of(text: str, offsets: list[int]) -> list[tuple[int, int]]:
    """Return line and column of each offset, in one pass over the text."""
    line, start, break_ = 1, 0, -1
    places = {}
    for offset in sorted(set(offsets)):
        line += text.count("\n", start, offset)
        break_ = max(break_, text.rfind("\n", start, offset))
        start = offset
        places[offset] = (line, offset - break_)
    return [places[offset] for offset in offsets]


class Position(NamedTuple):
    """Line and column, 1-based in code points, with an excerpt of the line."""

    line: int
    column: int
    excerpt: str
    """The line, shortened."""
    caret: int
    """The place in the excerpt: 0-based, in code points."""


def locate(
    raw: bytes, spots: Iterable[Spot], rows: tuple[str, Sequence[str]] | None = None
) -> dict[Spot, Position]:
    """Return the position of every spot.

    Args:
        raw: JSON that the standard library parses.
        spots: a pointer to a missing value gets the position of its nearest ancestor.
        rows: the pointer of a long list of objects and the `id` of each object, if no object can
            contain another `id`. Then only the rows of the spots are scanned.
    """
    paths: dict[Spot, Path] = {
        spot: tokens(spot[0]) + (() if spot[1] is None else (spot[1],)) for spot in spots
    }
    found: dict[Spot, Position] = {}
    if rows and (head := _head(raw, *tokens(rows[0]))):
        inside = {spot: path for spot, path in paths.items() if path[:1] == tokens(rows[0]) != path}
        outside = {spot: path for spot, path in paths.items() if spot not in inside}
        found = _in_rows(raw, inside, len(head.encode()), rows[1]) | _in_head(head, outside)
    rest = {spot: path for spot, path in paths.items() if spot not in found}
    return found | _in_text(raw.decode() if rest else "", rest)


def _in_text(text: str, paths: Mapping[Spot, Path]) -> dict[Spot, Position]:
    """Return the positions in a whole text."""
    return _placed(text, _searched(text, paths.values()), paths) if paths else {}


def _placed(text: str, search: "_Search", paths: Mapping[Spot, Path]) -> dict[Spot, Position]:
    offsets = list(map(search.nearest, paths.values()))
    return {
        spot: Position(*place, *excerpt(text, offset))
        for spot, place, offset in zip(paths, places_of(text, offsets), offsets, strict=True)
    }


def _searched(text: str, paths: Iterable[Path]) -> "_Search":
    """Return a finished search for the offsets of some paths."""
    requested: dict[str | int, Any] = {}
    for path in paths:
        node = requested
        for token in path:
            node = node.setdefault(token, {})
    search = _Search(text)
    search.walk(after_space(text, 0), requested, ())
    return search


def _head(raw: bytes, key: str) -> str:
    """Return the text before the rows, up to the bracket that opens the list of a key, or "".

    Inside a string every quotation mark follows a backslash, so a hit is a member. It is a member
    of the document itself if no other container is open.
    """
    member, at = f'"{key}": ['.encode(), 0
    while (at := stringzilla.find(raw, member, at)) >= 0:
        head = raw[: at + len(member)].decode()
        search = _Search(head + "]}")
        try:
            search.walk(after_space(head, 0), {key: {}}, ())
        except (IndexError, ValueError):
            search.offsets.clear()  # another container is open
        if search.offsets.get((key,)) == len(head) - len(member):
            return head
        at += 1
    return ""


def _in_head(head: str, paths: Mapping[Spot, Path]) -> dict[Spot, Position]:
    """Return the positions of the spots that are before the rows."""
    if not paths:
        return {}
    search = _searched(head + "]}", paths.values())
    inside = {spot: path for spot, path in paths.items() if not path or path[:1] in search.offsets}
    return _placed(head, search, inside)  # an excerpt does not show the end that was added


def _in_rows(
    raw: bytes, paths: Mapping[Spot, Path], after: int, ids: Sequence[str]
) -> dict[Spot, Position]:
    """Return the positions in rows after an offset, found by the bytes of the rows' ids.

    Return none if ids repeat or are written differently; the caller then walks the whole text.
    """
    if len(set(ids)) < len(ids):
        return {}
    of_row: dict[int, list[tuple[Spot, Path]]] = {}
    for spot, path in paths.items():
        if not (str(path[1]).isdecimal() and int(path[1]) < len(ids)):
            return {}
        of_row.setdefault(int(path[1]), []).append((spot, path[2:]))
    found: dict[Spot, Position] = {}
    at, line, column = 0, 1, 1
    for index in sorted(of_row):
        start = _row_at(raw, ids[index], max(at, after))
        if start < 0:
            return {}
        breaks = stringzilla.count(raw, b"\n", at, start)
        from_ = raw.rfind(b"\n", at, start) + 1 if breaks else at
        line, column = line + breaks, (1 if breaks else column) + len(raw[from_:start].decode())
        at = start
        next_ = stringzilla.find(raw, b'"id": ', stringzilla.find(raw, b'"id": ', start) + 1)
        text = raw[start : next_ if next_ >= 0 else len(raw)].decode()
        before = raw[max(raw.rfind(b"\n", 0, start) + 1, start - 4 * WIDEST) : start]
        lead = before.decode(errors="ignore")
        asked, inner = zip(*of_row[index], strict=True)
        offsets = list(map(_searched(text, inner).nearest, inner))
        for spot, offset, place in zip(asked, offsets, places_of(text, offsets), strict=True):
            below, across = place
            found[spot] = Position(
                line + below - 1,
                across + (column - 1 if below == 1 else 0),
                *excerpt(lead + text, len(lead) + offset),
            )
    return found


def _row_at(raw: bytes, name: str, start: int) -> int:
    """Return the start of the row whose first member is the id, after an offset; else -1."""
    member: bytes = b'"id": ' + encode_basestring(name).encode()
    at: int = stringzilla.find(raw, member, start)
    opening = raw.rfind(b"{", start, at) if at >= 0 else -1
    return opening if opening >= 0 and not raw[opening + 1 : at].strip() else -1


class _Search:
    """A walk through a text that records the offsets of requested paths."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.offsets: dict[Path, int] = {(): after_space(text, 0)}

    def nearest(self, path: Path) -> int:
        """Return the offset of a path, or of its nearest existing ancestor."""
        while path not in self.offsets:
            path = path[:-1]
        return self.offsets[path]

    def walk(self, at: int, requested: dict[Any, Any], path: Path) -> int:
        """Search the value at `at` for the requested paths, and return the end of the value.

        For the whole document the walk stops at the last requested path instead of the end.
        """
        text, left = self.text, len(requested)
        if not requested or text[at] not in "{[":
            if text[at] == '"':
                for count in requested:
                    if isinstance(count, int):
                        self.offsets[(*path, count)] = _inside(text, at, count)
            return skip_value(text, at)[1]
        is_object = text[at] == "{"
        at = after_space(text, at + 1)
        index = 0
        while text[at] not in "}]":
            start, token = at, str(index)
            if is_object:
                token, at = scanstring(text, at + 1)
                at = after_space(text, after_space(text, at) + 1)
            if token in requested:
                inner = (*path, token)
                self.offsets[inner] = start
                left -= 1
                is_last = not path and left == 0
                if requested[token] or not is_last:
                    at = self.walk(at, requested[token], inner)
                if is_last:
                    return at
            else:
                at = skip_value(text, at)[1]
            index += 1
            at = after_space(text, at)
            if text[at] == ",":
                at = after_space(text, at + 1)
        return at + 1


def _inside(text: str, at: int, count: int) -> int:
    """Return the offset of a character of the string at `at`; of its start, if it is too far."""
    plain = text.find("\\", at + 1, at + 1 + count)
    if plain < 0:
        return at + 1 + count
    count -= plain - at - 1
    if count > FARTHEST:
        return at
    for _ in range(count):
        plain = match.end() if (match := _character(text, plain)) else plain
    return plain


def after_space(text: str, at: int) -> int:
    """Return the end of the white space at an offset."""
    match = _skip_space(text, at)
    return match.end() if match else at
