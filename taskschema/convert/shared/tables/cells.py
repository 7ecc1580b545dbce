"""Cells of tables as text."""

from typing import Any

import orjson

from taskschema.convert.shared.rows.row_fields import json_type
from taskschema.core.syntax.json_pointers import escape

__all__ = ["CellError", "as_text", "has_scalar"]


class CellError(Exception):
    """A problem with a cell; its row is skipped."""

    def __init__(self, column: str, message: str, rule: str = "wrong-shape") -> None:
        super().__init__(message)
        self.pointer = column if column.startswith("/") else escape(column)
        self.rule = rule


def as_text(value: Any, column: str, allowed: str) -> str:
    """Return a cell as text; a number or truth value as JSON, null as an empty text.

    Raises:
        CellError: it holds a list or an object.
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, (bool, int, float)):
        return orjson.dumps(value).decode()
    message = f"`{column}` holds {json_type(value)}, not {allowed}. Write it as one"
    if value:
        part = next(iter(value)) if isinstance(value, dict) else "0"
        whole = column if column.startswith("/") else escape(column)
        message += f", or name a part of it as the column, such as {whole}{escape(part)}"
    raise CellError(column, f"{message}.")


def has_scalar(value: Any) -> bool:
    """Whether a value is or holds numbers or truth values, which `as_text` writes as JSON."""
    values = value if isinstance(value, list) else [value]
    return any(isinstance(part, (bool, int, float)) for part in values)
