"""Arrow values as JSON by Hugging Face features: labels by name, times as text, no files.

The features of columns are in the metadata of an Arrow schema.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite, isnan
from typing import Any

import orjson

from taskschema.core.syntax.json_pointers import escape

__all__ = ["Dropped", "as_json", "features_of", "labels_of"]

KEY = b"huggingface"
FILES = frozenset({"Image", "Audio", "Video", "Pdf"})
SMALLEST, LARGEST = -(2**63), 2**63 - 1


class Dropped(Exception):  # noqa: N818 - not an error
    """A value holds bytes, which JSON cannot represent."""


def features_of(metadata: Mapping[bytes, bytes] | None) -> dict[str, Any]:
    """Return the features by column; empty if the metadata has none that can be read."""
    try:
        found = orjson.loads((metadata or {}).get(KEY, b"null"))
    except orjson.JSONDecodeError:
        return {}
    for key in ("info", "features"):
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def labels_of(features: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the labels of label columns, by name, and of nested labels, by pointer."""
    found = {}
    for name, feature in features.items():
        for pointer, labels in _labelled(feature, escape(name)):
            found[pointer] = labels
            if pointer == escape(name):
                found[name] = labels
    return found


def as_json(value: Any, feature: Any = None) -> Any:
    """Return a value as JSON.

    Raises:
        Dropped: it holds bytes, or is a file.
    """
    if isinstance(value, (bytes, bytearray, memoryview)) or _type(feature) in FILES:
        raise Dropped
    if isinstance(value, dict):
        parts = _inner(feature)
        parts = parts if isinstance(parts, dict) else {}
        return {str(key): as_json(part, parts.get(key)) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        part = _inner(feature)
        return [as_json(item, part) for item in value]
    if isinstance(value, int) and (names := _names(feature)):
        # By convention -1 stands for a missing label.
        return names[value] if 0 <= value < len(names) else None if value == -1 else value
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, int):
        return value if SMALLEST <= value <= LARGEST else str(value)
    if isinstance(value, float):
        return value if isfinite(value) else None if isnan(value) else str(value)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    return str(value) if isinstance(value, Decimal) else f"{value}"


def _labelled(feature: Any, pointer: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if names := _names(feature):
        yield pointer, names
        return
    inner = _inner(feature)
    if isinstance(inner, dict) and _type(inner) is None:
        for name, part in inner.items():
            yield from _labelled(part, pointer + escape(name))
    elif inner is not None and inner is not feature:
        yield from _labelled(inner, pointer)


def _type(feature: Any) -> str | None:
    found = feature.get("_type") if isinstance(feature, dict) else None
    return found if isinstance(found, str) else None


def _names(feature: Any) -> tuple[str, ...]:
    if _type(feature) != "ClassLabel":
        return ()
    names = feature.get("names")
    known = isinstance(names, list) and all(isinstance(name, str) for name in names)
    return tuple(names) if known else ()


def _inner(feature: Any) -> Any:
    """The feature of the items of a list, or the features of the members of an object."""
    if isinstance(feature, list):
        return feature[0] if feature else None
    if _type(feature) is None:
        return feature
    return feature.get("feature")
