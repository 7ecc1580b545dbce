"""Edits change their places in the text and nothing else."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskschema.core.findings import Edit
from taskschema.core.syntax.json_edits import Claims, apply_edits, edit_text
from taskschema.core.syntax.json_pointers import escape

TEXT = '{\n "a": [\n  1,\n  2\n ],\n "b": {"c": 1, "d": "x"},\n "": [ ]\n}'


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([Edit("replace", "/b/d", "y")], TEXT.replace('"x"', '"y"')),
        ([Edit("remove", "/a/0")], TEXT.replace("1,\n  2", "2")),
        ([Edit("remove", "/a/1")], TEXT.replace(",\n  2", "")),
        ([Edit("remove", "/b/c")], TEXT.replace('"c": 1, ', "")),
        ([Edit("remove", "/a/0"), Edit("remove", "/a/1")], TEXT.replace("\n  1,\n  2\n ", "")),
        ([Edit("add", "/a/-", 3)], TEXT.replace("2\n", "2,\n  3\n")),
        ([Edit("add", "/b/e", [1])], TEXT.replace('"x"', '"x", "e": [1]')),
        ([Edit("add", "//-", 3)], TEXT.replace("[ ]", "[3]")),
        ([Edit("replace", "/a", ["p", "q"])], TEXT.replace("1,\n  2", '"p",\n  "q"')),
        (
            [Edit("remove", "/a/0"), Edit("remove", "/a/1"), Edit("add", "/a/-", 9)],
            TEXT.replace("1,\n  2", "9"),
        ),
    ],
)
def test_edits_change_only_their_places(edits: list[Edit], expected: str) -> None:
    assert edit_text(TEXT, edits) == expected
    assert json.loads(expected) == apply_edits(json.loads(TEXT), edits)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ('[\n "p", "q"]', '[\n "x",\n "y"]'),
        ('["p",\n "q"\n]', '["x", "y"]'),
        ('[\n\n "p"\t]', '[\n\n "x",\n\n "y"\t]'),
        ('[\r\n "p"\r\n]', '[\r\n "x",\r\n "y"\r\n]'),
    ],
)
def test_a_list_in_any_layout_is_replaced_by_a_list(before: str, expected: str) -> None:
    text = f'{{"a": {before}}}'
    after = edit_text(text, [Edit("replace", "/a", ["x", "y"])])
    assert after == f'{{"a": {expected}}}'


scalars = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=4)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)
documents = st.dictionaries(st.text(max_size=3), values, min_size=1)


def pointers(value: Any, above: str = "") -> list[str]:
    """Yield every pointer into a value, except the pointer of the value itself."""
    pairs: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    return [
        pointer
        for key, inner in pairs
        for pointer in (above + escape(key), *pointers(inner, above + escape(key)))
    ]


@given(st.data(), documents, st.sampled_from([None, 1, 4]))
def test_edited_text_parses_to_the_edited_document(
    data: st.DataObject, document: dict[str, Any], indent: int | None
) -> None:
    claims, chosen = Claims(), []
    for _ in range(data.draw(st.integers(1, 4))):
        pointer = data.draw(st.sampled_from(pointers(document)))
        action = data.draw(st.sampled_from(["replace", "remove", "add"]))
        if action == "add":
            held = pointer.rpartition("/")[0]
            pointer = f"{held}/-" if isinstance(_at(document, held), list) else f"{held}/new key"
        value = None if action == "remove" else data.draw(values)
        edit = Edit(action, pointer, value)
        if claims.take([edit]):
            chosen.append(edit)
    for ascii_only in (True, False):
        text = json.dumps(document, indent=indent, ensure_ascii=ascii_only)
        assert json.loads(edit_text(text, chosen)) == apply_edits(document, chosen)


def _at(value: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        token = part.replace("~1", "/").replace("~0", "~")
        value = value[int(token)] if isinstance(value, list) else value[token]
    return value


def test_an_escaped_text_stays_escaped() -> None:
    edits = [Edit("replace", "/a", "ü")]
    assert edit_text(r'{"a": "\u00e9 "}', edits) == r'{"a": "\u00fc"}'
    assert edit_text('{"a": "é "}', edits) == '{"a": "ü"}'


def test_conflicting_edits_are_rejected() -> None:
    claims = Claims()
    assert claims.take([Edit("replace", "/a/0", 1)])
    assert not claims.take([Edit("remove", "/a")])
    assert not claims.take([Edit("replace", "/a/0/b", 1)])
    assert not claims.take([Edit("replace", "/a/0", 1)])
    assert claims.has([Edit("replace", "/a/0", 1)])
    assert claims.take([Edit("add", "/c/-", 1)])
    assert claims.take([Edit("add", "/c/-", 2)])
