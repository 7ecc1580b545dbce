"""The difference between a task and what the fields of a foreign format give of it.

A writer asks its own reader what the foreign fields alone give, and adds only the difference. So
nothing is lost, and no copy of a field overrules a later edit of it.
"""

from typing import Any

import orjson

from taskschema.convert.pieces import Document

__all__ = ["difference", "overlaid", "same"]

ABSENT = "absent"
EXTRAS = "extras"


def difference(target: Document, base: Document) -> Document:
    """Return the members of `target` that differ from `base`; extras field by field.

    The key `absent` lists the members of `base` that `target` lacks.
    """
    found = _lacking(target, base)
    absent = [key for key in base if key not in target]
    if EXTRAS in found and EXTRAS in base:
        if _is_within(base[EXTRAS], target[EXTRAS]):
            found[EXTRAS] = _fields(target[EXTRAS], base[EXTRAS])
        else:
            absent.append(EXTRAS)
    return found | ({ABSENT: absent} if absent else {})


def overlaid(base: Document, found: Document) -> Document:
    """Return `base` with a difference applied; any value of `found` is accepted."""
    absent = found.get(ABSENT, [])
    names = absent if isinstance(absent, list) else []
    left = {key: value for key, value in base.items() if key not in names}
    whole = left | {key: value for key, value in found.items() if key != ABSENT}
    if isinstance(whole.get(EXTRAS), dict):
        extras = left.get(EXTRAS, {})
        whole[EXTRAS] = extras | {
            key: extras[key] | value if _are_objects(value, extras.get(key)) else value
            for key, value in whole[EXTRAS].items()
        }
    return whole


def _fields(target: Document, base: Document) -> Document:
    """The members of `target` that differ from `base`; of objects in both, only their fields."""
    return {
        key: _lacking(value, base[key]) if _are_objects(value, base.get(key)) else value
        for key, value in target.items()
        if key not in base or not same(value, base[key])
    }


def _lacking(target: Document, base: Document) -> Document:
    return {
        key: value for key, value in target.items() if key not in base or not same(value, base[key])
    }


def _is_within(base: Document, target: Document) -> bool:
    """Whether no field of the extras has to be removed."""
    return base.keys() <= target.keys() and all(
        value.keys() <= target[key].keys()
        for key, value in base.items()
        if _are_objects(value, target[key])
    )


def _are_objects(one: Any, other: Any) -> bool:
    return isinstance(one, dict) and isinstance(other, dict)


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal, regardless of the order of keys."""
    return orjson.dumps(one, option=orjson.OPT_SORT_KEYS) == orjson.dumps(
        other, option=orjson.OPT_SORT_KEYS
    )
