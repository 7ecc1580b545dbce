"""Strict JSON: both paths give the same result, and every error has its place."""

import json
import math
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.checkout import DATA
from support.strategies import v1_documents, v2_documents, v3_documents

from taskschema import check
from taskschema.collection import reading
from taskschema.core.findings import Severity
from taskschema.core.syntax import json_pointers, strict_json
from taskschema.core.text.printing import printable
from taskschema.schema import canonical, versions
from taskschema.schema.plain_rows import PlainRows

VALID = DATA / "valid"
REAL = sorted(VALID.glob("v*/*.json"))
MAX_DEPTH = 64
LONGEST_INTEGER = 20
UNJUDGED = settings(deadline=None, derandomize=True, database=None)
THOROUGH = settings(UNJUDGED, max_examples=400)


class RefusedError(Exception):
    """The oracle rejects the JSON."""


def oracle(raw: bytes) -> Any:
    """Parse strict JSON with the standard library alone; raise RefusedError if it is not strict."""

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) < len(pairs):
            raise RefusedError
        return dict(pairs)

    def integer(literal: str) -> int:
        if len(literal) > LONGEST_INTEGER or not -(2**63) <= int(literal) < 2**64:
            raise RefusedError
        return int(literal)

    def fraction(literal: str) -> float:
        number = float(literal)
        if not math.isfinite(number) or Decimal(literal) != Decimal(str(number)):
            raise RefusedError
        return number

    try:
        text = raw.decode("utf-8", "strict")
        document = json.loads(
            text,
            object_pairs_hook=members,
            parse_int=integer,
            parse_float=fraction,
            parse_constant=fraction,
        )
        json.dumps(document, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise RefusedError from error
    if depth(document) > MAX_DEPTH:
        raise RefusedError
    return document


def depth(document: Any) -> int:
    levels, level = 0, [document]
    while level := [part for part in level if isinstance(part, dict | list)]:
        levels += 1
        level = [
            item for part in level for item in (part.values() if isinstance(part, dict) else part)
        ]
    return levels


def same(one: Any, other: Any) -> bool:
    """Return whether two documents are equal, including types, order of keys and signs of zeros."""
    return repr(one) == repr(other)


def require_agreement(raw: bytes) -> None:
    """Assert that both paths agree with each other and with the oracle."""
    document, faults = strict_json.parse(raw)
    exact, exact_faults = strict_json.parse_exactly(raw)
    assert faults == exact_faults
    assert same(document, exact)
    try:
        wanted = oracle(raw)
    except RefusedError:
        assert faults
        assert document is None
    else:
        assert not faults
        assert same(document, wanted)


def as_dictionary(read: reading.Reading) -> Any:
    """Return the document with plain rows turned into dictionaries."""
    plain = {key: list(value) for key, value in (read.document or {}).items() if is_rows(value)}
    return read.document and {**read.document, **plain}


def is_rows(value: Any) -> bool:
    return isinstance(value, PlainRows)


def require_right_reading(path: Path, raw: bytes) -> None:
    """Assert that a file has findings if and only if the oracle or the schema rejects it."""
    path.write_bytes(raw)
    read = reading.read(path, path.parent)
    looked = reading.read(path, path.parent, only_look=True)
    assert (looked.version, looked.findings) == (read.version, read.findings)
    assert as_dictionary(looked) == read.document
    errors = [found for found in read.findings if found.severity is Severity.ERROR]
    try:
        wanted = oracle(raw)
    except RefusedError:
        fits = False
    else:
        version = versions.version_of(wanted) if isinstance(wanted, dict) else None
        fits = version in versions.VERSIONS and versions.fits(wanted, version)
    assert bool(errors) is not fits
    assert (read.document is not None) is fits
    lines = raw.count(b"\n") + 1
    assert all(1 <= found.line <= lines and found.column >= 1 for found in read.findings)
    if fits:
        assert same(read.document, wanted)
        codes = {found.code for found in read.findings}
        assert codes <= {"SCH006", "FIL012"}
        assert ("FIL012" in codes) is (raw != canonical.dumps(wanted, version))


NUMBERS = (
    *("0", "-0", "1", "1.0", "-1.5", "1E5", "1e-5", "1e400", "-1e400", "1e-400", "-0.0", "0e0"),
    *(str(2**63), str(-(2**63)), str(-(2**63) - 1), str(2**64 - 1), str(2**64), str(10**20)),
    *(
        str(2**53 + 1),
        "9" * 400,
        "-" + "9" * 5000,
        "0." + "1" * 400,
        "0.1",
        "1.7976931348623159e308",
    ),
    *("NaN", "Infinity", "-Infinity", "01", "1.", ".5", "+1", "0x1", "1_0", "\u0663", "-", "--1"),
)
STRINGS = (
    *('""', '"a"', '"a\\u0062"', '"\\u0000"', '"\\ud83d\\ude00"', '"\U0001f600"', '"\u2028"'),
    *('"\\ud83d"', '"\\ude00\\ud83d"', '"\\ud83d\\u0061"', '"\\\\ud83d"', '"\\/"', '"\x7f"'),
    *('"\\":"', '"\\" :"', '"\\",\\"a\\":"', '"', '"\\x"', '"\n"', '"\t"', '"\\uD8"', '"\ufeff"'),
)
SPACES = ("", "", "", " ", "\n", "\t", "\r\n", "  \n ")
BAD_SPACES = ("\x0b", "\xa0", "\u2028", "\ufeff", "//\n", "\x00")


def json_texts(*, only_good: bool = False) -> st.SearchStrategy[str]:
    """JSON texts in every style, most of them valid; with `only_good`, all except for numbers."""
    space = st.sampled_from(SPACES)
    if not only_good:
        space |= st.integers(0, 60).map(lambda n: BAD_SPACES[n] if n < len(BAD_SPACES) else "")
    good = st.sampled_from(("true", "false", "null", *NUMBERS[:7], *STRINGS[:7], *STRINGS[11:15]))
    bad = st.sampled_from((*NUMBERS, *STRINGS, "True", "nul", "'a'", "", ","))
    scalar = good if only_good else st.integers(0, 9).flatmap(lambda n: bad if n == 0 else good)
    key = st.sampled_from(('"a"', '"b"', '"\\u0061"', '"a/b~"', '"0"', '""', '"é"', '"\\":"'))
    unique_by = json.loads if only_good else None

    def lists(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        item = st.tuples(space, inner, space).map("".join)
        return st.lists(item, max_size=3).map(lambda items: f"[{','.join(items)}]")

    def objects(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        member = st.tuples(space, key, space, st.just(":"), space, inner, space)
        unique = (lambda parts: unique_by(parts[1])) if unique_by else None
        return st.lists(member, max_size=3, unique_by=unique).map(
            lambda members: "{" + ",".join(map("".join, members)) + "}"
        )

    value = st.recursive(scalar, lambda inner: lists(inner) | objects(inner), max_leaves=10)
    return st.tuples(space, value, space).map("".join)


@THOROUGH
@given(text=json_texts())
def test_both_paths_and_the_oracle_agree_on_json_texts(text: str) -> None:
    require_agreement(text.encode())


@UNJUDGED
@given(raw=st.binary(max_size=12))
def test_both_paths_and_the_oracle_agree_on_any_bytes(raw: bytes) -> None:
    require_agreement(raw)


@pytest.mark.parametrize("literal", NUMBERS, ids=lambda literal: literal[:24])
@pytest.mark.parametrize("around", ["%s", "[%s]", '{"a": %s}', '{"extras":{"a":[%s ]}}'])
def test_both_paths_and_the_oracle_agree_on_numbers(literal: str, around: str) -> None:
    require_agreement((around % literal).encode())


@pytest.mark.parametrize("literal", STRINGS)
@pytest.mark.parametrize("around", ["%s", "[%s]", '{"a":%s}', "{%s:1}", '{"a":1,%s:2}'])
def test_both_paths_and_the_oracle_agree_on_strings(literal: str, around: str) -> None:
    require_agreement((around % literal).encode())


@pytest.mark.parametrize("levels", [1, 62, 63, 64, 65, 66, 254, 255, 256, 900, 1023, 1025, 100_000])
@pytest.mark.parametrize(("left", "right"), [("[", "]"), ('{"a":', "}"), ('[{"a": ', "}]")])
@pytest.mark.parametrize("core", ["", "1", "[]", "{}", '"a"'])
def test_both_paths_and_the_oracle_agree_on_depth(
    levels: int, left: str, right: str, core: str
) -> None:
    require_agreement((left * levels + core + right * levels).encode())


@st.composite
def damaged(draw: st.DrawFn, raw: bytes) -> bytes:
    """Bytes with one small damage."""
    at = draw(st.integers(0, len(raw) - 1))
    accident = draw(st.sampled_from(("flip", "cut", "insert", "drop", "repeat", "wrap", "swap")))
    if accident == "flip":
        return raw[:at] + bytes([raw[at] ^ 1 << draw(st.integers(0, 7))]) + raw[at + 1 :]
    if accident == "cut":
        return raw[:at]
    if accident == "insert":
        junk = (b'"', b"\\", b"{", b"}", b",", b":", b" ", b"\n", b"\x00", b"\xff", b"\xef\xbb\xbf")
        more = (b'"a":1,', b"null", b"0", b"\xed\xa0\x80", b"\\ud800", b"1e999", b"\xc2\xa0")
        inserted: bytes = draw(st.sampled_from(junk + more))
        return raw[:at] + inserted + raw[at:]
    if accident == "drop":
        return raw[:at] + raw[at + draw(st.integers(1, 4)) :]
    if accident == "wrap":
        levels = draw(st.sampled_from((1, 54, 60, 64, 300, 2000)))
        values = [found.end() for found in re.finditer(rb'":\s*', raw)] or [0]
        start = draw(st.sampled_from(values))
        try:
            end: int = start + json.JSONDecoder().raw_decode(raw[start:].decode())[1]
        except ValueError:
            return raw
        return raw[:start] + b"[" * levels + raw[start:end] + b"]" * levels + raw[end:]
    members = list(re.finditer(rb'"[^"\\]+"\s*:\s*("[^"\\]*"|\[[^"\[\]{}]*\]|\d+)', raw))
    if not members:
        return raw
    member = draw(st.sampled_from(members))
    twice = member.group() + b"," + member.group()
    if accident == "swap":  # the second key with a space before its colon, as no count sees it
        key, _, value = member.group().partition(b":")
        twice = key + b":" + value + b"," + key + draw(st.sampled_from((b" :", b"\n:"))) + value
    return raw[: member.start()] + twice + raw[member.end() :]


MADE: dict[int, Callable[[], st.SearchStrategy[dict[str, Any]]]] = {
    1: v1_documents,
    2: v2_documents,
    3: v3_documents,
}


def written(document: dict[str, Any], version: int, form: int) -> bytes:
    """A document in canonical form, on one line, or escaped and over many lines."""
    if form == 0:
        return canonical.dumps(document, version)
    if form == 1:
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    return json.dumps(document, indent=1).encode()


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scratch") / "task.json"


@THOROUGH
@given(st.data())
@pytest.mark.parametrize("version", versions.VERSIONS)
def test_both_agree_on_damaged_documents(version: int, scratch: Path, data: st.DataObject) -> None:
    raw = written(data.draw(MADE[version]()), version, data.draw(st.integers(0, 2)))
    for bytes_ in (raw, data.draw(damaged(raw))):
        require_agreement(bytes_)
        require_right_reading(scratch, bytes_)


@settings(UNJUDGED, max_examples=60)
@given(st.data())
@pytest.mark.parametrize("path", REAL, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_both_agree_on_damaged_fixtures(path: Path, scratch: Path, data: st.DataObject) -> None:
    raw = data.draw(damaged(path.read_bytes()))
    require_agreement(raw)
    require_right_reading(scratch, raw)


@pytest.mark.parametrize("levels", [60, 62, 63, 100, 254, 260, 900, 1100])
@pytest.mark.parametrize("key", ["extras", "definition", "name", "answer_format", "schema_version"])
def test_deep_values_anywhere_in_a_task_end_in_a_finding(
    levels: int, key: str, tmp_path: Path
) -> None:
    task = {"schema_version": 3, "name": "a", "definition": ["b"], "instances": []}
    task[key] = {"a": "@"} if key == "extras" else "@"
    raw = json.dumps(task).replace('"@"', "[" * levels + "]" * levels).encode()
    require_right_reading(tmp_path / "a.json", raw)


@pytest.mark.parametrize("document", ["null", "true", "1", '"a"', "[]", "{}", '{"a": 1}'])
def test_a_document_that_is_not_a_task_is_a_finding(document: str, tmp_path: Path) -> None:
    require_right_reading(tmp_path / "a.json", document.encode())


PLACES = [
    # bytes, then name, line, column and pointer of each error
    (b"", [("invalid-json", 1, 1, "")]),
    (b" \n\t ", [("invalid-json", 2, 3, "")]),
    (b'{"a": 1', [("invalid-json", 1, 8, "")]),
    (b'{"a": 1\n\n', [("invalid-json", 3, 1, "")]),
    (b"[1\n 2]", [("invalid-json", 2, 2, "")]),
    (b'{"a" 1}', [("invalid-json", 1, 6, "")]),
    (b'{"a": 1}\n{}', [("invalid-json", 2, 1, "")]),
    (b'["a\n"]', [("invalid-json", 1, 4, "")]),
    (b'["a\\q"]', [("invalid-json", 1, 4, "")]),
    (b'{\n "a": "b}', [("invalid-json", 2, 7, "")]),
    (b"{'a': 1}", [("invalid-json", 1, 2, "")]),
    (b"[01]", [("invalid-json", 1, 3, "")]),
    (b'["\xc3\xa9", tru]', [("invalid-json", 1, 7, "")]),
    (b'["\xf0\x9f\x98\x80", NaN]', [("invalid-json", 1, 7, "/1")]),
    (b'{"a": {"b": [0, -Infinity]}}', [("invalid-json", 1, 17, "/a/b/1")]),
    (b'["\xe9"]', [("not-utf8", 1, 3, "")]),
    (b'[1,\n"\xc3\xa9\xff"]', [("not-utf8", 2, 3, "")]),
    (b'["\xed\xa0\x80"]', [("not-utf8", 1, 3, "")]),
    (b'["\xc0\x80"]', [("not-utf8", 1, 3, "")]),
    (b'["\xc3', [("not-utf8", 1, 3, "")]),
    (b"\xff\xfe{\x00}\x00", [("not-utf8", 1, 1, "")]),
    (b"\xef\xbb\xbf{}", [("byte-order-mark", 1, 1, "")]),
    (
        b'\xef\xbb\xbf{"a": 1,\n"a": 2}',
        [("byte-order-mark", 1, 1, ""), ("duplicate-key", 2, 1, "/a")],
    ),
    (b'{"a": 1, "a": 2}', [("duplicate-key", 1, 10, "/a")]),
    (b'{"a": 1,\n "b": 2,\n "a" : 3}', [("duplicate-key", 3, 2, "/a")]),
    (b'{"a": 1, "\\u0061": 2}', [("duplicate-key", 1, 10, "/a")]),
    (
        b'{"a": 1, "a": 2, "a": 3}',
        [("duplicate-key", 1, 10, "/a"), ("duplicate-key", 1, 18, "/a")],
    ),
    (b'[{"a": 1}, {"b": {"a/~": 1, "a/~": 1}}]', [("duplicate-key", 1, 29, "/1/b/a~1~0")]),
    (b'{"a": ["\\ud800"]}', [("lone-surrogate", 1, 8, "/a/0")]),
    (b'{"\\udc00": 1}', [("lone-surrogate", 1, 2, "/\\udc00")]),
    (b'{"a": 18446744073709551616}', [("number-out-of-range", 1, 7, "/a")]),
    (b"[-9223372036854775809]", [("number-out-of-range", 1, 2, "/0")]),
    (b"[0, 1e400, -1e400]", [("number-out-of-range", 1, n, f"/{i}") for n, i in ((5, 1), (12, 2))]),
    (b"[" + b"9" * 5000 + b"]", [("number-out-of-range", 1, 2, "/0")]),
    (b"[" * 65 + b"]" * 65, [("too-deep", 1, 65, "/0" * 64)]),
    (
        b'{"a": 1e999,\n "a": "\\ud800",\n "b": NaN}',
        [
            ("number-out-of-range", 1, 7, "/a"),
            ("duplicate-key", 2, 2, "/a"),
            ("lone-surrogate", 2, 7, "/a"),
            ("invalid-json", 3, 7, "/b"),
        ],
    ),
    # Only LF is a line break, and columns count code points, as in editors.
    (b'["\xe2\x80\xa8",\r1 2]', [("invalid-json", 1, 9, "")]),
    (b"[1,\r\n2 3]", [("invalid-json", 2, 3, "")]),
]


@pytest.mark.parametrize(("raw", "wanted"), PLACES, ids=lambda value: str(value)[:40])
def test_each_error_has_its_place(raw: bytes, wanted: list[tuple[str, int, int, str]]) -> None:
    _, faults = strict_json.parse(raw)
    found = [(fault.name, fault.line, fault.column, fault.pointer) for fault in faults]
    assert found == wanted


def test_a_duplicate_key_is_quoted_with_the_line_of_the_first() -> None:
    _, (fault,) = strict_json.parse(b'{\n"a\\u0000b": 1,\n"a\\u0000b": 2}')
    assert "`a\0b`" in fault.message
    assert "line 2" in fault.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty"),
        (" \n", "the file is empty"),
        ("\xa0", "found '\\xa0'"),
        ("[1,\xa0", "found '\\xa0'"),
        ("[1, ", "the file ends too early"),
        ('["a', "a string starts here and does not end"),
        ("[1]]", "after the end of the document"),
        ("[1 2]", "found '2'"),
        ('{"a": 1 "b": 2}', "Add it before this"),
        ('{"a" 1}', "expected a colon"),
        ('{"a": }', "Write the value"),
        ("{'a': 1}", "plain double quotes"),
        ("[True]", "in lower case"),
        ("[1 // one\n]", "JSON has no comments"),
        ("[01]", "Write numbers like 7 or 0.5"),
        ('["a\nb"]', "inside a string"),
        ('["\\x"]', "starts no escape"),
        ("{} {}", "One file holds one task"),
    ],
)
def test_a_message_names_the_value_found(text: str, words: str) -> None:
    _, (fault,) = strict_json.parse(text.encode())
    assert words in fault.message


def test_a_file_above_the_limit_is_refused_unread() -> None:
    raw = b"[" + b" " * strict_json.MAX_BYTES + b"]"
    (fault,) = strict_json.parse(raw)[1]
    assert (fault.name, fault.line, fault.column) == ("too-large", 1, 1)


# Pointers


def slow_places(text: str) -> dict[str, int]:
    """Return the offset of every pointer of a valid JSON text: of keys or of items."""
    found: dict[str, int] = {}
    decoder = json.JSONDecoder()

    def space(at: int) -> int:
        while text[at : at + 1] in (" ", "\t", "\n", "\r"):
            at += 1
        return at

    def walk(at: int, pointer: str) -> int:
        opening = text[at]
        if opening not in "{[":
            return decoder.raw_decode(text, at)[1]
        at = space(at + 1)
        index = 0
        while text[at] not in "]}":
            start, token = at, str(index)
            if opening == "{":
                token, at = decoder.raw_decode(text, at)
                at = space(space(at) + 1)
            inner = f"{pointer}/{token.replace('~', '~0').replace('/', '~1')}"
            found[inner] = start
            at = space(walk(at, inner))
            if text[at] == ",":
                at = space(at + 1)
            index += 1
        return at + 1

    found[""] = space(0)
    walk(found[""], "")
    return found


def nearest(found: dict[str, int], pointer: str) -> int:
    while pointer not in found:
        pointer = pointer.rpartition("/")[0]
    return found[pointer]


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    lines = text[:offset].split("\n")
    return len(lines), len(lines[-1]) + 1


def line_and_column_of(
    found: dict[str, json_pointers.Position], text: str
) -> dict[str, tuple[int, int]]:
    """Return the located positions, after checking that each excerpt shows the place."""
    lines = text.split("\n")
    for place in found.values():
        there = lines[place.line - 1][place.column - 1 :]
        shown = place.excerpt[place.caret :]
        assert (
            shown.removesuffix("...")[:9]
            == printable(there.removesuffix("\r").replace("\t", " "))[:9]
        )
    return {pointer: (place.line, place.column) for (pointer, _), place in found.items()}


def near(found: dict[str, int]) -> Iterator[str]:
    """Existing pointers, and some that do not exist."""
    for pointer in found:
        yield pointer
        yield from (f"{pointer}/a", f"{pointer}/99", f"{pointer}/0/0", f"{pointer}/-")


@THOROUGH
@given(text=json_texts(only_good=True), data=st.data())
def test_pointers_are_located_as_a_slow_scanner_does(text: str, data: st.DataObject) -> None:
    found = slow_places(text)
    asked = data.draw(st.sets(st.sampled_from(sorted(near(found)))))
    wanted = {pointer: line_and_column(text, nearest(found, pointer)) for pointer in asked}
    assert (
        line_and_column_of(
            json_pointers.locate(text.encode(), {(pointer, None) for pointer in asked}), text
        )
        == wanted
    )


@UNJUDGED
@given(document=v3_documents() | v2_documents(), form=st.integers(0, 2), data=st.data())
def test_rows_are_located_by_their_ids_as_a_slow_scanner_does(
    document: dict[str, Any], form: int, data: st.DataObject
) -> None:
    version = versions.version_of(document) or 0
    key = "instances" if version == versions.NEWEST else "Instances"
    usual = ("id", "input", "output")
    document[key] = [{part: row[part] for part in usual} for row in document[key]]
    text = written(document, version, form).decode()
    found = slow_places(text)
    asked = data.draw(st.sets(st.sampled_from(sorted(found)), max_size=6))
    wanted = {pointer: line_and_column(text, found[pointer]) for pointer in asked}
    rows = (f"/{key}", [row["id"] for row in document[key]])
    assert (
        line_and_column_of(
            json_pointers.locate(text.encode(), {(pointer, None) for pointer in asked}, rows), text
        )
        == wanted
    )


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ('"extras": {"a": {"id": "x"}}', 4),
        ('"extras": {"a": [{"id": "x", "input": "y"}]}', 4),
        ('"canary": "{\\"id\\": \\"x\\"}"', 4),
    ],
)
def test_a_row_is_not_confused_with_text_like_it(before: str, line: int, tmp_path: Path) -> None:
    text = (
        '{"schema_version": 3, "name": "a", "definition": ["b"],\n'
        f"{before},\n"
        '"instances": [\n'
        '{"id": "x", "input": "\ufffd", "output": ["c"]}\n]}'
    )
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    (found,) = (found for found in check(path).findings if found.code == "TXT001")
    assert (found.pointer, found.line) == ("/instances/0/input", line)


def test_a_row_of_version_2_is_not_confused_with_a_foreign_value(tmp_path: Path) -> None:
    text = (
        '{"Source notes": [{"id": "x"}],\n"Definition": ["b"],\n'
        '"Positive Examples": [], "Negative Examples": [],\n'
        '"Instances": [\n{"id": "x", "input": "\ufffd", "output": ["c"]}\n]}'
    )
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    (found,) = (found for found in check(path).findings if found.code == "TXT001")
    assert (found.pointer, found.line) == ("/Instances/0/input", 5)
