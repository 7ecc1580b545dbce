# ruff: noqa: RUF001 - these rules are about confusable characters
"""Rules on texts: screens hide no match, and results follow the plain definitions."""

import json
import random
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from ftfy.badness import MOJIBAKE_CATEGORIES, is_bad
from hypothesis import given, settings
from hypothesis import strategies as st
from support.costs import cheaper_than

from taskschema import check
from taskschema.rules.catalogue.txt007_not_nfc import SCREENS as NOT_NFC
from taskschema.rules.registry import rules_of
from taskschema.rules.rule import TaskRule
from taskschema.rules.shared.mojibake import bad_places
from taskschema.rules.smallest_task import smallest_task, write_task
from taskschema.schema.columns import Columns
from taskschema.schema.text_search import Shaped, Texts, Where

SEARCHES = {
    f"{module.__name__.rsplit('.', 1)[1]}.{name}": (value, module.SCREENS)
    for rule in rules_of(TaskRule)
    for module in [
        import_module(
            f"taskschema.rules.catalogue.{rule.code.lower()}_{rule.name.replace('-', '_')}"
        )
    ]
    if hasattr(module, "SCREENS")
    for name, value in vars(module).items()
    if name
    in {"LOST", "CONTROL", "TAG", "ENTITY", "LINK", "LEFTOVER", "HOST", "TELEPHONE"}
    | {"NUMBER", "ACCOUNT", "KEY", "PRIVATE"}
}


def found(overlay: dict[str, Any], folder: Path) -> list[tuple[str, str]]:
    write_task(folder, "task", overlay)
    return [(finding.code, finding.pointer) for finding in check(folder).findings]


def rows(*inputs: str, outputs: Sequence[str] = ()) -> dict[str, Any]:
    """Return instances with these inputs; the first one has these outputs."""
    return {
        "instances": [
            {
                "id": f"{n}",
                "input": text,
                "output": list(outputs) if outputs and not n else [f"a{n}"],
            }
            for n, text in enumerate(inputs)
        ]
    }


def screened(text: str, screens: Sequence[Any]) -> bool:
    written = json.dumps(text, ensure_ascii=False).encode()
    for screen in screens:
        match screen:
            case bytes():
                if screen in written:
                    return True
            case re.Pattern():
                if screen.search(written):
                    return True
            case Shaped():
                places = re.finditer(
                    f"(?={re.escape(screen.literal.decode('latin-1'))})".encode("latin-1"),
                    written.translate(screen.table),
                )
                if any(screen.pattern.match(written, place.start()) for place in places):
                    return True
            case Where():
                places = re.finditer(re.escape(screen.literal), written)
                if any(screen.pattern.match(written, place.start()) for place in places):
                    return True
    return False


def test_every_rule_with_screens_is_tested_here() -> None:
    assert len(SEARCHES) == 12


@pytest.mark.parametrize("name", SEARCHES)
def test_no_screen_hides_a_match(name: str) -> None:
    pattern, screens = SEARCHES[name]

    @settings(max_examples=150, deadline=None)
    @given(st.from_regex(pattern))
    def holds(text: str) -> None:
        if pattern.search(text):
            assert screened(text, screens)

    holds()


AROUND = ["", " ", "\n", "\t", '"', "\\", "é", "x", "7", "-", "(", "<", "&", "我", "\x00"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pri001_email_address.HOST", "j.doe@mail.test.org"),
        ("pri002_telephone_number.TELEPHONE", "+44 20 7946 0958"),
        ("pri002_telephone_number.TELEPHONE", "(212) 736-5000"),
        ("pri002_telephone_number.TELEPHONE", "212.736.5000"),
        ("pri003_card_number.NUMBER", "3714 496353 98431"),
        ("pri003_card_number.NUMBER", "4539-1488-0343-6467"),
        ("pri003_card_number.NUMBER", "4539148803436467"),
        ("pri004_bank_account_number.ACCOUNT", "NL20 INGB 0001 2345 67"),
        ("pri005_api_key.KEY", "ghp_" + "aB3dE6" * 6),
        ("txt003_control_character.CONTROL", "\x08"),
        ("txt003_control_character.CONTROL", "\x0c"),
        ("txt003_control_character.CONTROL", "\x7f"),
        ("txt008_leftover.LEFTOVER", "TODO:"),
    ],
)
def test_no_screen_hides_a_match_among_other_texts(name: str, text: str) -> None:
    pattern, screens = SEARCHES[name]
    assert pattern.search(text)
    for before, after in product(AROUND, AROUND):
        whole = before + text + after
        if pattern.search(whole):
            assert screened(whole, screens)


texts = st.lists(st.text(max_size=6), max_size=3)


