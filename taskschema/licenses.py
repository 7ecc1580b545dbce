"""From the words a task has for its licence to an SPDX identifier, and to what the licence allows.

The four classes and their order are those of the Data Provenance Initiative, whose licence triples
(use, attribution, share-alike) are also the source of most entries, taken as facts; the rest follow
the licence's own terms. The table is `schemas/vocabulary/licenses.json`. No legal advice.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal, TypeAlias, cast

import orjson

from taskschema import schema_files

__all__ = ["CLASSES", "LicenseClass", "class_of", "license_class", "spdx_of", "strictest"]

LicenseClass: TypeAlias = Literal["commercial", "unspecified", "non-commercial", "academic-only"]

CLASSES: tuple[LicenseClass, ...] = ("commercial", "unspecified", "non-commercial", "academic-only")
"""From mild to strict: who admits one class admits all before it."""

# Longer texts are notices, not expressions; what parses expressions need not see them.
_LONGEST_EXPRESSION = 300


@cache
def _document() -> dict[str, Any]:
    return cast("dict[str, Any]", orjson.loads(schema_files.read("vocabulary/licenses.json")))


def _normal(text: str) -> str:
    """What matching ignores: case, white space, and a hyphen instead of it."""
    return " ".join(text.replace("-", " ").casefold().split())


@cache
def _spellings() -> Mapping[str, str]:
    """Normal form of a known spelling -> SPDX identifier."""
    return {_normal(text): spdx for text, spdx in _document()["spdx"].items()}


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
    if known or len(text) > _LONGEST_EXPRESSION or _normal(text) in _without_spdx():
        return known
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
