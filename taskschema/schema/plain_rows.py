"""Rows of nothing but `id`, `input` and `output`, read all at once.

Nearly every instance there is has this form, so that a reader which knows it needs neither a
dictionary for each nor a look at each by the schema.
"""

from collections.abc import Sequence
from typing import Annotated, Any, overload

import msgspec
import orjson
import stringzilla

__all__ = ["PlainRows", "is_plain", "read"]

Row = dict[str, Any]

# How a file in canonical form begins and ends its instances. No string holds a line break, so that
# these are layout, and at this depth what they enclose is a member of the document.
FRAMES = {
    "Instances": (b'\n    "Instances": [\n        {', b"\n        }\n    ]"),
    "instances": (b'\n  "instances": [\n    {', b"}\n  ]"),
}


class _Row(msgspec.Struct, gc=False, frozen=True, forbid_unknown_fields=True):
    """What versions 2 and 3 ask of an instance; `id` and `output` are never empty."""

    id: Annotated[str, msgspec.Meta(min_length=1)]
    input: str
    output: Annotated[list[str], msgspec.Meta(min_length=1)]


_decode = msgspec.json.Decoder(list[_Row]).decode


class PlainRows(Sequence[Row]):
    """The rows, each a dictionary when it is asked for, and their columns as lists."""

    def __init__(self, rows: list[_Row]) -> None:
        self._rows = rows

    @property
    def ids(self) -> list[str]:
        """The id of every row."""
        return [row.id for row in self._rows]

    @property
    def inputs(self) -> list[str]:
        """The input of every row."""
        return [row.input for row in self._rows]

    @property
    def outputs(self) -> list[list[str]]:
        """The alternatives of every row."""
        return [row.output for row in self._rows]

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [_as_dictionary(row) for row in self._rows[index]]
        return _as_dictionary(self._rows[index])


def _as_dictionary(row: _Row) -> Row:
    return {"id": row.id, "input": row.input, "output": row.output}


def is_plain(rows: Sequence[Row]) -> bool:
    """Whether instances that fit their schema have no keys but `id`, `input` and `output`."""
    return isinstance(rows, PlainRows) or sum(map(len, rows)) == 3 * len(rows)


def read(raw: bytes) -> dict[str, Any] | None:
    """A document whose instances are `PlainRows`, or None where it may not have this form.

    Only what stands outside of the rows is still to be held against the schema, with an empty list
    in their place. The bytes may still be no strict JSON: nothing tells of a key that stands twice.
    """
    for key, (first, last) in FRAMES.items():
        start: int = stringzilla.find(raw, first)
        end = raw.rfind(last)
        if start < 0 or end < start:
            continue
        opening, closing = raw.index(b"[", start), end + len(last)
        try:
            head = orjson.loads(raw[: opening + 1] + raw[closing - 1 :])
            rows = _decode(memoryview(raw)[opening:closing])
        except (ValueError, msgspec.MsgspecError):
            return None
        if isinstance(head, dict) and head.get(key) == []:
            head[key] = PlainRows(rows)
            return head
    return None
