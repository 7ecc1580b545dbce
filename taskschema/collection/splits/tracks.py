"""Resolves the split of each task by the split lists of one track.

A list `excluded` names tasks that belong to none. A list `all` may repeat the others and counts
only where there is no other.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from taskschema.core.errors import ConfigError
from taskschema.core.text.near_misses import near_misses
from taskschema.core.text.printing import quote, several
from taskschema.rules.collection_context import SplitList
from taskschema.schema.columns import Columns

__all__ = ["EVALUATION", "EXCLUDED", "TRAIN", "Track", "require_splits", "shortened", "track_of"]

DEFAULT, TRAIN, EXCLUDED, EVERYTHING = "default", "train", "excluded", "all"
EVALUATION = "evaluation"
MOST_NAMES = 3
# Split names that every reader of datasets accepts; they become parts of file names.
NAME = re.compile(r"[A-Za-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Track:
    """A track of a collection; without a name, every task is in train."""

    name: str = ""
    splits: Mapping[str, str] = field(default_factory=dict)
    """The split of each task, by its name or one of its aliases."""
    doubts: tuple[str, ...] = ()
    """Warnings about it, a line each."""

    @property
    def names(self) -> tuple[str, ...]:
        """The splits of the track, without `excluded`."""
        if not self.name:
            return (TRAIN,)
        return tuple(sorted(set(self.splits.values()) - {EXCLUDED}))

    def split_of(self, columns: Columns) -> str | None:
        """Return the split of a task, `excluded`, or None if no list names it."""
        if not self.name:
            return TRAIN
        aliases: Sequence[str] = columns.task.get("aliases", ())
        found = [self.splits[name] for name in (columns.name, *aliases) if name in self.splits]
        return min(found, key=_caution, default=None)


def track_of(
    lists: Sequence[SplitList], wanted: str | None = None, *, option: str = "--track"
) -> Track:
    """Return one track of a collection.

    A task in several lists goes to `excluded` first, and to `train` last, so that no test task is
    used for training.

    Args:
        lists: all split lists of the collection.
        wanted: the name of a track; by default `default`, if it exists.
        option: what a message calls the name.

    Raises:
        ConfigError: there is no such track, or no dataset can have a split of some name.
    """
    tracks = sorted({one.track for one in lists})
    name = wanted or DEFAULT
    if name not in tracks:
        known = ", ".join(tracks)
        if wanted:
            there = f"Use one of {known}." if tracks else "There are no split lists."
            raise ConfigError(
                f"{option}: {quote(wanted)} is not a track of the collection. {there}"
            )
        doubt = f"No track is named `{DEFAULT}`, so every task is in `{TRAIN}`."
        return Track(doubts=(f"{doubt} Name one with {option}: {known}.",) if tracks else ())
    own = [one for one in lists if one.track == name]
    others = [one for one in own if one.split != EVERYTHING]
    if not any(one.split != EXCLUDED for one in others):
        others = own
    splits: dict[str, str] = {}
    doubtful: dict[str, None] = {}
    for one in others:
        split = TRAIN if one.split == EVERYTHING else one.split
        if not NAME.fullmatch(split):
            raise ConfigError(
                f"{one.path}: {quote(split)} cannot be the name of a split. "
                "Rename the list: use letters, digits and underscores."
            )
        for _, task in one.names:
            before = splits.get(task, split)
            splits[task] = min(before, split, key=_caution)
            if before != split and splits[task] != EXCLUDED:
                doubtful[task] = None
    return Track(name, splits, (_doubt(name, list(doubtful)),) if doubtful else ())


def _doubt(track: str, names: Sequence[str]) -> str:
    return (
        f"{several(len(names), 'name')} in more than one list of the track `{track}`: "
        f"{shortened(names)}. None of them goes to `{TRAIN}`; keep each in one list."
    )


def shortened(names: Sequence[str]) -> str:
    """Return the first few names, for a message."""
    return ", ".join(names[:MOST_NAMES]) + (", ..." if len(names) > MOST_NAMES else "")


def require_splits(
    track: Track, wanted: Sequence[str], more: Sequence[str] = (), *, option: str = "--split"
) -> None:
    """Refuse splits that no task can be in.

    Args:
        track: the division of the collection.
        wanted: names of splits.
        more: splits that there are beside those of the track.
        option: what a message calls the names.

    Raises:
        ConfigError: a split does not exist; the message lists the splits.
    """
    names = (*track.names, *more)
    for split in wanted:
        if split not in names:
            meant = near_misses(split, names)
            cure = f"Did you mean {meant[0]}?" if meant else f"Use one of {', '.join(names)}."
            of = f"the track `{track.name}`" if track.name else "the collection"
            raise ConfigError(f"{option}: {quote(split)} is not a split of {of}. {cure}")


def _caution(split: str) -> tuple[bool, bool, str]:
    """Sort key that puts the most cautious split first."""
    return split != EXCLUDED, split == TRAIN, split
