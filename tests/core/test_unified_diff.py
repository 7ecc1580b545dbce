"""A unified diff says how one text becomes the other, and soon."""

import re

from hypothesis import given
from hypothesis import strategies as st
from support.costs import cheaper_than

from taskschema.core.text.unified_diff import unified

HUNK = re.compile(r"@@ -(\d+),(\d+) \+(\d+),(\d+) @@")

texts = st.lists(st.sampled_from(["a", "b", "c", "", " d", "\u2028e"]), max_size=14).map("\n".join)


def patched(before: str, lines: list[str]) -> str:
    """What a diff makes of a text; every line that it shows must be there."""
    old, new, at = before.split("\n"), list[str](), 0
    ends = before.endswith("\n") or not before
    for number, line in enumerate(lines[2:], start=2):
        if match := HUNK.fullmatch(line):
            start = int(match[1]) - (int(match[2]) > 0)
            new += old[at:start]
            at = start
        elif line.startswith("\\"):
            ends = lines[number - 1][0] == "-"
        else:
            if line[0] in " -":
                assert old[at] == line[1:]
                at += 1
            if line[0] in " +":
                new.append(line[1:])
                ends = True
    rest = old[at:]
    if rest and rest != [""]:
        return "\n".join([*new, *rest])
    return "\n".join(new) + ("\n" if ends and new else "")


@given(texts, texts)
def test_a_diff_makes_one_text_of_the_other(before: str, after: str) -> None:
    lines = list(unified("name", before, after))
    assert bool(lines) == (before != after)
    if lines:
        assert patched(before, lines) == after


def test_many_changes_in_a_long_text_take_no_long_time() -> None:
    lines = [f"row {number}" for number in range(100_000)]
    changed = [f"{line} " if number % 2 else line for number, line in enumerate(lines)]
    shorter = [line for number, line in enumerate(changed) if number % 7]
    repeated = [line[-1:] for line in lines]
    with cheaper_than(yardsticks=250):
        for after in (changed, shorter, repeated):
            assert list(unified("name", "\n".join(lines), "\n".join(after)))
