"""The published schemas: detects the version of a document, validates it, and lists breaches.

A compiled jsonschema-rs validator accepts or rejects a document. Only rejected documents are
validated again by jsonschema, which reports every breach.
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
# Unknown keys of one object that get suggestions; each takes a millisecond.
MAX_SUGGESTED = 100
# The integers of version 3. Validators accept 1.0 as an integer; readers of typed columns do not.
INTEGERS = (("schema_version",), ("revision",), ("provenance", "seed"))


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where a document does not match its schema."""

    pointer: str
    keyword: str
    """The violated keyword of JSON Schema; `not` for a key that the answer kind does not have,
    `foreign` for a key that an open schema does not define."""
    value: Any
    """The value at the pointer."""
    wanted: Any
    """The keyword's value in the schema, such as the allowed type."""
    key: str
    """The key that is missing, unknown or misnamed; empty for other breaches."""
    known: tuple[str, ...]
    """The keys that the schema defines at the pointer."""
    items: str = ""
    """The type of the items if a list is expected and its items have a single type."""


@cache
def load(version: int) -> dict[str, Any]:
    """Return the published schema of a version; do not modify it.

    Raises:
        FileNotFoundError: there is no such version.
    """
    schema: dict[str, Any] = orjson.loads(published_files.read(f"task.v{version}.schema.json"))
    return schema


def version_of(document: dict[str, Any]) -> int | None:
    """Return the declared version of a document, or the version of its keys; None if unknown.

    Versions 1 and 2 have no version number. A document with all of their required keys is one of
    them, even if it has the foreign key `schema_version`. Otherwise `schema_version` decides, which
    may be a version outside `VERSIONS`. Without it, the Title Case keys decide.
    """
    ones, twos = len(ONLY_IN_1 & document.keys()), len(ONLY_IN_2 & document.keys())
    titled = 1 if ones > twos else 2
    if any(document.keys() >= keys for keys in REQUIRED):
        return titled
    if type(declared := document.get("schema_version")) is int:
        # A document with the keys of the newest version only has a wrong number.
        is_newest = not (ones or twos) and document.keys() >= OF_NEWEST
        return NEWEST if is_newest and 0 < declared < NEWEST else declared
    if ones or twos or IN_BOTH & document.keys():
        return titled
    return NEWEST if {"schema_version", "definition", "instances"} & document.keys() else None


def fits(document: dict[str, Any], version: int) -> bool:
    """Return whether a document of strict JSON matches the schema of a version."""
    is_valid: bool = _compiled(version).is_valid(document)
    return is_valid and (version != NEWEST or not any(_fractions(document)))


def breaches(document: dict[str, Any], version: int) -> list[Breach]:
    """Return all breaches, sorted by pointer; none if and only if `fits` is true."""
    found: dict[tuple[str, str, str], Breach] = {}
    conditional = set()
    for error in _explaining(version).iter_errors(document):
        depends_on_kind = next(iter(error.absolute_schema_path), "") == "allOf"
        for breach in _breaches(error):
            # Report each missing key once, and otherwise each keyword at a place once. A condition
            # on the answer kind is more specific than the general schema, so it takes precedence.
            key = (breach.pointer, breach.keyword, breach.key)
            if depends_on_kind and key not in found:
                conditional.add(key)
            if depends_on_kind or key not in found:
                found[key] = breach
    # Conditions on the answer kind mean nothing if the answer format itself is wrong.
    if any(map(_concerns_answer_format, found.values())):
        for key in conditional:
            del found[key]
    return sorted(found.values(), key=lambda breach: (breach.pointer, breach.keyword))


def _concerns_answer_format(breach: Breach) -> bool:
    """Return whether a breach is in the answer format, or is a misspelled `answer_format`."""
    misspelt = breach.keyword == "additionalProperties" and breach.pointer.count("/") == 1
    return breach.pointer.startswith(f"/{ANSWER_FORMAT}") or (
        misspelt and near_misses(breach.key, breach.known)[:1] == [ANSWER_FORMAT]
    )


def foreign_keys(document: dict[str, Any], version: int) -> Iterator[Breach]:
    """Yield the keys of the document and its rows that an open schema does not define.

    Args:
        document: a valid document.
        version: its version; none are yielded for the newest version, whose schema is closed.
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
            continue  # thousands of rows with only the required keys
        for index, row in enumerate(group):
            if isinstance(row, dict):  # examples of version 1 may be the string `-`
                yield from _foreign(row, schema, f"{above[name]}/{index}")


def _foreign(mapping: dict[str, Any], schema: dict[str, Any], pointer: str) -> Iterator[Breach]:
    known = tuple(schema["properties"])
    unknown = [key for key in mapping if key not in schema["properties"]]
    for index, key in enumerate(unknown):
        candidates = known if index < MAX_SUGGESTED else ()
        yield Breach(pointer + escape(key), "foreign", mapping[key], known, key, candidates)


@cache
def _compiled(version: int) -> Any:
    import jsonschema_rs  # noqa: PLC0415 - commands that validate no document start without it

    return jsonschema_rs.validator_for(load(version))


@cache
def _explaining(version: int) -> Any:
    """Return a jsonschema validator that treats patterns and integers as jsonschema-rs does."""
    from jsonschema import Draft202012Validator, ValidationError, validators  # noqa: PLC0415

    def pattern(
        _validator: Any, wanted: str, value: Any, _schema: Any
    ) -> Iterator[ValidationError]:
        # In Python's `re`, `$` also matches before a final line break.
        if isinstance(value, str) and not re.search(wanted.replace("$", r"\Z"), value):
            yield ValidationError("does not match")

    checker = Draft202012Validator.TYPE_CHECKER.redefine(
        "integer", lambda _checker, value: type(value) is int
    )
    extend: Any = validators.extend  # untyped in its stubs
    explaining = extend(Draft202012Validator, {"pattern": pattern}, type_checker=checker)
    return explaining(load(version))


def _breaches(error: Any) -> Iterator[Breach]:
    """Yield one breach for each missing or unknown key, else a single one."""
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
            candidates = known if index < MAX_SUGGESTED else ()
            yield Breach(pointer + escape(key), keyword, value[key], wanted, key, candidates)
    elif "propertyNames" in error.absolute_schema_path:
        yield Breach(pointer + escape(value), keyword, value, wanted, value, known)
    else:
        items = schema.get("items", {}).get("type", "")
        yield Breach(pointer, keyword, value, wanted, "", known, items)


def _fractions(document: dict[str, Any]) -> Iterator[bool]:
    """Yield for each integer of version 3 whether it is present but not written as an integer."""
    for path in INTEGERS:
        value: Any = document
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        yield value is not None and type(value) is not int
