"""Types of table columns, independent of the library that stores them."""

from typing import TypeAlias

__all__ = ["Type"]

Type: TypeAlias = str | list["Type"] | dict[str, "Type"]
"""The name of an Arrow type, a list with one type, or a mapping of field names to types."""
