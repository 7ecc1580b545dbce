"""The declaration of a migration: a step between two consecutive versions, one module each.

A step knows only its two versions. Data without a field in the newer version is kept under a key
named after the older version, so that a downgrade returns the same bytes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from taskschema.core.plugins import Family

__all__ = ["MIGRATIONS", "Document", "Migration", "unusual_key_order", "with_key_order"]

Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """An upgrade and its downgrade; results share values with the argument and change none."""

    older: int
    """The older version; the newer one is the next integer."""
    upgrade: Callable[[Document, str], Document]
    """Upgrade a valid document of the older version, given the task's name."""
    downgrade: Callable[[Document], Document]
    """Downgrade a document and restore kept data; fields unknown to the older version are lost."""
    places: Mapping[str, str]
    """Pointers in the newer version -> pointers in the older one; `*` matches any index."""


def unusual_key_order(mapping: Mapping[str, Any], usual: Iterable[str]) -> list[str] | None:
    """Return the order of the keys, or None if it is usual: usual keys first, then others."""
    known = [key for key in usual if key in mapping]
    others = [key for key in mapping if key not in known]
    actual = list(mapping)
    return None if actual == known + others else actual


def with_key_order(mapping: Document, order: Any) -> Document:
    """Return the mapping with its keys in a recorded order; unrecorded keys come last."""
    if not isinstance(order, list):
        return mapping
    first = [key for key in order if isinstance(key, str) and key in mapping]
    return {key: mapping[key] for key in dict.fromkeys((*first, *mapping))}


MIGRATIONS: Family[Migration] = Family("taskschema.schema.migrations", "MIGRATION")
