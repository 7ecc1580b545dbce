"""What a template may use up, so that none of them takes long or fills the memory.

Each step and each character that is made is paid for. Where one operation makes much out of little,
as a repetition does, it is paid for before it is done. A list is paid for with all that is in it,
so that lists of lists cannot grow unseen.
"""

import re
from collections.abc import (
    Collection,
    ItemsView,
    Iterable,
    Iterator,
    KeysView,
    Sequence,
    ValuesView,
)
from string import Formatter
from typing import Any

__all__ = ["AMPLIFYING", "LIGHT", "Budget", "ExhaustedError"]

MAX_STEPS = 200_000
MAX_CHARACTERS = 50_000_000
FORMATTING = frozenset({"format", "format_map", "%"})
AMPLIFYING = FORMATTING | {
    *("batch", "center", "expandtabs", "indent", "join", "ljust", "replace", "rjust", "round"),
    *("pprint", "slice", "tojson", "translate", "urlize", "wordwrap", "xmlattr", "zfill"),
}
"""Filters, methods of texts and operators that may make more than they are given."""
INDENTING = frozenset({"pprint", "tojson"})
SQUARING = frozenset({"urlize", "wordwrap"})  # they take as long as a word is long, squared
LIGHT = frozenset(
    (
        *("append", "choice", "d", "default", "endswith", "first", "get", "items", "keys", "last"),
        *("length", "random", "setdefault", "startswith", "values"),
    )
)
"""Filters and methods that do not go through all that they are applied to."""
NUMBER = re.compile(r"\d{1,9}")
STAR = re.compile(r"%(?:\([^)]*\))?[-#0 +\d.]*\*")  # of a format: its width is a value
ITEM = 10  # characters that a value counts for
BITS = 3  # of a number, for a character
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
        self.spend(ITEM)
        waiting = [value]
        while waiting:
            item = waiting.pop()
            if isinstance(item, str):
                self.spend(len(item))
            elif isinstance(item, int):
                self.spend(item.bit_length() // BITS)
            elif isinstance(item, range):
                self.spend(ITEM * len(item))
            elif parts := _parts(item):
                # Paid for before they wait, as a list may hold itself.
                self.spend(ITEM * len(parts))
                waiting += parts
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

    def amplify(
        self, name: str, subject: Any, arguments: Sequence[Any], named: Iterable[Any] = ()
    ) -> None:
        """Pay for the most that an operation could make of a value with its arguments."""
        size = self.weigh(subject)
        if name in SQUARING:
            self.spend(sum(len(word) ** 2 for word in str(subject).split()) // ITEM)
        if name == "round":
            _hold(BITS * sum(abs(one) for one in (*arguments, *named) if isinstance(one, int)))
        if name in INDENTING:
            size *= _depth(subject)
        if name == "replace" and len(arguments) > 1:
            old, new = map(str, arguments[:2])
            self.spend(str(subject).count(old) * len(new))
            return
        if name == "join" and isinstance(subject, (list, tuple)):
            size = len(subject)
        factor = 1
        for argument in (*arguments, *named):
            is_count = isinstance(argument, int)
            factor = max(factor, 1 + (abs(argument) if is_count else self.weigh(argument)))
        if name in FORMATTING and isinstance(subject, str):
            _fix_widths(name, subject)
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


def _parts(value: Any) -> Collection[Any]:
    """What a value holds."""
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    if isinstance(value, (list, tuple, set, frozenset, KeysView, ValuesView, ItemsView)):
        return value
    return ()


def _depth(value: Any) -> int:
    """How many levels a value has, which does not hold itself."""
    depth, level = 1, [value]
    while level := [part for item in level for part in _parts(item)]:
        depth += 1
    return depth


def _fix_widths(name: str, layout: str) -> None:
    """Allow a layout where its widths stand in it; raises ExhaustedError."""
    if name == "%":
        is_open = bool(STAR.search(layout))
    else:
        try:
            is_open = any("{" in (field[2] or "") for field in Formatter().parse(layout))
        except ValueError:
            return  # it cannot be filled in either
    if is_open:
        raise ExhaustedError("takes the width of a text from a value")
