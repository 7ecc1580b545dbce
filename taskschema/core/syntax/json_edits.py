"""Applies edits to the text of a JSON document and changes no other byte.

A value is replaced in place, a member or item is removed together with its comma, and a new one is
added after the last, in the same layout.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from json.decoder import scanstring  # type: ignore[attr-defined]  # the stubs lack it
from typing import Any

from taskschema.core.findings import Edit
from taskschema.core.syntax.json_pointers import after_space, escape, skip_value, tokens

__all__ = ["Claims", "apply_edits", "edit_text"]

SPACE = " \t\n\r"

Path = tuple[str, ...]
LAST = "-"


class Claims:
    """The places of accepted edits, so that no two edits conflict."""

    def __init__(self) -> None:
        self._taken: set[Path] = set()
        self._above: set[Path] = set()
        self._known: set[str] = set()

    def take(self, edits: Sequence[Edit]) -> bool:
        """Accept edits unless one of their places, its ancestors or its parts is already taken."""
        if self.has(edits):
            return False
        paths = [tokens(edit.pointer) for edit in edits]
        for path in paths:
            parents = [path[:length] for length in range(1, len(path))]
            # Any number of edits may append to the same list.
            taken = path in self._taken and path[-1] != LAST
            if taken or path in self._above or not self._taken.isdisjoint(parents):
                return False
        self._known.add(repr(edits))
        self._taken.update(paths)
        self._above.update(path[:length] for path in paths for length in range(1, len(path)))
        return True

    def has(self, edits: Sequence[Edit]) -> bool:
        """Return whether the same edits were accepted already, as the fix of another finding."""
        return repr(edits) in self._known


def apply_edits(document: Any, edits: Iterable[Edit]) -> Any:
    """Return an edited document, which shares all other values with the given one."""
    below: dict[str, list[Edit]] = {}
    here: dict[str, Edit] = {}
    for edit in edits:
        head, *rest = tokens(edit.pointer)
        if rest:
            below.setdefault(head, []).append(
                Edit(edit.action, "".join(map(escape, rest)), edit.value)
            )
        else:
            here.setdefault(head, edit)
    appended = [edit.value for edit in edits if edit.action == "add" and edit.pointer == "/-"]
    if isinstance(document, list):
        items = []
        for index, value in enumerate(document):
            token = str(index)
            if token not in here:
                items.append(apply_edits(value, below[token]) if token in below else value)
            elif here[token].action == "replace":
                items.append(here[token].value)
        return items + appended
    members = {}
    for key, value in document.items():
        if key not in here:
            members[key] = apply_edits(value, below[key]) if key in below else value
        elif here[key].action == "replace":
            members[key] = here[key].value
    return members | {key: edit.value for key, edit in here.items() if edit.action == "add"}


def edit_text(text: str, edits: Iterable[Edit]) -> str:
    """Return an edited JSON text.

    Args:
        text: strict JSON.
        edits: without conflicts; all pointers refer to the given text.
    """
    root = _EditNode()
    for edit in edits:
        node = root
        for token in tokens(edit.pointer):
            node = node.below.setdefault(token, _EditNode())
        node.here.append(edit)
    changes: list[tuple[int, int, str]] = []
    _Walk(text, changes).value(after_space(text, 0), root)
    parts, at = [], 0
    for start, end, new in sorted(changes):
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])


@dataclass(slots=True)
class _EditNode:
    """The edits of one value, and the edits below it by reference token."""

    here: list[Edit] = field(default_factory=list)
    below: dict[str, "_EditNode"] = field(default_factory=dict)


class _Walk:
    """A walk through a text that collects changes: start, end and replacement."""

    def __init__(self, text: str, changes: list[tuple[int, int, str]]) -> None:
        self.text = text
        self.changes = changes
        # A text that escapes all characters beyond ASCII keeps doing so.
        self.is_escaped = text.isascii() and "\\u" in text

    def value(self, at: int, edits: _EditNode) -> int:
        """Collect the edits inside the value at `at`; return the end of the value."""
        text = self.text
        if not edits.below or text[at] not in "{[":
            return int(skip_value(text, at)[1])
        parts: list[tuple[int, int, bool]] = []  # start and end of each part; whether it is removed
        is_object = text[at] == "{"
        opening = at
        at = after_space(text, at + 1)
        index = 0
        known = set()
        while text[at] not in "}]":
            start, token = at, str(index)
            if is_object:
                token, at = scanstring(text, at + 1)
                at = after_space(text, after_space(text, at) + 1)
            known.add(token)
            inner = edits.below.get(token, _EditNode())
            end = self.value(at, inner)
            for edit in inner.here:
                if edit.action == "replace":
                    self.changes.append((at, end, self.written(edit.value, at)))
            parts.append((start, end, any(edit.action == "remove" for edit in inner.here)))
            at = after_space(text, end)
            index += 1
            if text[at] == ",":
                at = after_space(text, at + 1)
        new = [
            self.key(token, is_object) + self.written(edit.value, opening)
            for token, inner in edits.below.items()
            if token not in known
            for edit in inner.here
            if edit.action == "add"
        ]
        if parts and all(removed for _, _, removed in parts):
            space = text[opening + 1 : parts[0][0]] if new else ""
            first, last = (parts[0][0], parts[-1][1]) if new else (opening + 1, at)
            self.changes.append((first, last, f",{space or ' '}".join(new)))
        else:
            self.remove(parts)
            self.add(parts, new, opening, at)
        return at + 1

    def remove(self, parts: list[tuple[int, int, bool]]) -> None:
        """Remove parts, each with the comma and white space next to it."""
        kept = False
        for number, (start, end, removed) in enumerate(parts):
            kept |= not removed
            if removed and kept:
                self.changes.append((parts[number - 1][1], end, ""))
            elif removed:
                self.changes.append((start, parts[number + 1][0], ""))

    def add(
        self, parts: list[tuple[int, int, bool]], new: list[str], opening: int, closing: int
    ) -> None:
        """Add parts after the last one, with the separator that precedes the last one."""
        if not new:
            return
        if not parts:
            self.changes.append((opening + 1, closing, ", ".join(new)))
            return
        start, end, _ = parts[-1]
        if len(parts) > 1:
            between = self.text[parts[-2][1] : start]
        else:
            space = self.text[opening + 1 : start]
            between = "," + (space or " ")
        self.changes.append((end, end, "".join(between + part for part in new)))

    def key(self, token: str, is_object: bool) -> str:  # noqa: FBT001
        """Return the key of a new value with its colon; empty in a list."""
        return f"{json.dumps(token, ensure_ascii=self.is_escaped)}: " if is_object else ""

    def written(self, value: Any, at: int) -> str:
        """Return the text of a value for an offset; a list keeps the layout of the old list."""
        text = json.dumps(value, ensure_ascii=self.is_escaped)
        if isinstance(value, list) and value and self.text[at] == "[":
            inside = after_space(self.text, at + 1)
            space = self.text[at + 1 : inside]
            if "\n" in space:
                end = int(skip_value(self.text, at)[1])
                before = self.text[len(self.text[at : end - 1].rstrip(SPACE)) + at : end - 1]
                items = (json.dumps(item, ensure_ascii=self.is_escaped) for item in value)
                return f"[{space}{f',{space}'.join(items)}{before}]"
        return text
