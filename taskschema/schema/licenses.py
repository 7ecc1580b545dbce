"""From the words a task has for its licence to an SPDX identifier, and to what the licence allows.

The four classes and their order are those of the Data Provenance Initiative, whose licence triples
(use, attribution, share-alike) are also the source of most entries, taken as facts; the rest follow
the licence's own terms. The table is `schemas/vocabulary/licenses.json`. No legal advice.
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
"""From mild to strict: who admits one class admits all before it."""

# Longer texts are notices, not expressions; what parses expressions need not see them.
_LONGEST_EXPRESSION = 300

_CLOSE = 0.85  # one character in six or seven; "ODC BY 1.0" and "ODbL 1.0" are two licences
_LONGEST_SPELLING = 100  # the table's are shorter, and a notice is no spelling
_SHORTEST_SPELLING = 5  # "MTI" may be anything


@cache
def _document() -> dict[str, Any]:
    return cast("dict[str, Any]", orjson.loads(published_files.read("vocabulary/licenses.json")))


def _normal(text: str) -> str:
    """What matching ignores: case, white space, and a hyphen instead of it."""
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
    """Every SPDX identifier that a known spelling stands for."""
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
    """The SPDX identifier or expression that `text` means, or None.

    Known spellings come first ("Apache 2.0", "GPL-3.0"); a text that already is a valid SPDX
    expression comes back in canonical case. A version is never guessed: "Apache" is None, as are
    "Public Domain" and "Unknown".
    """
    known = _spellings().get(_normal(text))
    if known or _normal(text) in _without_spdx():
        return known
    return _expression(text)


def is_known(text: str) -> bool:
    """Whether `text` says under which terms: an identifier, or words that have none."""
    return spdx_of(text) is not None or _normal(text) in _without_spdx()


def is_expression(text: str) -> bool:
    """Whether `text` is a valid SPDX expression; case does not matter."""
    return text in _identifiers() or _expression(text) is not None


def misspelt(text: str) -> str | None:
    """The SPDX identifier of the one licence that a text unknown to `spdx_of` may mean, or None.

    It is the same but for spaces ("CCBY 4.0", "O-UDA 1.0") or for a slip of the pen ("Apahce 2.0").
    The numbers must be right, and no second licence may be as close. Takes about a millisecond.
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
    meant = {_spellings()[spelling] for spelling in close}
    return meant.pop() if len(meant) == 1 else None


def _expression(text: str) -> str | None:
    """A valid SPDX expression in canonical case, or None."""
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
    """What an SPDX identifier or expression allows; `unspecified` where nothing is known of it.

    An expression has the strictest class of the licences it names: `OR` is read as cautiously as
    `AND`, for a converter may have taken from either.
    """
    if spdx is None:
        return "unspecified"
    words = spdx.replace("(", " ").replace(")", " ").split()
    # What follows WITH is an exception, which only ever allows more.
    names = [
        word.casefold().removesuffix("+")
        for before, word in zip(["", *words], words, strict=False)
        if word.upper() not in {"AND", "OR", "WITH"} and before.upper() != "WITH"
    ]
    return strictest(_classes().get(name, "unspecified") for name in names)


def class_of(text: str) -> LicenseClass:
    """What the licence that `text` names allows, also where it has no SPDX identifier.

    "Public Domain" is `commercial` and "MSR-LA" `academic-only`, though both lack an identifier.
    """
    return _without_spdx().get(_normal(text)) or license_class(spdx_of(text))


def strictest(classes: Iterable[LicenseClass]) -> LicenseClass:
    """The strictest of several classes, for data under several licences; `unspecified` for none."""
    return max(classes, key=CLASSES.index, default="unspecified")
