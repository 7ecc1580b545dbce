"""What a template may use up, so that none of them takes long or fills the memory.

Each step and each character that is made is paid for. Where one operation makes much out of little,
as a repetition does, it is paid for before it is done. A list is paid for with all that is in it,
so that lists of lists cannot grow unseen.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

__all__ = ["AMPLIFYING", "Budget", "ExhaustedError"]

MAX_STEPS = 200_000
MAX_CHARACTERS = 50_000_000
FORMATTING = frozenset({"format", "format_map", "%"})
AMPLIFYING = FORMATTING | {
    *("batch", "center", "expandtabs", "indent", "join", "ljust", "replace", "rjust", "round"),
    *("slice", "tojson", "translate", "urlize", "wordwrap", "xmlattr", "zfill"),
}
"""Filters, methods of texts and operators that may make more than they are given."""
NUMBER = re.compile(r"[0-9]{1,9}")
ITEM = 10  # characters that a value counts for
MAX_BITS = 10_000  # of a number


class ExhaustedError(Exception):
    """A template does more than it may."""


class Budget:
    """What is left for one rendering."""

    def __init__(self) -> None:
        self.steps = self.characters = 0
        self.renew()

    def renew(self) -> None:
        """Begin again with all of it."""
        self.steps = MAX_STEPS
        self.characters = MAX_CHARACTERS

    def step(self) -> None:
        """Pay for one step; raises ExhaustedError."""
        self.steps -= 1
        if self.steps < 0:
            raise ExhaustedError(f"takes more than {MAX_STEPS:,} steps")

    def spend(self, characters: int) -> None:
        """Pay for characters; raises ExhaustedError."""
        self.characters -= characters
        if self.characters < 0:
            raise ExhaustedError(f"makes more than {MAX_CHARACTERS:,} characters")

    def weigh(self, value: Any) -> int:
        """Pay for a value and all in it; raises ExhaustedError.

        Returns:
            The characters.
        """
        before = self.characters
        waiting = [value]
        while waiting:
            item = waiting.pop()
            self.spend(ITEM)
            if isinstance(item, str):
                self.spend(len(item))
            elif isinstance(item, range):
                self.spend(ITEM * len(item))
            elif isinstance(item, dict):
                waiting += [*item.keys(), *item.values()]
            elif isinstance(item, (list, tuple, set, frozenset)):
                waiting += item
        return before - self.characters

    def paid(self, value: Any) -> Any:
        """The value, paid for; of what is made item by item each item as it comes."""
        if isinstance(value, Iterator):
            return self._each(value)
        self.weigh(value)
        return value

    def each(self, values: Iterable[Any]) -> Iterator[Any]:
        """The items of a loop, each of them a step."""
        for value in values:
            self.step()
            yield value

    def _each(self, values: Iterator[Any]) -> Iterator[Any]:
        for value in values:
            self.weigh(value)
            yield value

    def amplify(self, name: str, subject: Any, arguments: Sequence[Any]) -> None:
        """Pay for the most that an operation could make of a value with its arguments."""
        size = self.weigh(subject)
        if name == "replace" and len(arguments) > 1:
            old, new = map(str, arguments[:2])
            self.spend(str(subject).count(old) * len(new))
            return
        if name == "join" and isinstance(subject, (list, tuple)):
            size = len(subject)
        factor = 1
        for argument in arguments:
            is_count = isinstance(argument, int)
            factor = max(factor, 1 + (abs(argument) if is_count else self.weigh(argument)))
        if name in FORMATTING and isinstance(subject, str):
            factor = max([factor, *map(int, NUMBER.findall(subject))])
        self.spend(size * factor)

    def multiply(self, left: Any, right: Any) -> None:
        """Pay for a product or a repetition."""
        for one, other in ((left, right), (right, left)):
            if isinstance(other, int) and isinstance(one, (str, list, tuple)):
                self.spend(self.weigh(one) * max(other, 0))
                return
        if isinstance(left, int) and isinstance(right, int):
            _hold(left.bit_length() + right.bit_length())

    @staticmethod
    def raise_to(base: Any, exponent: Any) -> None:
        """Allow a power or not; raises ExhaustedError."""
        if isinstance(base, int) and isinstance(exponent, int):
            _hold(base.bit_length() * abs(exponent))


def _hold(bits: int) -> None:
    if bits > MAX_BITS:
        raise ExhaustedError(f"makes a number of more than {MAX_BITS:,} bits")
