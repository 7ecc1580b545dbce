"""One step between two neighbouring schema versions, one file.

A step knows only its two versions. What the newer one has no word for is kept aside, under a key
named after the older one, so that the way back gives the same bytes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from taskschema.core.plugins import Family

__all__ = ["MIGRATIONS", "Document", "Migration", "unusual_key_order", "with_key_order"]

Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """A step up and the same step down, both pure: they share values, and change none."""

    older: int
    """The version below; the one above is the next integer."""
    upgrade: Callable[[Document, str], Document]
    """From a document that fits the older schema, and the task's name, to the newer one."""
    downgrade: Callable[[Document], Document]
    """Back, with what was kept aside; what the older version has no word for is dropped."""
    places: Mapping[str, str]
    """Pointers of the newer version to where the older one has the same, `*` for any index."""


def unusual_key_order(mapping: Mapping[str, Any], usual: Iterable[str]) -> list[str] | None:
    """The keys as they stand, or None where they stand as usual: known ones first, then others."""
    known = [key for key in usual if key in mapping]
    others = [key for key in mapping if key not in known]
    actual = list(mapping)
    return None if actual == known + others else actual


def with_key_order(mapping: Document, order: Any) -> Document:
    """The mapping with its keys in a recorded order; keys that are not in the record go last."""
    if not isinstance(order, list):
        return mapping
    first = [key for key in order if isinstance(key, str) and key in mapping]
    return {key: mapping[key] for key in dict.fromkeys((*first, *mapping))}


MIGRATIONS: Family[Migration] = Family("taskschema.schema.migrations", "MIGRATION")
