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


def difference(wanted: Document, have: Document) -> Document:
    """Return the members of `wanted` that differ from `have`; extras field by field.

    The key `absent` lists the members of `have` that `wanted` has not.
    """
    found = _lacking(wanted, have)
    absent = [key for key in have if key not in wanted]
    if EXTRAS in found and EXTRAS in have:
        if _is_within(have[EXTRAS], wanted[EXTRAS]):
            found[EXTRAS] = _fields(wanted[EXTRAS], have[EXTRAS])
        else:
            absent.append(EXTRAS)
    return found | ({ABSENT: absent} if absent else {})


def overlaid(have: Document, found: Document) -> Document:
    """Return `have` with a difference applied; any value of `found` is accepted."""
    absent = found.get(ABSENT, [])
    names = absent if isinstance(absent, list) else []
    left = {key: value for key, value in have.items() if key not in names}
    whole = left | {key: value for key, value in found.items() if key != ABSENT}
    if isinstance(whole.get(EXTRAS), dict):
        extras = left.get(EXTRAS, {})
        whole[EXTRAS] = extras | {
            key: extras[key] | value if _are_objects(value, extras.get(key)) else value
            for key, value in whole[EXTRAS].items()
        }
    return whole


def _fields(wanted: Document, have: Document) -> Document:
    """The members of `wanted` that differ from `have`; of objects in both, only their fields."""
    return {
        key: _lacking(value, have[key]) if _are_objects(value, have.get(key)) else value
        for key, value in wanted.items()
        if key not in have or not same(value, have[key])
    }


def _lacking(wanted: Document, have: Document) -> Document:
    return {
        key: value for key, value in wanted.items() if key not in have or not same(value, have[key])
    }


def _is_within(have: Document, wanted: Document) -> bool:
    """Whether no field of the extras has to be removed."""
    return have.keys() <= wanted.keys() and all(
        value.keys() <= wanted[key].keys()
        for key, value in have.items()
        if _are_objects(value, wanted[key])
    )


def _are_objects(one: Any, other: Any) -> bool:
    return isinstance(one, dict) and isinstance(other, dict)


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal, regardless of the order of keys."""
    return orjson.dumps(one, option=orjson.OPT_SORT_KEYS) == orjson.dumps(
        other, option=orjson.OPT_SORT_KEYS
    )
