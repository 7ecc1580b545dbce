"""Maps licence texts to SPDX identifiers and to licence classes.

The four classes and their order are those of the Data Provenance Initiative. Most entries are facts
from its licence triples (use, attribution, share-alike); the others follow the terms of the
licence. The table is `schemas/vocabulary/licenses.json`. This is not legal advice.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, Literal, TypeAlias, cast

import orjson

from taskschema.schema import published_files

__all__ = [
    "CLASSES",
    "LicenseClass",
    "class_of",
    "is_expression",
    "is_known",
    "license_class",
    "misspelt",
    "spdx_of",
    "strictest",
]

LicenseClass: TypeAlias = Literal["commercial", "unspecified", "non-commercial", "academic-only"]

CLASSES: tuple[LicenseClass, ...] = ("commercial", "unspecified", "non-commercial", "academic-only")
"""The classes from permissive to strict; a filter that allows a class allows all before it."""

# Longer texts are notices, not expressions, and are not parsed.
_LONGEST_EXPRESSION = 300

_CLOSE = 0.85  # one typo in six or seven characters; "ODC BY 1.0" and "ODbL 1.0" are two licences
_LONGEST_SPELLING = 100  # all spellings of the table are shorter; longer texts are notices
_SHORTEST_SPELLING = 5  # "MTI" is ambiguous


@cache
def _document() -> dict[str, Any]:
    return cast("dict[str, Any]", orjson.loads(published_files.read("vocabulary/licenses.json")))


def _normal(text: str) -> str:
    """Return the text without differences in case, white space and hyphens."""
    return " ".join(text.replace("-", " ").casefold().split())


@cache
def _spellings() -> Mapping[str, str]:
    """Normal form of a known spelling -> SPDX identifier."""
    return {_normal(text): spdx for text, spdx in _document()["spdx"].items()}


@cache
def _squeezed_spellings() -> Mapping[str, str]:
    """Normal form of a known spelling, without spaces -> SPDX identifier."""
    return {spelling.replace(" ", ""): spdx for spelling, spdx in _spellings().items()}


@cache
def _identifiers() -> frozenset[str]:
    """All SPDX identifiers of known spellings."""
    return frozenset(_spellings().values())


@cache
def _without_spdx() -> Mapping[str, LicenseClass]:
    """Normal form of a known text that has no SPDX identifier -> its class."""
    return {_normal(text): name for text, name in _document()["without_spdx"].items()}


@cache
def _classes() -> Mapping[str, LicenseClass]:
    """SPDX identifier, case folded as SPDX compares them -> its class."""
    return {spdx.casefold(): name for name, ids in _document()["classes"].items() for spdx in ids}


def spdx_of(text: str) -> str | None:
    """Return the SPDX identifier or expression of a licence text, or None.

    Known spellings are tried first ("Apache 2.0", "GPL-3.0"). A valid SPDX expression is returned
    in canonical case. A version is never guessed: "Apache" gives None, as do "Public Domain" and
    "Unknown".
    """
    known = _spellings().get(_normal(text))
    if known or _normal(text) in _without_spdx():
        return known
    return _expression(text)


def is_known(text: str) -> bool:
    """Return whether the terms of a licence text are known, with or without SPDX identifier."""
    return spdx_of(text) is not None or _normal(text) in _without_spdx()


def is_expression(text: str) -> bool:
    """Return whether `text` is a valid SPDX expression; case does not matter."""
    return text in _identifiers() or _expression(text) is not None


def misspelt(text: str) -> str | None:
    """Return the SPDX identifier that a text unknown to `spdx_of` misspells, or None.

    Differences in spaces ("CCBY 4.0", "O-UDA 1.0") and single typos ("Apahce 2.0") are recognized.
    The numbers must be equal, and only one licence may be close. Takes about a millisecond.
    """
    normal = _normal(text).replace("licence", "license")
    if len(normal) > _LONGEST_SPELLING or _normal(text) in _without_spdx():
        return None
    if exact := _squeezed_spellings().get(normal.replace(" ", "")):
        return exact
    if expression := _expression(normal.replace(" ", "-")):
        return expression
    digits = [mark for mark in normal if mark.isdigit()]
    if not digits or len(normal) < _SHORTEST_SPELLING:
        return None
    known = [text for text in _spellings() if digits == [mark for mark in text if mark.isdigit()]]
    close = get_close_matches(normal, known, n=3, cutoff=_CLOSE)
    candidates = {_spellings()[spelling] for spelling in close}
    return candidates.pop() if len(candidates) == 1 else None


def _expression(text: str) -> str | None:
    """Return a valid SPDX expression in canonical case, or None."""
    if len(text) > _LONGEST_EXPRESSION:
        return None
    from packaging.licenses import (  # noqa: PLC0415  # most texts are known spellings
        InvalidLicenseExpression,
        canonicalize_license_expression,
    )

    try:
        return canonicalize_license_expression(text)
    except InvalidLicenseExpression:
        return None


def license_class(spdx: str | None) -> LicenseClass:
    """Return the class of an SPDX identifier or expression; `unspecified` if it is unknown.

    An expression has the strictest class of its licences, for `OR` too, because the rows may come
    from either.
    """
    if spdx is None:
        return "unspecified"
    words = spdx.replace("(", " ").replace(")", " ").split()
    # WITH is followed by an exception, which only grants more rights.
    names = [
        word.casefold().removesuffix("+")
        for before, word in zip(["", *words], words, strict=False)
        if word.upper() not in {"AND", "OR", "WITH"} and before.upper() != "WITH"
    ]
    return strictest(_classes().get(name, "unspecified") for name in names)


def class_of(text: str) -> LicenseClass:
    """Return the class of a licence text, with or without SPDX identifier.

    "Public Domain" is `commercial` and "MSR-LA" is `academic-only`; both have no identifier.
    """
    return _without_spdx().get(_normal(text)) or license_class(spdx_of(text))


def strictest(classes: Iterable[LicenseClass]) -> LicenseClass:
    """Return the strictest of several classes; `unspecified` for none."""
    return max(classes, key=CLASSES.index, default="unspecified")
