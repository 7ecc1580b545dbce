"""What changed in a text, in as few words as a reader needs, and safe to show anywhere."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import orjson

from taskschema.core.text.printing import printable

__all__ = ["Part", "parts", "shortened", "shown"]

WORDS = re.compile(r"\s+|\w+\s*|[^\w\s]\s*")
LONGEST = 80  # characters of a value that is shown
LONGEST_PART = 160  # characters of words that came or went
CONTEXT = 4  # words on either side of a change
# Words between the first and the last change that are aligned; it takes quadratic time, and above
# that the whole stretch counts as one change.
MOST_ALIGNED = 150


class Part(NamedTuple):
    """A stretch of a text: `=` in both, `-` in the old one, `+` in the new one."""

    sign: str
    text: str


def shown(value: Any, longest: int = LONGEST) -> str:
    """A value on one line, cut where it is long: text in quotation marks, all else as JSON."""
    if isinstance(value, str):
        return f'"{shortened(value, longest)}"'
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return shown(value[0], longest)
    return shortened(orjson.dumps(value).decode(), longest)


def shortened(text: str, longest: int = LONGEST) -> str:
    """The beginning of a text, with everything escaped that could break a line or hide."""
    return printable(text) if len(text) <= longest else f"{printable(text[:longest])}..."


def parts(before: str, after: str) -> list[Part]:
    """The words that came and went, with a few words around them; not meant to be put together."""
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
    stretches = [
        Part("=", "".join(old[:start])),
        *middle,
        Part("=", "".join(old[len(old) - end :])),
    ]
    last = len(stretches) - 1
    return [
        _cut(part, is_first=index == 0, is_last=index == last)
        for index, part in enumerate(stretches)
        if part.text
    ]


def _middle(old: list[str], new: list[str]) -> Iterator[Part]:
    """The stretch from the first to the last change."""
    if max(len(old), len(new)) > MOST_ALIGNED:
        yield from _replaced("".join(old), "".join(new))
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for action, one, two, three, four in matcher.get_opcodes():
        if action == "equal":
            yield Part("=", "".join(old[one:two]))
        else:
            yield from _replaced("".join(old[one:two]), "".join(new[three:four]))


def _replaced(old: str, new: str) -> Iterator[Part]:
    """What came for what went, without the white space after it where that stayed."""
    space = old[len(old.rstrip()) :]
    if space and new.rstrip() and new[len(new.rstrip()) :] == space:
        old, new = old[: -len(space)], new[: -len(space)]
        yield from (Part("-", old), Part("+", new), Part("=", space))
    else:
        yield from (Part("-", old), Part("+", new))


def _cut(part: Part, *, is_first: bool, is_last: bool) -> Part:
    """What changed, shortened at its end; what did not, down to the words next to a change."""
    if part.sign != "=":
        return Part(part.sign, shortened(part.text, LONGEST_PART))
    words = WORDS.findall(part.text[-LONGEST_PART * 4 :] if is_first else part.text)
    head = [] if is_first else words[:CONTEXT]
    tail = [] if is_last else words[max(len(head), len(words) - CONTEXT) :]
    whole = len(head) + len(tail) == len(words) and len("".join(words)) == len(part.text)
    gap = [] if whole else ["... " if tail else "..."]
    return Part("=", printable("".join([*map(_brief, head), *gap, *map(_brief, tail)])))


def _brief(word: str) -> str:
    return word if len(word) <= LONGEST else f"{word[:LONGEST]}..."
