"""A fast path for rows that have only `id`, `input` and `output`.

Nearly all instances have this form. Reading them as typed rows avoids a dictionary per row and the
validation of each row by the schema.
"""

from collections.abc import Sequence
from typing import Annotated, Any, overload

import msgspec
import orjson
import stringzilla

__all__ = ["PlainRows", "is_plain", "read"]

Row = dict[str, Any]

# The start and the end of the instances of a file in canonical form. Strings contain no line
# breaks, so these are layout, and by its depth the enclosed text is a member of the document.
FRAMES = {
    "Instances": (b'\n    "Instances": [\n        {', b"\n        }\n    ]"),
    "instances": (b'\n  "instances": [\n    {', b"}\n  ]"),
}


class _Row(msgspec.Struct, gc=False, frozen=True, forbid_unknown_fields=True):
    """A valid instance of versions 2 and 3; `id` and `output` are not empty."""

    id: Annotated[str, msgspec.Meta(min_length=1)]
    input: str
    output: Annotated[list[str], msgspec.Meta(min_length=1)]


_decode = msgspec.json.Decoder(list[_Row]).decode


class PlainRows(Sequence[Row]):
    """The rows as a sequence of dictionaries made on demand, and their columns as lists."""

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
    """Return whether valid instances have no keys but `id`, `input` and `output`."""
    return isinstance(rows, PlainRows) or sum(map(len, rows)) == 3 * len(rows)


def read(raw: bytes) -> dict[str, Any] | None:
    """Return a document whose instances are `PlainRows`, or None if it may have another form.

    The rows are valid; the rest must still be validated by the schema, with an empty list in place
    of the rows. The bytes may not be strict JSON: duplicate keys are not detected here.
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
