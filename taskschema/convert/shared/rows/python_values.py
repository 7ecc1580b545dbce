"""Python values as JSON values."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["as_json"]

DEEPEST = 50
SMALLEST_INTEGER, LARGEST_INTEGER = -(2**63), 2**64 - 1


def as_json(value: Any, depth: int = 0) -> Any:
    """Return a value as JSON: sequences as lists, sets sorted, anything else as text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value).encode("utf-8", "backslashreplace").decode()
    if isinstance(value, int):
        number = int(value)
        return number if SMALLEST_INTEGER <= number <= LARGEST_INTEGER else str(number)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else str(value)
    if depth < DEEPEST and isinstance(value, Mapping):
        return {_name(key): as_json(part, depth + 1) for key, part in value.items()}
    if depth < DEEPEST and isinstance(value, (set, frozenset)):
        return sorted((as_json(part, depth + 1) for part in value), key=repr)
    if depth < DEEPEST and isinstance(value, Iterable) and not isinstance(value, (bytes, range)):
        return [as_json(part, depth + 1) for part in value]
    # The address of an object differs from run to run.
    text = str(value)
    return type(value).__name__ if " at 0x" in text else as_json(text)


def _name(key: Any) -> str:
    name = as_json(key if isinstance(key, str) else str(key))
    return name if isinstance(name, str) else str(name)
