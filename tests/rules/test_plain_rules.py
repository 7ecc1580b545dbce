"""The rules give the same counts as a plain, slow implementation of their definitions."""

# ruff: noqa: RUF001 - a script is not installed; odd characters are what this is about

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.checkout import ROOT
from support.strategies import v2_documents, v3_documents

from taskschema import check
from taskschema.collection.collection import collect
from taskschema.gate.check import CheckOptions, check_bytes
from taskschema.rules.registry import rules_of
from taskschema.rules.rule import TaskRule
from taskschema.rules.smallest_task import smallest_task, write_task
from taskschema.schema import canonical

sys.path.append(str(ROOT / "scripts"))
import plain_rules

# Rules on attachments need other files, and collection rules need other tasks.
NOT_PLAIN = ("ATT", "LEA003", "LEA004", "SRC004", "COL", "SPL")
UNJUDGED = settings(deadline=None, derandomize=True, database=None)
LARGEST = 600_000  # bytes of a real file; the plain rules take a second for three megabytes


def counts(path: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Return findings per code, by the rules and by the plain rules."""
    report = check_bytes(path, path.read_bytes(), collect([path]), CheckOptions(cache=False))
    ours = {code: n for code, n in report.counts.items() if not code.startswith(NOT_PLAIN)}
    return ours, dict(Counter(code for code, _ in plain_rules.check_file(path)))


def assert_agreement(document: dict[str, Any], version: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "smallest.json")
        path.write_bytes(canonical.dumps(document, version))
        ours, plain = counts(path)
    assert ours == plain


@pytest.mark.parametrize("case", ["good", "bad"])
@pytest.mark.parametrize("rule", rules_of(TaskRule), ids=lambda rule: rule.code)
def test_both_agree_on_the_examples_of_a_rule(rule: TaskRule, case: str, tmp_path: Path) -> None:
    overlay = getattr(rule, case)
    path = write_task(tmp_path, "smallest", overlay)
    if rule.code == "NAM002":
        path = path.rename(tmp_path / f"{overlay.get('name', 'smallest')}.json")
    ours, plain = counts(path)
    assert ours == plain


ROWS = [
    {"id": "a", "input": "Is it\u00a0so?", "output": ["yes", "yes", " no"]},
    {"id": "b", "input": "is it so?", "output": ["no"]},
    {"id": "b", "input": "is it so?", "output": ["no"]},
    {"id": "c ", "input": " IS IT SO?", "output": ["\t", "yes"]},
    {
        "id": "d",
        "input": "cafÃ© &amp; e\u0301<br/>\ufffd\x7f",
        "output": ["http://x.org &nosuch;"],
    },
    {"id": "e", "input": "see https://x.org, ask jd@town.ac.uk", "output": ["<B>", "1<2"]},
]


@pytest.mark.parametrize(
    "overlay",
    [
        {"instances": ROWS},
        {
            "instances": ROWS,
            "negative_demonstrations": [
                {"input": "IS it\nso?", "output": "no", "explanation": "It is said to be so.  "},
                {"input": "is it so", "output": "no", "explanation": "It is  said to be so."},
            ],
        },
        {"answer_format": {"kind": "label", "labels": ["yes", "no", "No", "no"]}},
        {"instances": [{"id": f"{n}", "input": f"{n}?", "output": [" ", "1"]} for n in range(26)]},
        {
            "answer_format": {"kind": "label"},
            "positive_demonstrations": [
                {"input": text, "output": output, "explanation": "It is said."}
                for text, output in [("SO?", "yes"), ("so?", "yes"), ("so?", "no")]
            ],
        },
        {
            "sources": [{"name": "A B", "url": "http//x.org"}, {"name": "a_b", "url": " "}],
            "licenses": [{"text": "CC-BY 4.0"}, {"text": "Apahce 2.0"}],
            "languages": {"input": ["eng", "English"], "output": ["hi"]},
            "domains": ["Twitter", "twitter", "Question Answering", "Twitter"],
            "evaluation": {"instances": ["id-1", "id-1", "nobody"]},
        },
    ],
)
def test_both_agree_on_tasks_that_break_many_rules(overlay: dict[str, Any], tmp_path: Path) -> None:
    ours, plain = counts(write_task(tmp_path, "smallest", overlay))
    assert ours == plain
    assert sum(ours.values()) > 1


@pytest.mark.parametrize(
    "raw", [b'{"a": 1, "a": 2, "a": 3}', b'{"a": NaN}', b'{"a": 1', b'"\xff"', b"[]", b"{}"]
)
def test_both_agree_on_files_that_are_not_tasks(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_bytes(raw)
    ours, plain = counts(path)
    assert ours == plain


@pytest.mark.parametrize("layout", [{"indent": 4}, {"indent": 2}, {"ensure_ascii": True}])
def test_both_agree_on_other_layouts(layout: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "smallest.json"
    path.write_text(json.dumps(smallest_task(overlay={"summary": "é"}), **layout), "utf-8")
    ours, plain = counts(path)
    assert ours == plain == {"FIL012": 1}


@UNJUDGED
@given(v2_documents())
def test_both_agree_on_any_version_2_document(document: dict[str, Any]) -> None:
    assert_agreement(document, 2)


@UNJUDGED
@given(v3_documents())
def test_both_agree_on_any_version_3_document(document: dict[str, Any]) -> None:
    assert_agreement({**document, "name": "smallest"}, 3)


# Confusable texts, white space of other definitions, and halves of patterns that rules search.
PIECES = (
    *("a", "A", "b ", " ", "  ", "\n", "\t", "\xa0", "\u2003", "\x1c", "\x85", "\u200b", "\u180e"),
    *("é", "e\u0301", "É", "Σ", "ς", "ΑΣ", "İ", "i\u0307", "ß", "ẞ", "K", "Ω", "ﬁ", "½", "각"),
    *("\u1100\u1161", "o\u0308\u0323", "\u0387", "क़", "日本語", "\U0001f600", "\ufeff", "\ufffd"),
    *("cafÃ©", "â€™", "Â", "Ã", "Å¡", "Ð¿Ñ€Ð¸", "ï»¿", "¿Q", "“x”", "÷", "«»", "\x9d"),
    *("\x00", "\x08", "\x7f", "\\u0041", "\\", '"', "{", "}", "&amp;", "&amp", "&#39;", "&#x41;"),
    *("&nosuch;", "&amp;lt;", "<br/>", "<BR>", "</p>", "< b>", "<a href='x'>", "<b", "a < b > c"),
    *("http://x.org", "https://", "HTTP://x", "1", "22", "3.5", ".", "!", ",", "'", "TODO:"),
    *("[insert name]", "me@mail.org", "%@mail.org", "x.@mail.org", "+1 212 867 5309"),
    *("212-867-5309", "4539 1488 0343 6467", "NL20INGB0001234567", "AKIAQX7R2LWPZT4KVBN5"),
)
LONG = (
    "the quick brown fox, jumps over: the lazy dog again and again 12.5",
    "Ein Satz mit Σ und mehr als vierundsechzig Zeichen, damit sein Anfang nicht reicht. ΑΣ",
)
PIECE = st.sampled_from(PIECES)
SHORT = st.lists(PIECE, max_size=5).map("".join)
REPEATED = st.builds(
    lambda before, piece, times, after: before + piece * times + after,
    *(SHORT, PIECE, st.integers(1, 80), SHORT),
)
TEXTS = st.one_of(SHORT, REPEATED, st.sampled_from(LONG))


@st.composite
def variants(draw: st.DrawFn, pool: list[str]) -> str:
    """One of some texts, or a variant that a rule may have to treat as equal."""
    text = draw(st.sampled_from(pool))
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(text)))
        before, after = text[:at], text[at:]
        others = (text.upper(), text.lower(), f"{text} ", f'"{text}."', text.replace(" ", "\xa0"))
        text = draw(st.sampled_from([*others, f"{before}, {after}", before + after[1:]]))
    return text


@st.composite
def confusable_tasks(draw: st.DrawFn) -> dict[str, Any]:
    """A version 2 task with few, nearly equal texts that contain many matches of rules."""
    pool, answers = (draw(st.lists(texts, min_size=1, max_size=5)) for texts in (TEXTS, SHORT))
    inputs, outputs = st.one_of(variants(pool), SHORT), variants(answers)
    row = st.fixed_dictionaries(
        {"id": SHORT, "input": inputs, "output": st.lists(outputs, max_size=3)}
    )
    demonstrations = st.lists(
        st.fixed_dictionaries({"input": inputs, "output": outputs, "explanation": TEXTS}),
        max_size=3,
    )
    return {
        "Source": ["somebody"],
        "URL": ["https://example.org"],
        "Definition": draw(st.lists(TEXTS, min_size=1, max_size=2)),
        "Positive Examples": draw(demonstrations),
        "Negative Examples": draw(demonstrations),
        "Instances": draw(st.lists(row, max_size=8)),
        "Instance License": ["CC0"],
    }


@settings(UNJUDGED, max_examples=300)
@given(confusable_tasks())
def test_both_agree_on_tasks_with_confusable_texts(task: dict[str, Any]) -> None:
    assert_agreement(task, 2)


def test_both_agree_on_real_files(corpus: Path) -> None:
    paths = [path for path in sorted(corpus.glob("*.json")) if path.stat().st_size < LARGEST]
    for path in paths:
        ours, plain = counts(path)
        assert ours == plain, path.name


def test_the_script_compares_its_counts_with_a_report(tmp_path: Path) -> None:
    write_task(tmp_path / "tasks", "smallest", {"instances": ROWS})
    found = check(tmp_path / "tasks").counts
    report = tmp_path / "report.json"
    script = [sys.executable, str(ROOT / "scripts" / "plain_rules.py"), str(tmp_path / "tasks")]
    for told in (found, {**found, "INS001": 7}):
        report.write_text(json.dumps({"counts": told}), "utf-8")
        run = subprocess.run(
            [*script, "--list", "--compare", str(report)], capture_output=True, check=True
        )
        assert (b"INS001, not 7" in run.stdout) == (told != found)
    assert b"smallest.json:" in run.stdout
