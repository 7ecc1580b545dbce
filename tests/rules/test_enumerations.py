"""Short lists of names in messages."""

import pytest

from taskschema.rules.shared.enumerations import first_few, first_labels, in_backticks


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("a", "`a`"),
        ("abc", "`a`, `b`, `c`"),
        ("abcd", "`a`, `b`, `c` and 1 more"),
        ("abcdefgh", "`a`, `b`, `c` and 5 more"),
    ],
)
def test_the_first_few_of_many_are_shown_with_a_count(names: str, expected: str) -> None:
    assert first_few(in_backticks(names)) == expected


def test_at_most_ten_labels_are_shown() -> None:
    assert first_labels(["yes", "no"]) == "`yes`, `no`"
    assert first_labels([*"abcdefghijk"]).endswith("`j`, ...")
