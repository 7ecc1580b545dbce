"""Draws tasks at random, together with all tasks made of the same sources."""

import hashlib
from collections.abc import Collection, Sequence

from taskschema.rules.collection_context import TaskDigest
from taskschema.rules.shared.source_spellings import names_of, urls_of

__all__ = ["drawn"]


def drawn(
    tasks: Sequence[TaskDigest], several: Collection[str], *, share: float, seed: int
) -> list[str]:
    """Return the names of at most a share of the tasks; none shares a source with the others.

    Which are drawn depends on the seed and the names alone, so that a new task changes little.

    Args:
        tasks: those to draw from.
        several: addresses that stand for several sources and hold nothing together.
        share: from 0 to 1; one task is drawn at least, where that is more than 0 and there is one
            that does not hang together with too many.
        seed: any integer.
    """
    room = max(1, round(share * len(tasks))) if share else 0
    groups = _groups(tasks, several)
    found: list[str] = []
    for group in sorted(groups, key=lambda names: _lot(names[0], seed)):
        if len(group) <= room - len(found):
            found += group
    return sorted(found)


def _lot(name: str, seed: int) -> bytes:
    return hashlib.blake2b(f"{seed}\n{name}".encode(), digest_size=16).digest()


def _groups(tasks: Sequence[TaskDigest], several: Collection[str]) -> list[list[str]]:
    """Return groups of tasks that are connected by their sources, in order."""
    first: dict[str, int] = {}
    leaders = list(range(len(tasks)))

    def leader(at: int) -> int:
        while leaders[at] != at:
            leaders[at] = leaders[leaders[at]]
            at = leaders[at]
        return at

    for at, entry in enumerate(tasks):
        keys = [f"name {key}" for key, _ in names_of(entry)]
        keys += [f"address {url}" for url in urls_of(entry) if url not in several]
        for key in keys:
            leaders[leader(at)] = leader(first.setdefault(key, at))
    found: dict[int, list[str]] = {}
    for at, entry in enumerate(tasks):
        found.setdefault(leader(at), []).append(entry.name)
    return [sorted(names) for names in found.values()]
