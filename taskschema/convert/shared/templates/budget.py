"""The budget of a template, so that none takes long or fills the memory.

Each step and each character of a result costs something. An operation that makes much out of
little, such as a repetition, is paid before it runs. A list costs as much as everything in it, so
that lists of lists cannot grow unnoticed.
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
"""Filters, methods of texts and operators whose result may be larger than their arguments."""
INDENTING = frozenset({"pprint", "tojson"})
SQUARING = frozenset(
    {"urlize", "wordwrap"}
)  # their time grows with the square of the length of a word
LIGHT = frozenset(
    (
        *("append", "choice", "d", "default", "endswith", "first", "get", "items", "keys", "last"),
        *("length", "random", "setdefault", "startswith", "values"),
    )
)
"""Filters and methods that do not read their whole argument."""
NUMBER = re.compile(r"\d{1,9}")
STAR = re.compile(r"%(?:\([^)]*\))?[-#0 +\d.]*\*")  # a format whose width is a value
ITEM = 10  # cost of a value, in characters
BITS = 3  # of a number, for the cost of a character
MAX_BITS = 10_000  # of a number


class ExhaustedError(Exception):
    """A template exceeds its budget."""


class Budget:
    """The remaining budget of one rendering."""

    def __init__(self) -> None:
        self.steps = self.characters = 0
        self.renew()

    def renew(self) -> None:
        """Restore the full budget."""
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
        """Pay for a value and everything in it; raises ExhaustedError.

        Returns:
            The cost in characters.
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
                # Paid before they are visited, as a list may contain itself.
                self.spend(ITEM * len(parts))
                waiting += parts
        return before - self.characters

    def paid(self, value: Any) -> Any:
        """Return a value after paying for it; the items of an iterator are paid one by one."""
        if isinstance(value, Iterator):
            return self._each(value)
        self.weigh(value)
        return value

    def each(self, values: Iterable[Any]) -> Iterator[Any]:
        """Yield the items of a loop; each costs a step."""
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
        """Pay for the largest possible result of an operation."""
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
        """Check the size of a power; raises ExhaustedError."""
        if isinstance(base, int) and isinstance(exponent, int):
            _hold(base.bit_length() * abs(exponent))


def _hold(bits: int) -> None:
    if bits > MAX_BITS:
        raise ExhaustedError(f"makes a number of more than {MAX_BITS:,} bits")


def _parts(value: Any) -> Collection[Any]:
    """The items of a value, and its keys."""
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    if isinstance(value, (list, tuple, set, frozenset, KeysView, ValuesView, ItemsView)):
        return value
    return ()


def _depth(value: Any) -> int:
    """The number of levels of a value that does not contain itself."""
    depth, level = 1, [value]
    while level := [part for item in level for part in _parts(item)]:
        depth += 1
    return depth


def _fix_widths(name: str, layout: str) -> None:
    """Check that the widths in a layout are constants; raises ExhaustedError."""
    if name == "%":
        is_open = bool(STAR.search(layout))
    else:
        try:
            is_open = any("{" in (field[2] or "") for field in Formatter().parse(layout))
        except ValueError:
            return  # then formatting fails, too
    if is_open:
        raise ExhaustedError("takes the width of a text from a value")
