"""Word-level differences of texts, and values shortened and escaped for display."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import orjson

from taskschema.core.text.printing import printable

__all__ = ["DiffPart", "display", "shortened", "word_diff"]

WORDS = re.compile(r"\s+|\w+\s*|[^\w\s]\s*")
LONGEST = 80  # characters of a displayed value
LONGEST_PART = 160  # characters of removed or added words
CONTEXT = 4  # words on either side of a change
# Alignment takes quadratic time. Above this number of words between the first and the last change,
# all of them count as one change.
MOST_ALIGNED = 150


class DiffPart(NamedTuple):
    """A part of a text with a sign: `=` in both texts, `-` in the old one, `+` in the new one."""

    sign: str
    text: str


def display(value: Any, longest: int = LONGEST) -> str:
    """Return a shortened value on one line: text in quotation marks, anything else as JSON."""
    if isinstance(value, str):
        return f'"{shortened(value, longest)}"'
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return display(value[0], longest)
    return shortened(orjson.dumps(value).decode(), longest)


def shortened(text: str, longest: int = LONGEST) -> str:
    """Return the start of a text, with line breaks and invisible characters escaped."""
    return printable(text) if len(text) <= longest else f"{printable(text[:longest])}..."


def word_diff(before: str, after: str) -> list[DiffPart]:
    """Return removed and added words with some context; unchanged text is shortened."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    start = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        start += 1
    end = 0
    for one, other in zip(reversed(old[start:]), reversed(new[start:]), strict=False):
        if one != other:
            break
        end += 1
    middle = list(_middle(old[start : len(old) - end], new[start : len(new) - end]))
    found = [
        DiffPart("=", "".join(old[:start])),
        *middle,
        DiffPart("=", "".join(old[len(old) - end :])),
    ]
    last = len(found) - 1
    return [
        _cut(part, is_first=index == 0, is_last=index == last)
        for index, part in enumerate(found)
        if part.text
    ]


def _middle(old: list[str], new: list[str]) -> Iterator[DiffPart]:
    """Yield the parts from the first to the last change."""
    if max(len(old), len(new)) > MOST_ALIGNED:
        yield from _replaced("".join(old), "".join(new))
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for action, one, two, three, four in matcher.get_opcodes():
        if action == "equal":
            yield DiffPart("=", "".join(old[one:two]))
        else:
            yield from _replaced("".join(old[one:two]), "".join(new[three:four]))


def _replaced(old: str, new: str) -> Iterator[DiffPart]:
    """Yield removed and added words; equal white space at their ends is unchanged."""
    space = old[len(old.rstrip()) :]
    if space and new.rstrip() and new[len(new.rstrip()) :] == space:
        old, new = old[: -len(space)], new[: -len(space)]
        yield from (DiffPart("-", old), DiffPart("+", new), DiffPart("=", space))
    else:
        yield from (DiffPart("-", old), DiffPart("+", new))


def _cut(part: DiffPart, *, is_first: bool, is_last: bool) -> DiffPart:
    """Return a shortened part: a change at its end, unchanged text to the words next to changes."""
    if part.sign != "=":
        return DiffPart(part.sign, shortened(part.text, LONGEST_PART))
    words = WORDS.findall(part.text[-LONGEST_PART * 4 :] if is_first else part.text)
    head = [] if is_first else words[:CONTEXT]
    tail = [] if is_last else words[max(len(head), len(words) - CONTEXT) :]
    whole = len(head) + len(tail) == len(words) and len("".join(words)) == len(part.text)
    gap = [] if whole else ["... " if tail else "..."]
    return DiffPart("=", printable("".join([*map(_brief, head), *gap, *map(_brief, tail)])))


def _brief(word: str) -> str:
    return word if len(word) <= LONGEST else f"{word[:LONGEST]}..."
