"""The published schemas: which version a document is in, whether it fits, and where it does not.

A compiled jsonschema-rs validator gives the verdict. Only a document that failed is read again by
jsonschema, which names every breach.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson

from taskschema.core.syntax.json_pointers import escape
from taskschema.core.text.near_misses import near_misses
from taskschema.schema import published_files
from taskschema.schema.plain_rows import is_plain

__all__ = [
    "NEWEST",
    "VERSIONS",
    "Breach",
    "breaches",
    "fits",
    "foreign_keys",
    "load",
    "version_of",
]

VERSIONS = (1, 2, 3)
NEWEST = 3

# Keys that only one of the two versions without a version number has.
ONLY_IN_1 = frozenset({"Title", "Prompt", "Things to Avoid", "Emphasis & Caution", "Examples"})
ONLY_IN_2 = frozenset(
    {
        *("Contributors", "Source", "URL", "Categories", "Reasoning", "Domains"),
        *("Input_language", "Output_language", "Instruction_language", "Instance License"),
        *("Positive Examples", "Negative Examples"),
    }
)
OF_NEWEST = frozenset({"name", "definition", "instances"})
IN_BOTH = frozenset({"Definition", "Instances"})
REQUIRED = (IN_BOTH | {"Examples"}, IN_BOTH | {"Positive Examples", "Negative Examples"})
ANSWER_FORMAT = "answer_format"
# Of how many unknown keys of one object to tell what may have been meant; each takes a millisecond.
MAX_SUGGESTED = 100
# Where version 3 has integers. A validator takes 1.0 for one; a reader of typed columns does not.
INTEGERS = (("schema_version",), ("revision",), ("provenance", "seed"))


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where a document does not fit its schema."""

    pointer: str
    keyword: str
    """The JSON Schema keyword that refused; `not` stands at a key that some answer kinds lack, and
    `foreign` at one that an open schema does not know."""
    value: Any
    """What stands at the pointer."""
    wanted: Any
    """The keyword's value in the schema, such as the allowed type."""
    key: str
    """The key that is missing, unknown or misnamed; empty for other breaches."""
    known: tuple[str, ...]
    """The keys that the schema knows at the pointer."""
    items: str = ""
    """Where a list is wanted, the type of its items, if it is a single one."""


@cache
def load(version: int) -> dict[str, Any]:
    """The published schema of a version; do not change it.

    Raises:
        FileNotFoundError: no such version is published.
    """
    schema: dict[str, Any] = orjson.loads(published_files.read(f"task.v{version}.schema.json"))
    return schema


def version_of(document: dict[str, Any]) -> int | None:
    """The version a document says it is in, or by its keys must be in; None if nothing tells.

    Versions 1 and 2 carry no number. A document that has all their required keys is one of them,
    and a `schema_version` beside those a foreign key of its own; otherwise the number counts, which
    may be one that is not in `VERSIONS`; without a number the Title Case keys do.
    """
    ones, twos = len(ONLY_IN_1 & document.keys()), len(ONLY_IN_2 & document.keys())
    titled = 1 if ones > twos else 2
    if any(document.keys() >= keys for keys in REQUIRED):
        return titled
    if type(declared := document.get("schema_version")) is int:
        # Whoever writes the keys of the newest version has only mistaken its number.
        is_newest = not (ones or twos) and document.keys() >= OF_NEWEST
        return NEWEST if is_newest and 0 < declared < NEWEST else declared
    if ones or twos or IN_BOTH & document.keys():
        return titled
    return NEWEST if {"schema_version", "definition", "instances"} & document.keys() else None


def fits(document: dict[str, Any], version: int) -> bool:
    """Whether a document of strict JSON fits the schema of a version."""
    verdict: bool = _compiled(version).is_valid(document)
    return verdict and (version != NEWEST or not any(_fractions(document)))


def breaches(document: dict[str, Any], version: int) -> list[Breach]:
    """Every breach, in the order of the document's pointers; empty exactly where `fits` is true."""
    found: dict[tuple[str, str, str], Breach] = {}
    conditional = set()
    for error in _explaining(version).iter_errors(document):
        depends_on_kind = next(iter(error.absolute_schema_path), "") == "allOf"
        for breach in _breaches(error):
            # One message for each key that is missing, else one for each keyword at a place; what
            # the answer kind asks for is narrower than what all kinds have in common.
            key = (breach.pointer, breach.keyword, breach.key)
            if depends_on_kind and key not in found:
                conditional.add(key)
            if depends_on_kind or key not in found:
                found[key] = breach
    # What follows from the answer kind says nothing where the answer format itself is at fault.
    if any(map(_concerns_answer_format, found.values())):
        for key in conditional:
            del found[key]
    return sorted(found.values(), key=lambda breach: (breach.pointer, breach.keyword))


