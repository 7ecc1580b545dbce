"""YAML that is not trusted is read, or told to be wrong, and never raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.costs import cheaper_than

from taskschema.core.syntax.yaml import load

BOMB = "a0: &a0 [x, x]\n" + "".join(
    f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)
)
WIDE = "a: &a [" + "x," * 9_000 + "]\nb: [" + "*a," * 9_000 + "]\n"
MERGES = "a: &a {" + ",".join(f"k{n}: 1" for n in range(9_000)) + "}\nb: {<<: [" + "*a," * 9_000
LONG = "a: &a " + "x" * 90_000 + "\nb: [" + "*a," * 9_000 + "]\n"

VALUES = {
    "a: 1\nb: 0x1F\nc: 1.5\nd: yes\ne: ~\nf:\n": {
        "a": 1,
        "b": 31,
        "c": 1.5,
        "d": True,
        "e": None,
        "f": None,
    },
    "day: 2026-01-31\nat: 2026-01-31 10:00:00Z\n": {
        "day": "2026-01-31",
        "at": "2026-01-31 10:00:00Z",
    },
    "1: a\ntrue: b\n~: c\n": {"1": "a", "true": "b", "~": "c"},
    "[&a {k: v}, *a]": [{"k": "v"}, {"k": "v"}],
    "a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\n": {"a": {"x": 1, "y": 2}, "b": {"x": 1, "y": 3}},
    "- !!str 1\n- ! 2\n- '3'\n- !!int '4'\n": ["1", 2, "3", 4],
    "\ufeffa: b": {"a": "b"},
    '"\\ud83d\\ude00"': "\N{GRINNING FACE}",
    "=": "=",
    "": None,
    "# nothing\n": None,
}
FAULTS = {
    b"a: \xff": (1, 4, "UTF-8"),
    b"a: b\nc: \x00": (2, 4, "U+0000"),
    b"a:\n\tb: c": (2, 1, "cannot start any token. Indent with spaces"),
    b"a: b: c": (1, 5, "not allowed here. Quote"),
    b"a: 'b": (1, 6, "Close the text"),
    b"a: 1\na: 2": (2, 1, "the key `a` is there twice"),
    b"a: !x 1": (1, 4, "`!x`"),
    b"a: !!python/object/apply:os.system [ls]": (1, 4, "`!!python/object/apply:os.system`"),
    b"a: !!binary eA==": (1, 4, "`!!binary`"),
    b"a: !!int x": (1, 4, "is no number"),
    b"a: !!bool maybe": (1, 4, "is no truth value"),
    b"a: .inf": (1, 4, "64 bits"),
    b"a: 99999999999999999999": (1, 4, "64 bits"),
    b"a: 0." + b"0" * 200 + b"1": (1, 4, "is no number"),
    b"a: *b": (1, 4, "`*b` refers to nothing"),
    b"&a [*a]": (1, 5, "part of"),
    b"a: 1\n--- \nb: 1": (2, 1, "second document"),
    b"? [a]\n: b": (1, 3, "is no key"),
    b"{<<: 1}": (1, 6, "has no keys"),
    b'"\\ud800"': (1, 1, "surrogate"),
    b'"\\UFFFFFFFF"': (1, 1, "no YAML"),
    b"[" * 100_000: (1, 65, "deeper"),
    b"- " * 100: (1, 129, "deeper"),
    b"x" * 6_000_000: (1, 1, "5,000,000 bytes"),
    BOMB.encode(): (13, 18, "repeat too much"),
    WIDE.encode(): (2, 320, "repeat too much"),
    LONG.encode(): (2, 671, "repeat too much"),
    (MERGES + "]}").encode(): (2, 154, "repeat too much"),
}


@pytest.mark.parametrize("text", VALUES)
def test_values_are_plain(text: str) -> None:
    value, faults, _ = load(text.encode())
    assert (value, faults) == (VALUES[text], [])


@pytest.mark.parametrize("raw", FAULTS, ids=lambda raw: raw[:40])
def test_a_fault_has_its_place(raw: bytes) -> None:
    line, column, words = FAULTS[raw]
    with cheaper_than(yardsticks=1_000):
        fault = load(raw).faults[0]
    assert words in fault.message
    assert (fault.line, fault.column) == (line, column)


def test_what_is_at_fault_stands_as_null_and_the_rest_is_read() -> None:
    value, faults, place_of = load(b"a:\n- !x 1\n- 2\nb: {c: .nan, d: 1}\n")
    assert value == {"a": [None, 2], "b": {"c": None, "d": 1}}
    assert [fault.pointer for fault in faults] == ["/a/0", "/b/c"]
    assert place_of("/a/1") == (3, 3)
    assert place_of("/b/d") == (4, 14)
    assert place_of("/b/e/f") == (4, 1)
    assert place_of("") == (1, 1)


def test_only_the_tags_that_are_asked_for_make_something() -> None:
    tags = {"!function": lambda held: ("function", held), "!T": lambda held: ("T", held)}
    value, faults, _ = load(b"a: !function b.c\nd: !T {e: 1}\n", tags)
    assert value == {"a": ("function", "b.c"), "d": ("T", {"e": 1})}
    assert faults == []


PIECES = st.sampled_from([*"{}[]:,-?&*!|>'\"%@`#\n\t ~=<", "a", "\\", "1", "&a", "*a", "!!", "- "])


@given(st.lists(PIECES, max_size=40))
def test_no_text_raises(pieces: list[str]) -> None:
    load("".join(pieces).encode())


@given(st.binary(max_size=60))
def test_no_bytes_raise(raw: bytes) -> None:
    load(raw)
