"""The documentation of rules, as every page and command shows it."""

from textwrap import dedent

import pytest

from taskschema.core.findings import Applicability
from taskschema.rules.docs import documentation, examples, fix_note
from taskschema.rules.explain import explanation
from taskschema.rules.registry import all_rules
from taskschema.rules.rule import Rule

WIDEST = 300  # characters; longer lines of an example are unreadable
RULES = {rule.code: rule for rule in all_rules()}


def example(code: str, word: str) -> str:
    return dict(examples(RULES[code]))[word]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_has_a_title_a_reason_and_an_example_to_read(rule: Rule) -> None:
    title, prose = documentation(rule)
    assert title.endswith(".")
    assert "\n" not in title
    assert all(paragraph.strip() for paragraph in prose)
    for word, text in examples(rule):
        assert word in ("Bad", "Good")
        lines = text.splitlines()
        assert max(map(len, lines)) <= WIDEST
        assert not [line for line in lines if line != line.rstrip()]


def test_an_explanation_contains_the_whole_documentation() -> None:
    for rule in RULES.values():
        text = explanation(rule.code)
        title, prose = documentation(rule)
        for part in (title, *prose, fix_note(rule)):
            assert part in text


def test_rules_name_the_option_that_fixes_them() -> None:
    cures = {
        Applicability.SAFE: "Fixable with `--fix`.",
        Applicability.UNSAFE: "Fixable with `--unsafe-fixes`.",
        None: "",
    }
    assert {rule.code: fix_note(rule) for rule in RULES.values()} == {
        rule.code: cures[rule.fix] for rule in RULES.values()
    }
    assert "Fixable" not in explanation("INS005")


def test_other_files_are_shown_under_their_names() -> None:
    assert example("SPL001", "Bad") == dedent(
        """\
        one.json:
          (any task)
        splits/default/train_tasks.txt:
          one
          first"""
    )
    assert example("COL001", "Bad") == dedent(
        """\
        one.json:
          (any task)
        two.json:
          "aliases": ["one"]"""
    )


def test_only_the_first_of_many_rows_are_shown() -> None:
    lines = example("LEA004", "Bad").splitlines()
    assert sum('"id"' in line for line in lines) == 4
    assert any(line.strip() == "... and 28 more" for line in lines)


def test_bytes_are_shown_escaped() -> None:
    assert example("FIL004", "Bad") == r"""b'\xef\xbb\xbf{"a": 1}'"""
    assert example("WAI001", "Good").startswith("[waivers.waived]\n")