def _concerns_answer_format(breach: Breach) -> bool:
    """Whether a breach is in the answer format, or a key that was likely meant to be it."""
    misspelt = breach.keyword == "additionalProperties" and breach.pointer.count("/") == 1
    return breach.pointer.startswith(f"/{ANSWER_FORMAT}") or (
        misspelt and near_misses(breach.key, breach.known)[:1] == [ANSWER_FORMAT]
    )


def foreign_keys(document: dict[str, Any], version: int) -> Iterator[Breach]:
    """The keys that an open schema does not know, of the document and its rows.

    Args:
        document: fits its schema.
        version: its version; the newest schema is closed and has none.
    """
    if version == NEWEST:
        return
    yield from _foreign(document, load(version), "")
    examples = document["Examples"] if version == 1 else document
    if version == 1:
        yield from _foreign(examples, load(version)["properties"]["Examples"], "/Examples")
    rows = {"Instance": document["Instances"]}
    above = {"Instance": "/Instances"}
    for key in ("Positive Examples", "Negative Examples"):
        rows[f"Demonstration {key}"] = examples[key]
        above[f"Demonstration {key}"] = ("/Examples" if version == 1 else "") + escape(key)
    for name, group in rows.items():
        schema = load(version)["$defs"][name.partition(" ")[0]]
        if name == "Instance" and version > 1 and is_plain(group):
            continue  # thousands of rows with nothing but what they must have
        for index, row in enumerate(group):
            if isinstance(row, dict):  # version 1 has the string `-` among the examples
                yield from _foreign(row, schema, f"{above[name]}/{index}")


def _foreign(mapping: dict[str, Any], schema: dict[str, Any], pointer: str) -> Iterator[Breach]:
    known = tuple(schema["properties"])
    unknown = [key for key in mapping if key not in schema["properties"]]
    for index, key in enumerate(unknown):
        meant = known if index < MAX_SUGGESTED else ()
        yield Breach(pointer + escape(key), "foreign", mapping[key], known, key, meant)


@cache
def _compiled(version: int) -> Any:
    import jsonschema_rs  # noqa: PLC0415 - commands that judge no document start without it

    return jsonschema_rs.validator_for(load(version))


@cache
def _explaining(version: int) -> Any:
    """A jsonschema validator that reads patterns and integers as jsonschema-rs and pydantic do."""
    from jsonschema import Draft202012Validator, ValidationError, validators  # noqa: PLC0415

    def pattern(
        _validator: Any, wanted: str, value: Any, _schema: Any
    ) -> Iterator[ValidationError]:
        # `$` of Python's `re` also matches before a final line break.
        if isinstance(value, str) and not re.search(wanted.replace("$", r"\Z"), value):
            yield ValidationError("does not match")

    checker = Draft202012Validator.TYPE_CHECKER.redefine(
        "integer", lambda _checker, value: type(value) is int
    )
    extend: Any = validators.extend  # untyped in its stubs
    explaining = extend(Draft202012Validator, {"pattern": pattern}, type_checker=checker)
    return explaining(load(version))


def _breaches(error: Any) -> Iterator[Breach]:
    """One breach for each key that is missing or unknown, else one."""
    schema = error.schema if isinstance(error.schema, dict) else {}
    known = tuple(schema.get("properties", ()))
    pointer = "".join(map(escape, error.absolute_path))
    keyword, wanted, value = error.validator, error.validator_value, error.instance
    if keyword == "required":
        for key in wanted:
            if key not in value:
                yield Breach(pointer, keyword, value, wanted, key, known)
    elif keyword == "additionalProperties":
        unknown = [key for key in value if key not in known]
        for index, key in enumerate(unknown):
            meant = known if index < MAX_SUGGESTED else ()
            yield Breach(pointer + escape(key), keyword, value[key], wanted, key, meant)
    elif "propertyNames" in error.absolute_schema_path:
        yield Breach(pointer + escape(value), keyword, value, wanted, value, known)
    else:
        items = schema.get("items", {}).get("type", "")
        yield Breach(pointer, keyword, value, wanted, "", known, items)


def _fractions(document: dict[str, Any]) -> Iterator[bool]:
    """For each integer of version 3: whether it is written as anything but an integer."""
    for path in INTEGERS:
        value: Any = document
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        yield value is not None and type(value) is not int
