"""Three validators agree: jsonschema-rs, jsonschema and the pydantic models."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError
from support.checkout import DATA, ROOT
from support.strategies import (
    KINDS,
    at,
    edits,
    mutants,
    places,
    replaced,
    v1_documents,
    v2_documents,
    v3_documents,
    words_of,
)

from taskschema import Task
from taskschema.core.syntax.json_pointers import escape
from taskschema.rules.registry import rules_of
from taskschema.rules.rule import SchemaRule
from taskschema.schema import versions
from taskschema.schema.model import json_schema

VALID = DATA / "valid"
FIXTURES = sorted((VALID / "v3").glob("*.json"))
MADE: dict[int, Callable[[], st.SearchStrategy[dict[str, Any]]]] = {
    1: v1_documents,
    2: v2_documents,
    3: v3_documents,
}
MUTANTS_EACH = 8
STEADY = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_bytes().decode())
    return document


def model_accepts(document: dict[str, Any]) -> bool:
    try:
        Task.model_validate_json(json.dumps(document, ensure_ascii=False).encode())
    except ValidationError:
        return False
    return True


def require_agreement(document: dict[str, Any], version: int) -> bool:
    is_valid = versions.fits(document, version)
    breaches = versions.breaches(document, version)
    assert is_valid is not bool(breaches), (breaches, document)
    if version == versions.NEWEST:
        assert is_valid is model_accepts(document), (breaches, document)
    for breach in breaches:
        assert breach.pointer == "" or breach.pointer.startswith("/")
    return is_valid


@settings(STEADY, max_examples=200)
@given(document=v3_documents())
def test_all_validators_accept_valid_documents(document: dict[str, Any]) -> None:
    assert require_agreement(document, versions.NEWEST)


@settings(STEADY, max_examples=400)
@given(st.data())
def test_all_validators_agree_on_mutants(data: st.DataObject) -> None:
    document = data.draw(v3_documents())
    mutant = mutants(document, versions.load(versions.NEWEST))
    for edited in data.draw(st.lists(mutant, min_size=MUTANTS_EACH, max_size=MUTANTS_EACH)):
        require_agreement(edited, versions.NEWEST)


@settings(STEADY, max_examples=120)
@given(st.data())
@pytest.mark.parametrize("version", [1, 2])
def test_both_validators_agree_on_mutants_of_older_versions(
    version: int, data: st.DataObject
) -> None:
    document = data.draw(MADE[version]())
    assert require_agreement(document, version)
    mutant = mutants(document, versions.load(version))
    for edited in data.draw(st.lists(mutant, min_size=MUTANTS_EACH, max_size=MUTANTS_EACH)):
        require_agreement(edited, version)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_the_fast_validators_agree_on_every_edit_of_a_fixture(path: Path) -> None:
    document = read(path)
    words = words_of(versions.load(versions.NEWEST))
    results = Counter[bool]()
    for place in places(document):
        for edit in edits(at(document, place), words, is_root=not place):
            mutant = replaced(document, place, edit)
            is_valid = versions.fits(mutant, versions.NEWEST)
            assert is_valid is model_accepts(mutant), (place, edit)
            results[is_valid] += 1
    assert results[True] > 100
    assert results[False] > 1000


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("other", KINDS)
def test_all_validators_agree_on_an_answer_of_another_kind(kind: str, other: str) -> None:
    document = read(VALID / "v3" / f"{kind}.json")
    borrowed = read(VALID / "v3" / f"{other}.json")
    mixed = document | {"answer_format": borrowed.get("answer_format", {"kind": "text"})}
    same = kind == other or {kind, other} <= {"text", "label"}
    assert require_agreement(mixed, versions.NEWEST) is same


# The published file


def test_the_published_schema_equals_the_models() -> None:
    written = json.dumps(json_schema.schema(), indent=2, ensure_ascii=False) + "\n"
    path = ROOT / "schemas" / "task.v3.schema.json"
    assert path.read_bytes() == written.encode()


@pytest.mark.parametrize("version", versions.VERSIONS)
def test_a_published_schema_is_valid(version: int) -> None:
    Draft202012Validator.check_schema(versions.load(version))


def fields(node: Any, pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield pointer and schema of every key and definition, but not of conditions."""
    for key, part in node.get("$defs", {}).items():
        yield f"{pointer}/$defs/{key}", part
        yield from fields(part, f"{pointer}/$defs/{key}")
    for key, part in node.get("properties", {}).items():
        yield f"{pointer}/properties/{key}", part
        yield from fields(part, f"{pointer}/properties/{key}")
    for key in ("items", "additionalProperties"):
        if isinstance(node.get(key), dict):
            yield from fields(node[key], f"{pointer}/{key}")


