r"""All texts of a task in one buffer, so that a rule looks at every byte in one pass in C.

The buffer is a JSON list with one text per line: a line break inside a text is written `\n`, so
that counting line breaks tells which text a hit is in. A screen is what must stand in the buffer
wherever a rule's pattern can match; only the texts that a screen hits are searched.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain
from string import ascii_letters, ascii_uppercase, digits
from typing import NamedTuple

import orjson
import stringzilla

__all__ = ["RUNS", "SHAPES", "Screen", "Shaped", "Texts"]

SHAPES = bytes.maketrans(
    digits.encode() + ascii_uppercase.encode(), b"0" * len(digits) + b"A" * len(ascii_uppercase)
)
"""Every digit as `0`, every capital of ASCII as `A`."""
IN_RUNS = f"{ascii_letters}{digits}_-".encode()
RUNS = bytes.maketrans(IN_RUNS, b"a" * len(IN_RUNS))
"""Every letter and digit of ASCII, low line and hyphen as `a`."""


class Shaped(NamedTuple):
    """A screen for the buffer with its bytes translated, such as `000-0000` for digits."""

    literal: bytes
    table: bytes = SHAPES


Screen = bytes | re.Pattern[bytes] | Shaped


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
        self._translated: dict[bytes, bytes] = {}

    @cached_property
    def buffer(self) -> bytes:
        """The JSON list: a line with a bracket, then the inputs, the outputs and the others."""
        texts = [*self.inputs, *self.outputs, *(text for _, text in self.others)]
        return orjson.dumps(texts, option=orjson.OPT_INDENT_2)

    def hold(self, *literals: bytes) -> bool:
        """Whether at least one of the literals stands in the buffer."""
        return any(stringzilla.find(self.buffer, literal) >= 0 for literal in literals)

    def hold_any(self, alphabet: bytes) -> bool:
        """Whether at least one byte of the alphabet stands in the buffer."""
        return bool(stringzilla.find_first_of(self.buffer, alphabet) >= 0)

    def found(
        self, pattern: re.Pattern[str], screens: Sequence[Screen]
    ) -> Iterator[tuple[str, "re.Match[str]"]]:
        """Pointer and first match of every text that the pattern and a screen are found in."""
        line = counted = 0
        for start in sorted(set(chain.from_iterable(map(self._lines, screens)))):
            end = self.buffer.index(b"\n", start)
            text = orjson.loads(self.buffer[start:end].rstrip(b","))
            if match := pattern.search(text):
                line += self.buffer.count(b"\n", counted, start)
                counted = start
                yield self._pointer(line), match

    @cached_property
    def beyond_ascii(self) -> list[tuple[str, str]]:
        """Pointer and text of every text with a character beyond ASCII."""
        if self.buffer.isascii():
            return []
        found = [
            (f"/instances/{index}/input", text)
            for index, text in enumerate(self.inputs)
            if not text.isascii()
        ]
        for index, outputs in enumerate(self.outputs):
            for place, text in enumerate(outputs):
                if not text.isascii():
                    found.append((f"/instances/{index}/output/{place}", text))
        return found + [(pointer, text) for pointer, text in self.others if not text.isascii()]

    def _lines(self, screen: Screen) -> Iterator[int]:
        """Where the lines start that a screen stands in, each once."""
        at = self._find(screen, 0)
        while at >= 0:
            yield self.buffer.rfind(b"\n", 0, at) + 1
            at = self._find(screen, self.buffer.index(b"\n", at))

    def _find(self, screen: Screen, start: int) -> int:
        if isinstance(screen, re.Pattern):
            match = screen.search(self.buffer, start)
            return match.start() if match else -1
        where, literal = self.buffer, screen
        if isinstance(screen, Shaped):
            where, literal = self._shape(screen.table), screen.literal
        at: int = stringzilla.find(where, literal, start)
        return at

    def _shape(self, table: bytes) -> bytes:
        if table not in self._translated:
            self._translated[table] = stringzilla.translate(self.buffer, table)
        return self._translated[table]

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
