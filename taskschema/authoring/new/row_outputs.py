"""Outputs of a row: from several columns, or from one cell that lists several outputs."""

import json
from contextlib import suppress
from typing import Any

from taskschema.core.errors import SourceError
from taskschema.core.text.printing import quote

__all__ = ["combine_outputs", "split_outputs"]

Row = dict[str, Any]


def combine_outputs(row: Row, columns: tuple[str, ...], kind: str, *, as_fields: bool) -> Row:
    """Return the row with the outputs of all columns; it has that of the first column already.

    Args:
        row: an instance, with its other columns in `extras`.
        columns: the columns of outputs.
        kind: the format, which is the key of the other columns in `extras`.
        as_fields: whether the columns are fields of one output instead of acceptable outputs.
    """
    if len(columns) < 2:  # noqa: PLR2004 - nothing to add
        return row
    others = dict(row.get("extras", {}).get(kind, {}))
    cells = [_text(others.pop(name, "")) for name in columns[1:]]
    if as_fields:
        named = dict(zip(columns, (row["output"][0].strip(), *cells), strict=True))
        outputs = [json.dumps(named, ensure_ascii=False)]
    else:
        outputs = list(dict.fromkeys((*row["output"], *filter(None, cells))))
    new = {key: value for key, value in row.items() if key != "extras"} | {"output": outputs}
    return new | ({"extras": {kind: others}} if others else {})


def _text(cell: Any) -> str:
    return (cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)).strip()


def split_outputs(row: Row, separator: str, source: str) -> Row:
    """Return the row with every acceptable output that its cell lists.

    A cell lists outputs with the separator between them or, without a separator, as a JSON list.

    Raises:
        SourceError: a cell holds only separators.
    """
    if separator:
        parts = [part.strip() for text in row["output"] for part in text.split(separator)]
    elif len(row["output"]) == 1 and row["output"][0].startswith("["):
        parts = row["output"]
        with suppress(ValueError, RecursionError):
            found = json.loads(row["output"][0])
            if isinstance(found, list) and found and all(isinstance(one, str) for one in found):
                parts = found
    else:
        return row
    outputs = list(dict.fromkeys(filter(str.strip, parts)))
    if not outputs:
        cell = quote(row["output"][0])
        raise SourceError(f"{source}: the output {cell} holds only --output-separator.")
    return row | {"output": outputs}
