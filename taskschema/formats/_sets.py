"""Answers that are sets: a separator for them, and the strings that they are written as."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, count

from taskschema.formats import Document

__all__ = ["distinct", "separator_of", "set_format"]

SEPARATORS = ("; ", " | ", " / ", "\n")


def separator_of(sets: Collection[Sequence[str]]) -> str:
    """The first separator at which every set falls apart into its members again."""
    different = {tuple(members) for members in sets}
    return next(
        separator
        for separator in chain(SEPARATORS, _longer())
        if all(_splits(members, separator) for members in different)
    )


def set_format(sets: Collection[Sequence[str]]) -> Document:
    """The answer format of these sets."""
    return {"kind": "set", "separator": separator_of(sets)}


def distinct(sets: Iterable[Sequence[str]]) -> list[list[str]]:
    """The sets, each once; the order of members does not tell two apart."""
    found: dict[tuple[str, ...], list[str]] = {}
    for members in sets:
        found.setdefault(tuple(sorted(members)), list(members))
    return list(found.values())


def _splits(members: Sequence[str], separator: str) -> bool:
    return not members or separator.join(members).split(separator) == list(members)


def _longer() -> Iterator[str]:
    return (f" {'|' * size} " for size in count(2))