@given(st.lists(st.tuples(st.text(max_size=8), texts), max_size=4), texts)
def test_a_match_is_found_at_its_place(
    instances: list[tuple[str, list[str]]], others: list[str]
) -> None:
    """For any characters in the texts, and any number of outputs."""
    inputs = [text for text, _ in instances]
    outputs = [some for _, some in instances]
    everything = [(f"/instances/{n}/input", text) for n, text in enumerate(inputs)]
    for n, some in enumerate(outputs):
        everything += [(f"/instances/{n}/output/{place}", text) for place, text in enumerate(some)]
    heads = [(f"/definition/{n}", text) for n, text in enumerate(others)]
    everything += heads
    whole = Texts(inputs, outputs, heads)
    anything = re.compile(r"[\s\S]")
    hits = [pointer for pointer, _ in whole.found(anything, (b'"',))]
    assert hits == [pointer for pointer, text in everything if text]
    assert set(whole.beyond_ascii) == {text for _, text in everything if not text.isascii()}
    assert list(whole.places_of({text for _, text in everything})) == everything


def test_lines_are_counted_equally_from_any_start() -> None:
    inputs = ["x" * 900 + ("@" if n % 7 == 0 else "") for n in range(400)]
    whole = Texts(inputs, [["@", "b"]] * 400, [("/definition/0", "@")])
    expected = [f"/instances/{n}/input" for n in range(0, 400, 7)]
    expected += [*(f"/instances/{n}/output/0" for n in range(400)), "/definition/0"]
    for _ in range(2):
        at = re.compile("@")
        assert [pointer for pointer, _ in whole.found(at, (b"@",))] == expected
    assert [pointer for pointer, _ in whole.found(re.compile("b"), (b"b",))][-1].startswith(
        "/instances/399/output/1"
    )


# Mojibake -----------------------------------------------------------------------------------------

ACTIVE = sorted(
    {
        mark
        for marks in MOJIBAKE_CATEGORIES.values()
        for mark in re.sub(
            "(.)-(.)",
            lambda span: "".join(map(chr, range(ord(span[1]), ord(span[2]) + 1))),
            marks,
        )
        if mark != "-"
    }
    | set("ØÙÂÃÎÐàá√±∂†≠®™´≤≥¥µø≈°¢‚Äìîïòôúùûπâóäêв ЂВГРСўΒΓΞΟβ€Ά\xa0\xadā×²³ÃœŒ")
)
PLAIN = ["", " ", "a", "Z", "9", ".", "\n", "我", "\u0301"]


FILLING = "a " * 600  # long, so that the share beyond ASCII is small


def finds_mojibake(text: str) -> bool:
    """Whether mojibake is found in a text, alone and among ASCII texts."""
    alone = any(bad_places(Texts([text], [], [])))
    assert any(bad_places(Texts([text], [], [("", FILLING)]))) == alone
    return alone


def test_windows_find_the_mojibake_of_short_texts() -> None:
    for first, second in product(ACTIVE, ACTIVE):
        text = first + second
        assert finds_mojibake(text) == is_bad(text), ascii(text)


@pytest.mark.parametrize("length", [3, 4, 6, 30])
def test_windows_find_the_mojibake_of_longer_texts(length: int) -> None:
    draw = random.Random(length)
    for _ in range(40_000 if length < 10 else 5_000):
        marks = [draw.choice(ACTIVE if draw.random() < 0.6 else PLAIN) for _ in range(length)]
        text = "".join(marks)
        assert finds_mojibake(text) == is_bad(text), ascii(text)


@pytest.mark.parametrize(
    "text", ["ГўВЂВ™s ", "вЂ™", "β€™", "‚Äô", "Â ", "\nÂ ", "a Â ", "0Â ", "œ", "œ1", "С“В", "I Â£"]
)
def test_windows_find_mojibake_of_several_characters(text: str) -> None:
    for before, after in product(["", "x" * 9, "0", "слово"], ["", "x" * 9, "слово"]):
        assert finds_mojibake(before + text + after) == is_bad(before + text + after)


def test_mojibake_agrees_with_ftfy_on_real_texts(corpus: Path) -> None:
    for path in sorted(corpus.glob("*.json"))[::4]:
        document = json.loads(path.read_bytes())
        everything = [row["input"] for row in document["Instances"]]
        everything += [text for row in document["Instances"] for text in row["output"]]
        beyond = {text for text in everything if not text.isascii()}
        assert {text for text in beyond if finds_mojibake(text)} == set(filter(is_bad, beyond))


# Unicode form C -----------------------------------------------------------------------------------


def test_every_character_that_form_c_changes_is_screened() -> None:
    later_halves = {
        mark
        for code in range(sys.maxunicode + 1)
        for mark in unicodedata.normalize("NFD", chr(code))[1:]
        if not 0xD800 <= code < 0xE000
    }
    for code in range(sys.maxunicode + 1):
        mark = chr(code)
        if 0xD800 <= code < 0xE000 or (
            unicodedata.is_normalized("NFC", mark)
            and not unicodedata.combining(mark)
            and mark not in later_halves
        ):
            continue
        assert screened(mark, NOT_NFC), f"U+{code:04X}"


def test_an_answer_repeated_elsewhere_is_not_fixed() -> None:
    label = "cafe\u0301"
    task = smallest_task(
        "task",
        {
            "answer_format": {"kind": "label", "labels": [label, "tea"]},
            **rows("cafe\u0301?", outputs=[label]),
        },
    )
    (rule,) = (rule for rule in rules_of(TaskRule) if rule.code == "TXT007")
    edits = {hit.pointer: hit.edits for hit in rule.check(Columns(task))}
    assert edits["/instances/0/output/0"] == ()
    assert edits["/instances/0/input"][0].value == "caf\u00e9?"