FIELDS = [
    pytest.param(version, part, id=f"v{version}{pointer}")
    for version in versions.VERSIONS
    for pointer, part in fields(versions.load(version))
]
KEYS = [param for param in FIELDS if "/properties/" in str(param.id)]


@pytest.mark.parametrize(("version", "part"), FIELDS)
def test_every_field_has_a_description(version: int, part: dict[str, Any]) -> None:
    assert version in versions.VERSIONS
    assert re.search(r"\w.*[.;]", part["description"], re.DOTALL)


@pytest.mark.parametrize(("version", "part"), KEYS)
def test_every_field_has_valid_examples(version: int, part: dict[str, Any]) -> None:
    whole = {**part, "$defs": versions.load(version)["$defs"]}
    assert part["examples"]
    for example in part["examples"]:
        Draft202012Validator(whole).validate(example)


ANNOTATIONS = frozenset({"$schema", "$id", "$ref", "$defs", "title", "description", "examples"})
CONDITIONS = ("if", "then", "else", "not")  # `not` stands only where it refuses nothing by itself
APPLICATORS = frozenset(
    {"properties", "propertyNames", "items", "prefixItems", "allOf", *CONDITIONS}
)


def keywords(node: Any) -> Iterator[str]:
    """Yield every keyword of a schema, and `false` for a schema that rejects everything."""
    if node is False:
        yield "false"
    elif isinstance(node, dict) and node:
        yield from node
        for key in ("properties", "$defs"):
            for part in node.get(key, {}).values():
                yield from keywords(part)
        for key in ("items", "propertyNames", "additionalProperties", *CONDITIONS):
            yield from keywords(node[key] if isinstance(node.get(key), dict) else {})
        for part in node.get("allOf", ()):
            yield from keywords(part)


def test_every_keyword_belongs_to_exactly_one_rule() -> None:
    used = {word for version in versions.VERSIONS for word in keywords(versions.load(version))}
    judging = used - ANNOTATIONS - APPLICATORS
    claims = Counter(word for rule in rules_of(SchemaRule) for word in rule.keywords)
    assert {word: claims[word] for word in judging} == dict.fromkeys(judging, 1)
    assert set(claims.values()) == {1}


@settings(STEADY, max_examples=100)
@given(st.data())
@pytest.mark.parametrize("version", versions.VERSIONS)
def test_every_breach_is_explained_and_its_place_exists(version: int, data: st.DataObject) -> None:
    document = data.draw(MADE[version]())
    mutant = data.draw(mutants(document, versions.load(version)))
    rules = {word: rule for rule in rules_of(SchemaRule) for word in rule.keywords}
    by_pointer = {"".join(map(escape, path)): at(mutant, path) for path in places(mutant)}
    for breach in versions.breaches(mutant, version):
        violation = rules[breach.keyword].explain(breach)
        assert breach.pointer in by_pointer
        assert violation.pointer in by_pointer
        assert violation.message
        if breach.keyword not in ("required", "foreign"):
            assert repr(by_pointer[breach.pointer]) == repr(breach.value)


# Coverage of the schema by the fixtures

Visit = tuple[str, tuple[str | int, ...], dict[str, Any]]


def visits(
    value: Any, node: dict[str, Any], place: str, path: tuple[str | int, ...]
) -> Iterator[Visit]:
    """Yield each value of a document with its part of the schema."""
    if reference := node.get("$ref"):
        node = versions.load(versions.NEWEST)["$defs"][reference.rpartition("/")[2]]
        place = reference
    yield place, path, node
    if isinstance(value, dict):
        others = node.get("additionalProperties")
        for key, part in value.items():
            if key in node.get("properties", {}):
                inner = node["properties"][key]
                yield from visits(part, inner, f"{place}/properties/{key}", (*path, key))
            elif isinstance(others, dict):
                yield from visits(part, others, f"{place}/additionalProperties", (*path, key))
    elif isinstance(value, list) and isinstance(node.get("items"), dict):
        for index, part in enumerate(value):
            yield from visits(part, node["items"], f"{place}/items", (*path, index))


