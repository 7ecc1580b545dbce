r"""Search over all texts of a task in one buffer, in one pass in C.

The buffer is a JSON list with one text per line. A line break inside a text is written `\n`, so the
number of line breaks before a hit gives its text. A screen is a literal that the buffer contains
wherever a rule's pattern can match; the pattern is searched only in texts with a hit of a screen.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain, filterfalse
from string import ascii_uppercase, digits
from typing import NamedTuple

import orjson
import stringzilla

__all__ = ["SHAPES", "Screen", "Shaped", "Texts", "Where"]

SHAPES = bytes.maketrans(
    digits.encode() + ascii_uppercase.encode(), b"0" * len(digits) + b"A" * len(ascii_uppercase)
)
"""Maps every digit to `0` and every ASCII capital to `A`."""
ASCII = bytes(range(0x80))
SAMPLED = 101  # one byte in so many
FAR = 1 << 16  # bytes; the line number of a hit this far on is kept for other rules


class Where(NamedTuple):
    """A screen for a frequent literal: a hit only if a pattern matches at its start."""

    literal: bytes
    pattern: re.Pattern[bytes]


class Shaped(NamedTuple):
    """A screen for the translated buffer, such as `000-0000` for digits.

    The pattern is matched as in `Where`, against the untranslated buffer.
    """

    literal: bytes
    table: bytes = SHAPES
    pattern: re.Pattern[bytes] = re.compile(b"")


Screen = bytes | re.Pattern[bytes] | Shaped | Where


class Texts:
    """Inputs, outputs and the few other texts of a task, in this order.

    Args:
        inputs: the input of every instance.
        outputs: the alternatives of every instance.
        others: pointer and text of all other texts.
    """

    def __init__(
        self,
        inputs: Sequence[str],
        outputs: Sequence[Sequence[str]],
        others: Sequence[tuple[str, str]],
    ) -> None:
        self.inputs = inputs
        self.outputs = outputs
        self.others = others
        self._table = b""
        self._hit: dict[Screen, list[int]] = {}
        self._counted = [(0, 0)]

    @cached_property
    def buffer(self) -> bytes:
        """The JSON list: a line with a bracket, then inputs, outputs and other texts."""
        texts = [*self.inputs, *self.outputs, *(text for _, text in self.others)]
        return orjson.dumps(texts, option=orjson.OPT_INDENT_2)

    def hold(self, *screens: Screen) -> bool:
        """Return whether at least one of the screens has a hit in the buffer."""
        return any(self._find(screen, 0) >= 0 for screen in screens)

    def hold_any(self, alphabet: bytes) -> bool:
        """Return whether the buffer contains at least one byte of the alphabet."""
        return bool(stringzilla.find_first_of(self.buffer, alphabet) >= 0)

    @cached_property
    def share_beyond_ascii(self) -> float:
        """The share of the buffer that is not ASCII, from 0 to 1, estimated from a sample."""
        sample = self.buffer[::SAMPLED]
        return len(sample.translate(None, ASCII)) / len(sample)

    def found(
        self, pattern: re.Pattern[str], screens: Sequence[Screen]
    ) -> Iterator[tuple[str, "re.Match[str]"]]:
        """Yield pointer and first match of every text that a screen and the pattern hit."""
        known = (0, 0)
        for start in sorted(set(chain.from_iterable(map(self._starts, screens)))):
            end = self.buffer.index(b"\n", start)
            text = orjson.loads(self.buffer[start:end].rstrip(b","))
            if match := pattern.search(text):
                known = (start, self._line_at(start, known))
                yield self._pointer(known[1]), match

    @cached_property
    def beyond_ascii(self) -> list[str]:
        """Every text with a character beyond ASCII."""
        if self.buffer.isascii():
            return []
        # Only outputs are nested lists. Most are ASCII even if the inputs are not.
        outputs_start = _find(self.buffer, b"\n  [")
        only_inputs = self.buffer[max(0, outputs_start) :].isascii()
        others = (text for _, text in self.others)
        rest = chain() if only_inputs else chain(chain.from_iterable(self.outputs), others)
        return list(filterfalse(str.isascii, chain(self.inputs, rest)))

    def places_of(self, texts: Collection[str]) -> Iterator[tuple[str, str]]:
        """Yield the pointer of every occurrence of the given texts, and the text."""
        if not texts:
            return
        for index, text in enumerate(self.inputs):
            if text in texts:
                yield f"/instances/{index}/input", text
        for index, outputs in enumerate(self.outputs):
            for place, text in enumerate(outputs):
                if text in texts:
                    yield f"/instances/{index}/output/{place}", text
        for pointer, text in self.others:
            if text in texts:
                yield pointer, text

    def _starts(self, screen: Screen) -> list[int]:
        """Return the start of every line that a screen hits, each once."""
        if screen not in self._hit:
            self._hit[screen] = list(self._hits(screen))
        return self._hit[screen]

    def _hits(self, screen: Screen) -> Iterator[int]:
        at = self._find(screen, 0)
        while at >= 0:
            yield self.buffer.rfind(b"\n", 0, at) + 1
            at = self._find(screen, self.buffer.index(b"\n", at) + 1)

    def _find(self, screen: Screen, start: int) -> int:
        if isinstance(screen, re.Pattern):
            match = screen.search(self.buffer, start)
            return match.start() if match else -1
        if isinstance(screen, bytes):
            return _find(self.buffer, screen, start)
        where = self._shape(screen.table) if isinstance(screen, Shaped) else self.buffer
        at = _find(where, screen.literal, start)
        while at >= 0 and not screen.pattern.match(self.buffer, at):
            at = _find(where, screen.literal, at + 1)
        return at

    def _shape(self, table: bytes) -> bytearray:
        """Return the translated buffer, always in the same memory; new memory takes longer."""
        if self._table != table:
            self._table = table
            stringzilla.translate(self.buffer, table, out=self._translated)
        return self._translated

    @cached_property
    def _translated(self) -> bytearray:
        return bytearray(len(self.buffer))

    def _line_at(self, start: int, known: tuple[int, int]) -> int:
        """Return the number of the line at `start`; `known` is the start of an earlier line."""
        nearest = bisect_right(self._counted, (start, len(self.buffer))) - 1
        before, line = max(known, self._counted[nearest])
        line += int(stringzilla.count(self.buffer, b"\n", before, start))
        if start - before > FAR:
            self._counted.insert(nearest + 1, (start, line))
        return line

    @cached_property
    def _output_lines(self) -> list[int]:
        """The first line of the outputs of every instance, and the first line after all outputs.

        A list with items has an extra line for each bracket; an empty list is a single line.
        """
        heights = (len(outputs) + 2 if outputs else 1 for outputs in self.outputs)
        return list(accumulate(heights, initial=1 + len(self.inputs)))

    def _pointer(self, line: int) -> str:
        """Return the pointer of the text on a line of the buffer; the first line is 0."""
        if line <= len(self.inputs):
            return f"/instances/{line - 1}/input"
        starts = self._output_lines
        if line >= starts[-1]:
            return self.others[line - starts[-1]][0]
        index = bisect_right(starts, line) - 1
        return f"/instances/{index}/output/{line - starts[index] - 1}"


def _find(where: bytes | bytearray, literal: bytes, start: int = 0) -> int:
    at: int = stringzilla.find(where, literal, start)
    return at
