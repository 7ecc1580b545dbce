"""Unified diff of two texts, in near-linear time.

`difflib` takes minutes for a long file with many changes, because it compares every line with all
similar lines. This module first matches lines that occur once on both sides (as patience diff
does), and uses `difflib` only for the lines between them.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

__all__ = ["unified"]

CONTEXT = 3  # unchanged lines around a change
SMALL = 250_000  # pairs of lines that `difflib` compares quickly

Block = tuple[int, int, int, int]  # start and end of differing lines: old text, new text
MISSING_BREAK = "\\ No newline at end of file"


def unified(name: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of a unified diff without line breaks; nothing if the texts are equal."""
    old, new = before.split("\n"), after.split("\n")
    ends = (len(old) - 1, len(new) - 1)
    # An empty text after the last line break is not a line.
    old, new = (lines[:-1] if not lines[-1] else lines for lines in (old, new))
    blocks = list(_blocks(_marked(old, ends[0]), _marked(new, ends[1])))
    if not blocks:
        return
    yield f"--- {name}"
    yield f"+++ {name}"
    for hunk in _hunks(blocks):
        first, last = hunk[0], hunk[-1]
        shown = min(CONTEXT, first[0], first[2])
        start, new_start = first[0] - shown, first[2] - shown
        end = min(len(old), last[1] + CONTEXT)
        new_end = last[3] + end - last[1]
        yield f"@@ -{_range(start, end)} +{_range(new_start, new_end)} @@"
        at = start
        for block in [*hunk, (end, end, new_end, new_end)]:
            yield from _lines(" ", old, at, block[0], ends[0])
            yield from _lines("-", old, block[0], block[1], ends[0])
            yield from _lines("+", new, block[2], block[3], ends[1])
            at = block[1]


def _marked(lines: Sequence[str], last: int) -> list[str]:
    """Return the lines; a last line without a line break is marked to differ from one with it."""
    return [*lines[:-1], f"{lines[-1]}\n"] if len(lines) > last else list(lines)


def _range(start: int, end: int) -> str:
    return f"{start + (end > start)},{end - start}"


def _lines(mark: str, lines: Sequence[str], start: int, end: int, last: int) -> Iterator[str]:
    for index in range(start, end):
        yield mark + lines[index]
        if index == last:
            yield MISSING_BREAK


def _hunks(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Group blocks whose context lines touch."""
    hunk = [blocks[0]]
    for block in blocks[1:]:
        if block[0] - hunk[-1][1] > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(block)
    yield hunk


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """Yield the differing blocks, in order."""
    pending = [(0, len(old), 0, len(new))]
    while pending:
        start, end, new_start, new_end = pending.pop()
        while start < end and new_start < new_end and old[start] == new[new_start]:
            start, new_start = start + 1, new_start + 1
        while start < end and new_start < new_end and old[end - 1] == new[new_end - 1]:
            end, new_end = end - 1, new_end - 1
        if (start, new_start) == (end, new_end):
            continue
        if end - start == new_end - new_start:
            yield from _in_step(old, new, start, end, new_start)
        elif (end - start) * (new_end - new_start) <= SMALL:
            matcher = SequenceMatcher(None, old[start:end], new[new_start:new_end], autojunk=False)
            for tag, one, two, three, four in matcher.get_opcodes():
                if tag != "equal":
                    yield start + one, start + two, new_start + three, new_start + four
        else:
            anchors = _anchors(old[start:end], new[new_start:new_end])
            if not anchors:
                yield start, end, new_start, new_end
                continue
            parts, at, new_at = [], start, new_start
            for one, other in anchors:
                parts.append((at, start + one, new_at, new_start + other))
                at, new_at = start + one + 1, new_start + other + 1
            pending += reversed([*parts, (at, end, new_at, new_end)])


def _in_step(
    old: Sequence[str], new: Sequence[str], start: int, end: int, new_start: int
) -> Iterator[Block]:
    """Yield the differing blocks of two runs of equal length, compared line by line."""
    at = start
    while at < end:
        if old[at] == new[new_start + at - start]:
            at += 1
            continue
        first = at
        while at < end and old[at] != new[new_start + at - start]:
            at += 1
        yield first, at, new_start + first - start, new_start + at - start


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the longest run of lines that occur once on both sides in the same order."""
    once = {line for line, count in Counter(old).items() if count == 1}
    there = {line: at for at, line in enumerate(new) if line in once}
    counts = Counter(line for line in new if line in once)
    pairs = [(at, there[line]) for at, line in enumerate(old) if counts[line] == 1]
    # Longest increasing subsequence: for each length, the pair with the lowest end.
    lowest: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for index, (_, other) in enumerate(pairs):
        length = bisect_left(lowest, other)
        before.append(tails[length - 1] if length else -1)
        if length == len(lowest):
            lowest.append(other)
            tails.append(index)
        else:
            lowest[length], tails[length] = other, index
    chain, index = [], tails[-1] if tails else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]
