"""A document of an older form on its way to the last one of its kind, by small steps.

A step looks at a document and tells what it would set, and what it assumes in doing so; it changes
nothing itself.
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
"""In place of a value: the key goes."""

BETWEEN = re.compile(r"[\s_-]+")


class Assumed(NamedTuple):
    """What was taken for what."""

    key: str
    """Of the document, as it stands in the file."""
    what: str
    """A sentence without its subject, the key, and its full stop."""


class DraftChange(NamedTuple):
    """What a step sets, and why."""

    key: str
    """Of the document in its last form."""
    value: Any
    what: str = ""
    """What is assumed; empty where nothing is."""
    was: str = ""
    """The key that it had, where that is another."""
    is_kept: bool = False
    """Whether the value that goes is to be kept as it was."""


class EpochDraft(NamedTuple):
    """A document as far as it has come."""

    document: Document
    kept: Document
    """Values as they stood in the file, by their key in the last form."""
    assumed: tuple[Assumed, ...]
    spelt: dict[str, str]
    """The keys as the file has them, by their key in the last form, where these differ."""

    def spelling(self, key: str) -> str:
        """How the file has a key."""
        return self.spelt.get(key, key)


DraftStep: TypeAlias = Callable[[Document], Iterator[DraftChange]]


def drafted(document: Document, steps: Iterable[DraftStep], keys: tuple[str, ...]) -> EpochDraft:
    """A document after all steps; `keys` are those of its last form, in their usual order."""
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
        kept = {key: document[key]} | kept  # an earlier step saw it as the file has it
    told = (Assumed(spelt.get(key, key), change.what),) if change.what else ()
    changed = _with(document, key, change.value, keys)
    return EpochDraft(changed, kept, (*draft.assumed, *told), spelt)


def _with(document: Document, key: str, value: Any, keys: tuple[str, ...]) -> Document:
    """The document with a value at its key, which has its usual place if it was not there."""
    if value is ABSENT:
        return {name: there for name, there in document.items() if name != key}
    if key in document:
        return {**document, key: value}
    later = keys[keys.index(key) :]
    place = next((at for at, name in enumerate(document) if name in later), len(document))
    items = list(document.items())
    return dict([*items[:place], (key, value), *items[place:]])


def respelt(document: Document, meant: Mapping[str, str]) -> Iterator[DraftChange]:
    """Keys in another spelling become those that are meant, where these are not there.

    Args:
        document: of any form.
        meant: keys as `even` makes them, and the key that is meant.
    """
    taken = set(document)
    for key, value in document.items():
        name = meant.get(even(key))
        if name is not None and name not in taken:
            taken.add(name)
            yield DraftChange(name, value, f"is taken for `{name}`", was=key)


def even(key: str) -> str:
    """A key in lower case, with nothing between its words."""
    return BETWEEN.sub("", key).lower()
