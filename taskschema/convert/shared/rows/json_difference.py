"""What a task says and the fields of another format do not, to stand beside those fields.

A writer asks its own reader what the fields alone would give, and adds only what that lacks. So
nothing is lost, and whoever edits a field later is not overruled by a copy of what it said before.
"""

from typing import Any

import orjson

from taskschema.convert.pieces import Document
from taskschema.schema.versions import NEWEST, fits

__all__ = ["difference", "is_head", "is_row", "is_whole", "overlaid", "same"]

ABSENT = "absent"
EXTRAS = "extras"
SMALLEST: Document = {"schema_version": NEWEST, "name": "a", "definition": [""], "instances": []}


def difference(wanted: Document, have: Document) -> Document:
    """The members of `wanted` that `have` lacks or has otherwise; of extras each field on its own.

    `absent` lists what is too much.
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
    """What `difference` was asked for, from what it was compared with; raises nothing."""
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
    """What `wanted` has that `have` lacks; of objects in both only their fields."""
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
    """Whether nothing is to be taken away from the extras that there are."""
    return have.keys() <= wanted.keys() and all(
        value.keys() <= wanted[key].keys()
        for key, value in have.items()
        if _are_objects(value, wanted[key])
    )


def _are_objects(one: Any, other: Any) -> bool:
    return isinstance(one, dict) and isinstance(other, dict)


def same(one: Any, other: Any) -> bool:
    """Whether two values are one and the same in JSON, but for the order of keys."""
    return orjson.dumps(one, option=orjson.OPT_SORT_KEYS) == orjson.dumps(
        other, option=orjson.OPT_SORT_KEYS
    )


def is_head(head: Document) -> bool:
    """Whether a task could begin so; its instances aside."""
    return "instances" not in head and fits(SMALLEST | head, NEWEST)


def is_whole(head: Document) -> bool:
    """Whether a task lacks nothing but its instances."""
    return "instances" not in head and fits(head | {"instances": []}, NEWEST)


def is_row(instance: Document, head: Document) -> bool:
    """Whether a task that begins so could hold an instance."""
    format_ = {key: head[key] for key in ("answer_format",) if key in head}
    return fits(SMALLEST | format_ | {"instances": [instance]}, NEWEST)