# Single rules -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "text", "fixed"),
    [
        ("TXT003", "a\x08b\x00", "ab"),
        ("TXT003", "\x7fa\tb", "a\tb"),
        ("TXT003", "\x01", None),
        ("TXT005", "a &amp;lt; b&nbsp;&copy2; &not", "a < b\xa0&copy2; &not"),
        ("TXT005", "&#65;&#x42;", "AB"),
        ("TXT007", "\u0438\u0306", "\u0439"),
    ],
)
def test_a_fix_leaves_nothing_to_find(code: str, text: str, fixed: str | None) -> None:
    (rule,) = (rule for rule in rules_of(TaskRule) if rule.code == code)
    (hit,) = rule.check(Columns(smallest_task("task", rows(text))))
    if fixed is None:
        assert hit.edits == ()
        return
    (edit,) = hit.edits
    assert (edit.action, edit.pointer, edit.value) == ("replace", "/instances/0/input", fixed)
    assert list(rule.check(Columns(smallest_task("task", rows(fixed))))) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("one<br>two", {"TXT004"}),
        ("</P >", {"TXT004"}),
        ('<a href="x">', {"TXT004"}),
        ("<TD\nclass = y>", {"TXT004"}),
        ("<td nowrap>", {"TXT004"}),
        ('<TABLE BORDER cellpadding="2">', {"TXT004"}),
        ("<p borders b>", set()),
        ("<img>", set()),
        ("a <b and b> c", set()),
        ("<bread>", set()),
        ("x &eacute; y", {"TXT005"}),
        ("x &nosuch; &#x; y", set()),
        ("go to http://", {"TXT006"}),
        ("go to www.x.org or ftp://x", set()),
        ("Lorem ipsum dolor", {"TXT008"}),
        ("TODO: finish", {"TXT008"}),
        ("my TODO list", set()),
        ("[insert name here]", {"TXT008"}),
        ("\\b \\u0000 \\frac", set()),
        ("\\\\\x0cx", {"TXT003"}),
    ],
)
def test_texts_and_their_findings(text: str, codes: set[str], tmp_path: Path) -> None:
    assert {code for code, _ in found(rows(text), tmp_path)} == codes


def test_a_file_with_escapes_gives_the_same_findings(tmp_path: Path) -> None:
    task = smallest_task("task", rows("see http:\\/\\/x", "caf\u00c3\u00a9", "a\x08"))
    (tmp_path / "task.json").write_text(json.dumps(task).replace("\\\\/", "\\/"))
    codes = {finding.code for finding in check(tmp_path, select=["TXT"]).findings}
    assert codes == {"TXT002", "TXT003", "TXT006"}


def test_rules_check_definitions_and_demonstrations_as_documented(tmp_path: Path) -> None:
    demonstration = {"input": "<p>", "output": "a\x0bb", "explanation": "e\u0301 TODO: say why"}
    other = {"input": "t", "output": "u", "explanation": "Because."}
    overlay = {
        "definition": ["See http://x <br>"],
        "positive_demonstrations": [demonstration, other],
    }
    assert sorted(found(overlay, tmp_path)) == [
        ("TXT003", "/positive_demonstrations/0/output"),
        ("TXT007", "/positive_demonstrations/0/explanation"),
        ("TXT008", "/positive_demonstrations/0/explanation"),
    ]


def test_notes_in_tasks_about_programs_are_not_reported(tmp_path: Path) -> None:
    assert found({"categories": ["Text to Code"], **rows("# TODO: sort")}, tmp_path) == []


HOSTILE = ["<" * 200_000, "<a " + " " * 100_000, "<a x=" * 50_000, "&a" * 100_000]
HOSTILE += ["a" * 200_000 + "@", "a@" + "a." * 80_000, "+" * 200_000, "1 " * 100_000]
HOSTILE += ["0000 " * 40_000, "4" * 200_000, "AA00" * 50_000, "AA00 " * 40_000, "eyJ" * 60_000]
HOSTILE += ["sk-" * 60_000, "_" * 200_000, "TODO" * 50_000, "[insert " * 25_000, "\\" * 200_000]
HOSTILE += ["-----BEGIN PRIVATE KEY-----\n" * 7_000, "é" * 100_000, "“" * 100_000, "\u0301" * 9_000]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:8]))
def test_no_text_takes_long(text: str) -> None:
    columns = Columns(smallest_task("task", rows(text, outputs=[text])))
    list(_every_hit(Columns(smallest_task("task", rows("cafÃ© &amp;")))))  # imports aside
    with cheaper_than(yardsticks=100):
        list(_every_hit(columns))


def _every_hit(columns: Columns) -> Iterator[Any]:
    for rule in rules_of(TaskRule):
        if rule.code.startswith(("TXT", "PRI")):
            yield from rule.check(columns)
