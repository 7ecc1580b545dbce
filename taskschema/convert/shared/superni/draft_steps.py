"""Brings a document of an early form to the final form of its version, step by step.

A step gets a document and yields the changes to make, and what it assumes; it changes nothing
itself.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from taskschema.convert.pieces import Document

__all__ = [
    "ABSENT",
    "Assumed",
    "DraftChange",
    "DraftStep",
    "EpochDraft",
    "drafted",
    "even",
    "respelt",
]

ABSENT: Any = object()
"""Instead of a value: the key is removed."""

BETWEEN = re.compile(r"[\s_-]+")


class Assumed(NamedTuple):
    """An assumption about a key."""

    key: str
    """A key of the document, as spelled in the file."""
    what: str
    """A sentence without its subject, the key, and without its full stop."""


class DraftChange(NamedTuple):
    """A change that a step makes, and why."""

    key: str
    """A key of the document in its final form."""
    value: Any
    what: str = ""
    """The assumption; empty if there is none."""
    was: str = ""
    """The earlier key, if it was another."""
    is_kept: bool = False
    """Whether the old value is kept in the extras."""


class EpochDraft(NamedTuple):
    """A document after some steps."""

    document: Document
    kept: Document
    """Values as they were in the file, by their key in the final form."""
    assumed: tuple[Assumed, ...]
    spelt: dict[str, str]
    """The keys as spelled in the file, by their key in the final form, if they differ."""

    def spelling(self, key: str) -> str:
        """Return a key as spelled in the file."""
        return self.spelt.get(key, key)


DraftStep: TypeAlias = Callable[[Document], Iterator[DraftChange]]


def drafted(document: Document, steps: Iterable[DraftStep], keys: tuple[str, ...]) -> EpochDraft:
    """Apply all steps to a document; `keys` are those of its final form, in order."""
    draft = EpochDraft(document, {}, (), {})
    for step in steps:
        for change in tuple(step(draft.document)):
            draft = _changed(draft, change, keys)
    return draft


def _changed(draft: EpochDraft, change: DraftChange, keys: tuple[str, ...]) -> EpochDraft:
    key, document = change.key, draft.document
    spelt = draft.spelt | ({key: change.was} if change.was else {})
    if change.was:
        items = document.items()
        document = {key if name == change.was else name: value for name, value in items}
    kept = draft.kept
    if change.is_kept and key in document:
        kept = {
            key: document[key]
        } | kept  # the value before the first change is the one in the file
    assumed = (Assumed(spelt.get(key, key), change.what),) if change.what else ()
    changed = _with(document, key, change.value, keys)
    return EpochDraft(changed, kept, (*draft.assumed, *assumed), spelt)


def _with(document: Document, key: str, value: Any, keys: tuple[str, ...]) -> Document:
    """The document with a value at a key; a new key gets its usual place."""
    if value is ABSENT:
        return {name: there for name, there in document.items() if name != key}
    if key in document:
        return {**document, key: value}
    later = keys[keys.index(key) :]
    place = next((at for at, name in enumerate(document) if name in later), len(document))
    items = list(document.items())
    return dict([*items[:place], (key, value), *items[place:]])


def respelt(document: Document, spellings: Mapping[str, str]) -> Iterator[DraftChange]:
    """Yield a change for each key in another spelling, unless the right key exists too.

    Args:
        document: of any form.
        spellings: keys as `even` returns them, with the right key of each.
    """
    taken = set(document)
    for key, value in document.items():
        name = spellings.get(even(key))
        if name is not None and name not in taken:
            taken.add(name)
            yield DraftChange(name, value, f"is read as `{name}`", was=key)


def even(key: str) -> str:
    """Return a key in lower case, with nothing between its words."""
    return BETWEEN.sub("", key).lower()
