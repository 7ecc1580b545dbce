"""Names and tags of languages, one canonical name per tag, looked up exactly and never guessed.

SuperNI writes languages by name ("Modern Greek (1453-)"), BCP 47 and the schema by tag ("el"). The
table, `schemas/vocabulary/languages.json`, holds the facts of ISO 639 and is built by
`scripts/build_languages.py`, which says how a name comes to stand for one tag only.
"""

from functools import cache
from typing import cast

import orjson

from taskschema import schema_files

__all__ = ["name_of", "tag_of"]


@cache
def _names() -> dict[str, list[str]]:
    """Tag -> canonical name, then further names."""
    document = orjson.loads(schema_files.read("vocabulary/languages.json"))
    return cast("dict[str, list[str]]", document["languages"])


@cache
def _tags() -> dict[str, str]:
    """Name, canonical or further -> tag."""
    return {name: tag for tag, names in _names().items() for name in names}


def tag_of(name: str) -> str | None:
    """The BCP 47 tag of a language named as ISO 639 names it, or None.

    A further name has a tag as well ("Punjabi", `pa`): who must give the very words back compares
    `name_of(tag_of(name))` with `name`.
    """
    return _tags().get(name)


def name_of(tag: str) -> str | None:
    """The canonical name of a tag that is one subtag, in lower case, or None ("zh-Hant")."""
    names = _names().get(tag)
    return names[0] if names else None