def all_visits() -> Iterator[tuple[dict[str, Any], Visit]]:
    newest = versions.load(versions.NEWEST)
    for fixture in FIXTURES:
        document = read(fixture)
        for visit in visits(document, newest, "#", ()):
            yield document, visit
        kind = document.get("answer_format", {"kind": "text"})["kind"]
        answer = newest["$defs"].get(f"{kind.capitalize()}Answer")
        for rows in ("instances", "positive_demonstrations", "negative_demonstrations"):
            for index, row in enumerate(document.get(rows, ())):
                if "answer" in row:
                    place, path = f"#/$defs/{kind.capitalize()}Answer", (rows, index, "answer")
                    for visit in visits(row["answer"], answer, place, path):
                        yield document, visit


def parts(node: Any, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return every part of the schema that describes a value, by place."""
    yield place, node
    for key, part in node.get("$defs", {}).items():
        yield from parts(part, f"#/$defs/{key}")
    for key, part in node.get("properties", {}).items():
        yield from parts(part, f"{place}/properties/{key}")
    for key in ("items", "additionalProperties"):
        if isinstance(node.get(key), dict):
            yield from parts(node[key], f"{place}/{key}")


def test_the_fixtures_reach_every_part_of_the_schema() -> None:
    reached = {place for _, (place, _, _) in all_visits()}
    wanted = {
        place for place, part in parts(versions.load(versions.NEWEST), "#") if "$ref" not in part
    }
    assert wanted - reached == set()


def test_fixtures_omit_every_required_key() -> None:
    missed = set()
    for document, (place, path, node) in all_visits():
        for key in node.get("required", ()):
            holder = at(document, path)
            less = {other: value for other, value in holder.items() if other != key}
            assert not require_agreement(replaced(document, path, less), versions.NEWEST)
            missed.add((place, key))
    assert missed == {
        (place, key)
        for place, part in parts(versions.load(versions.NEWEST), "#")
        for key in part.get("required", ())
    }


def test_fixtures_use_every_enumerated_value_and_others_fail() -> None:
    accepted = set()
    wanted = set()
    for document, (place, path, node) in all_visits():
        for word in node.get("enum", ()):
            wanted.add((place, word))
            if versions.fits(replaced(document, path, word), versions.NEWEST):
                accepted.add((place, word))
        if "enum" in node:
            for word in ("", "Text", f"{at(document, path)} ", None, 1):
                assert not require_agreement(replaced(document, path, word), versions.NEWEST)
    assert accepted == wanted
    assert len(wanted) > 25


def test_fixtures_match_and_violate_every_pattern() -> None:
    for document, (_, path, node) in all_visits():
        if "pattern" in node:
            text = at(document, path)
            assert re.search(node["pattern"], text)
            for other in (f"{text}\n", f" {text}", f"{text}_", "\u0663", text.upper() + "Z", "é"):
                assert not require_agreement(replaced(document, path, other), versions.NEWEST)


def test_fixtures_meet_and_exceed_every_bound() -> None:
    met = set()
    for document, (place, path, node) in all_visits():
        tries: list[tuple[str, Any, Any]] = [
            ("minimum", node.get("minimum"), node.get("minimum", 0) - 1),
            ("maximum", node.get("maximum"), node.get("maximum", 0) + 1),
            ("maxLength", "x" * node.get("maxLength", 0), "x" * (node.get("maxLength", 0) + 1)),
            ("minItems", None, []),
            ("minProperties", None, {}),
        ]
        for keyword, good, bad in tries:
            if keyword in node:
                if good is not None:
                    assert require_agreement(replaced(document, path, good), versions.NEWEST)
                assert not require_agreement(replaced(document, path, bad), versions.NEWEST)
                met.add(keyword)
        if "minLength" in node:
            assert not require_agreement(replaced(document, path, ""), versions.NEWEST), place
            met.add("minLength")
    assert met == {"minimum", "maximum", "maxLength", "minItems", "minProperties", "minLength"}
