r"""All texts of a task in one buffer, so that a rule looks at every byte in one pass in C.

The buffer is a JSON list with one text per line: a line break inside a text is written `\n`, so
that counting line breaks tells which text a hit is in. A screen is what must stand in the buffer
wherever a rule's pattern can match; only the texts that a screen hits are searched.
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
"""Every digit as `0`, every capital of ASCII as `A`."""
ASCII = bytes(range(0x80))
SAMPLED = 101  # one byte of so many
FAR = 1 << 16  # bytes; a place found this far on is worth remembering for other rules


class Where(NamedTuple):
    """A screen for a literal that is frequent: only where a pattern matches from its start."""

    literal: bytes
    pattern: re.Pattern[bytes]


class Shaped(NamedTuple):
    """A screen for the buffer with its bytes translated, such as `000-0000` for digits.

    The pattern is matched as in `Where`, before the translation.
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
        others: pointer and text of what else there is.
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
        """The JSON list: a line with a bracket, then the inputs, the outputs and the others."""
        texts = [*self.inputs, *self.outputs, *(text for _, text in self.others)]
        return orjson.dumps(texts, option=orjson.OPT_INDENT_2)

    def hold(self, *screens: Screen) -> bool:
        """Whether at least one of the screens stands in the buffer."""
        return any(self._find(screen, 0) >= 0 for screen in screens)

    def hold_any(self, alphabet: bytes) -> bool:
        """Whether at least one byte of the alphabet stands in the buffer."""
        return bool(stringzilla.find_first_of(self.buffer, alphabet) >= 0)

    @cached_property
    def share_beyond_ascii(self) -> float:
        """About how much of the buffer is not ASCII, from 0 to 1, by a sample of its bytes."""
        sample = self.buffer[::SAMPLED]
        return len(sample.translate(None, ASCII)) / len(sample)

    def found(
        self, pattern: re.Pattern[str], screens: Sequence[Screen]
    ) -> Iterator[tuple[str, "re.Match[str]"]]:
        """Pointer and first match of every text that the pattern and a screen are found in."""
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
        # In the list only the outputs are lists; most are ASCII even where the inputs are not.
        outputs_start = _find(self.buffer, b"\n  [")
        only_inputs = self.buffer[max(0, outputs_start) :].isascii()
        others = (text for _, text in self.others)
        rest = chain() if only_inputs else chain(chain.from_iterable(self.outputs), others)
        return list(filterfalse(str.isascii, chain(self.inputs, rest)))

    def places_of(self, texts: Collection[str]) -> Iterator[tuple[str, str]]:
        """Pointer and text of everything that is one of some texts."""
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
        """Where the lines start that a screen stands in, each once."""
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
        """The buffer translated; always in the same memory, since new memory takes longer."""
        if self._table != table:
            self._table = table
            stringzilla.translate(self.buffer, table, out=self._translated)
        return self._translated

    @cached_property
    def _translated(self) -> bytearray:
        return bytearray(len(self.buffer))

    def _line_at(self, start: int, known: tuple[int, int]) -> int:
        """The number of the line that starts there; `known` is where an earlier one starts."""
        nearest = bisect_right(self._counted, (start, len(self.buffer))) - 1
        before, line = max(known, self._counted[nearest])
        line += int(stringzilla.count(self.buffer, b"\n", before, start))
        if start - before > FAR:
            self._counted.insert(nearest + 1, (start, line))
        return line

    @cached_property
    def _output_lines(self) -> list[int]:
        """The line that the outputs of every instance begin at, and the first one after them.

        A list with items has a line for each bracket, an empty one has a single line.
        """
        heights = (len(outputs) + 2 if outputs else 1 for outputs in self.outputs)
        return list(accumulate(heights, initial=1 + len(self.inputs)))

    def _pointer(self, line: int) -> str:
        """Where the text on a line of the buffer stands in the task; the first line is 0."""
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
