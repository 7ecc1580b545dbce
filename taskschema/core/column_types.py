"""Types of columns, named without the library that stores them."""

from typing import TypeAlias

__all__ = ["Type"]

Type: TypeAlias = str | list["Type"] | dict[str, "Type"]
"""The name of an Arrow type, a list of one type, or a mapping of names to types."""
