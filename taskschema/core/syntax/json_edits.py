"""Edits of a document made in its text, so that nothing but what they name changes a byte.

A value is replaced where it stands, a member or item is taken out with its comma, and a new one is
put behind the last, laid out as that one is.
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
    """The places that edits have been chosen for, so that no two touch one thing."""

    def __init__(self) -> None:
        self._taken: set[Path] = set()
        self._above: set[Path] = set()
        self._known: set[str] = set()

    def take(self, edits: Sequence[Edit]) -> bool:
        """Choose edits unless they touch what others do, what holds it, or what lies in it."""
        if self.has(edits):
            return False
        paths = [tokens(edit.pointer) for edit in edits]
        for path in paths:
            parents = [path[:length] for length in range(1, len(path))]
            # Any number of edits may put something at the end of a list.
            taken = path in self._taken and path[-1] != LAST
            if taken or path in self._above or not self._taken.isdisjoint(parents):
                return False
        self._known.add(repr(edits))
        self._taken.update(paths)
        self._above.update(path[:length] for path in paths for length in range(1, len(path)))
        return True

    def has(self, edits: Sequence[Edit]) -> bool:
        """Whether these very edits were chosen already, for another fault that they mend too."""
        return repr(edits) in self._known


def apply_edits(document: Any, edits: Iterable[Edit]) -> Any:
    """The document with the edits made; what they do not touch is shared with the old one."""
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
    """A JSON text with the edits made; all pointers are into the text as it was before.

    Args:
        text: strict JSON.
        edits: no two of them in conflict.
    """
    wanted = _EditNode()
    for edit in edits:
        node = wanted
        for token in tokens(edit.pointer):
            node = node.below.setdefault(token, _EditNode())
        node.here.append(edit)
    changes: list[tuple[int, int, str]] = []
    _Walk(text, changes).value(after_space(text, 0), wanted)
    parts, at = [], 0
    for start, end, new in sorted(changes):
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])


@dataclass(slots=True)
class _EditNode:
    """The edits of one value, and those of what lies below it by reference token."""

    here: list[Edit] = field(default_factory=list)
    below: dict[str, "_EditNode"] = field(default_factory=dict)


class _Walk:
    """One walk through a text, which notes every change: from where to where, and to what."""

    def __init__(self, text: str, changes: list[tuple[int, int, str]]) -> None:
        self.text = text
        self.changes = changes
        # Whoever escapes everything beyond ASCII goes on to do so.
        self.is_escaped = text.isascii() and "\\u" in text

    def value(self, at: int, wanted: _EditNode) -> int:
        """Look for edits inside the value at `at`; return where it ends."""
        text = self.text
        if not wanted.below or text[at] not in "{[":
            return int(skip_value(text, at)[1])
        parts: list[tuple[int, int, bool]] = []  # start and end of each part, whether it goes
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
            inner = wanted.below.get(token, _EditNode())
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
            for token, inner in wanted.below.items()
            if token not in known
            for edit in inner.here
            if edit.action == "add"
        ]
        if parts and all(goes for _, _, goes in parts):
            space = text[opening + 1 : parts[0][0]] if new else ""
            first, last = (parts[0][0], parts[-1][1]) if new else (opening + 1, at)
            self.changes.append((first, last, f",{space or ' '}".join(new)))
        else:
            self.remove(parts)
            self.add(parts, new, opening, at)
        return at + 1

    def remove(self, parts: list[tuple[int, int, bool]]) -> None:
        """Take parts out, each with the comma and the space that set it off from its neighbour."""
        kept = False
        for number, (start, end, goes) in enumerate(parts):
            kept |= not goes
            if goes and kept:
                self.changes.append((parts[number - 1][1], end, ""))
            elif goes:
                self.changes.append((start, parts[number + 1][0], ""))

    def add(
        self, parts: list[tuple[int, int, bool]], new: list[str], opening: int, closing: int
    ) -> None:
        """Put parts behind the last, set off from it as that is from what stands before it."""
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
        """What stands before a new value; nothing in a list."""
        return f"{json.dumps(token, ensure_ascii=self.is_escaped)}: " if is_object else ""

    def written(self, value: Any, at: int) -> str:
        """The text of a value that stands at an offset; a list keeps the layout of the old one."""
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
