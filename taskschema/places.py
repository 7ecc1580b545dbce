"""Where a JSON pointer's value stands in the text, as line and column.

A member of an object is placed at its key, an item of a list at its value, and what does not
exist (a missing key) at the nearest thing that does. Siblings that nobody asked for are skipped by
the standard library's C scanner.
"""

import re
from collections.abc import Iterable, Sequence
from json import JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined]  # the stubs lack it
from json.encoder import encode_basestring
from typing import Any

__all__ = ["escape", "locate", "place_of", "places_of", "tokens"]

Path = tuple[str, ...]

_skip_space = re.compile(r"[ \t\n\r]*").match
_skip_value = JSONDecoder().raw_decode


def escape(token: str | int) -> str:
    """One RFC 6901 reference token, with its slash in front."""
    return "/" + str(token).replace("~", "~0").replace("/", "~1")


def tokens(pointer: str) -> tuple[str, ...]:
    """The reference tokens of a pointer; the whole document has none."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])


def place_of(text: str, offset: int) -> tuple[int, int]:
    """Line and column, 1-based and in code points, of an offset into a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def places_of(text: str, offsets: list[int]) -> list[tuple[int, int]]:
    """Line and column of each offset, in one pass over the text."""
    line, start = 1, 0
    places = {}
    for offset in sorted(set(offsets)):
        line += text.count("\n", start, offset)
        start = offset
        places[offset] = (line, offset - text.rfind("\n", 0, offset))
    return [places[offset] for offset in offsets]


def locate(
    text: str, pointers: Iterable[str], rows: tuple[str, Sequence[str]] | None = None
) -> dict[str, tuple[int, int, int]]:
    """Line, column and offset of every pointer.

    Args:
        text: a JSON text that the standard library parses.
        pointers: RFC 6901 pointers; one that leads nowhere gets the place of its nearest ancestor.
        rows: the pointer of a long list of objects and the `id` of each, where no object has keys
            that could hold another `id`. Then what stands before a row need not be parsed.
    """
    wanted: dict[str, Any] = {}
    paths = {pointer: tokens(pointer) for pointer in pointers}
    for path in paths.values():
        node = wanted
        for token in path:
            node = node.setdefault(token, {})
    search = _Search(text, *(rows or ("", ())))
    search.walk(_after_space(text, 0), wanted, ())
    found = [search.nearest(path) for path in paths.values()]
    return {
        pointer: (*place, offset)
        for pointer, place, offset in zip(paths, places_of(text, found), found, strict=True)
    }


class _Search:
    """One walk through a text, which notes the offset of everything wanted that it comes by."""

    def __init__(self, text: str, rows: str, ids: Sequence[str]) -> None:
        self.text = text
        self.rows = tokens(rows)
        self.ids = ids
        self.offsets: dict[Path, int] = {(): _after_space(text, 0)}

    def nearest(self, path: Path) -> int:
        """The offset of what a path leads to, or of the nearest thing above it."""
        while path not in self.offsets:
            path = path[:-1]
        return self.offsets[path]

    def walk(self, at: int, wanted: dict[str, Any], path: Path) -> int:
        """Look for what is wanted inside the value at `at`, and return where it ends.

        Only the whole document has nothing after it, so that its end is nobody's business.
        """
        text, left = self.text, len(wanted)
        if not wanted or text[at] not in "{[":
            return _skip_value(text, at)[1]
        is_object = text[at] == "{"
        at = _after_space(text, at + 1)
        index = 0
        while text[at] not in "}]":
            start, token = at, str(index)
            if is_object:
                token, at = scanstring(text, at + 1)
                at = _after_space(text, _after_space(text, at) + 1)
            if token in wanted:
                inner = (*path, token)
                self.offsets[inner] = start
                if inner == self.rows:
                    self.jump(at, wanted[token])
                left -= 1
                is_last = not path and left == 0
                if wanted[token] or not is_last:
                    at = self.walk(at, wanted[token], inner)
                if is_last:
                    return at
            else:
                at = _skip_value(text, at)[1]
            index += 1
            at = _after_space(text, at)
            if text[at] == ",":
                at = _after_space(text, at + 1)
        return at + 1

    def jump(self, at: int, wanted: dict[str, Any]) -> None:
        """Find rows of the list at `at` by the bytes of their ids, and strike them off `wanted`.

        Inside a string every quotation mark follows a backslash, so that `"id": "..."` can only be
        a member. Where ids repeat or are written differently, all is left to the walk.
        """
        if len(set(self.ids)) < len(self.ids):
            return
        for index in sorted(map(int, wanted)):
            at = self.text.find('"id": ' + encode_basestring(self.ids[index]), at)
            start = self.text.rfind("{", 0, at)
            if at < 0 or self.text[start + 1 : at].strip():
                return
            path = (*self.rows, str(index))
            self.offsets[path] = start
            self.walk(start, wanted.pop(str(index)), path)


def _after_space(text: str, at: int) -> int:
    match = _skip_space(text, at)
    return match.end() if match else at
