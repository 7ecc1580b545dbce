"""Selects findings by the codes of their rules, with the semantics of ruff."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from taskschema.core.errors import ConfigError
from taskschema.core.text.near_misses import near_misses
from taskschema.rules.rule import RULES

__all__ = ["Selection", "known_codes"]


def known_codes() -> dict[str, str]:
    """Map the code of every rule to its name, from file names, without importing any rule."""
    names = (name.split("_", 1) for name in RULES.names())
    return {code.upper(): rest.replace("_", "-") for code, rest in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Selected and ignored codes or prefixes of codes: `INS` is all rules on instances.

    The longest matching prefix decides. Of two equal ones, `ignore` decides.
    """

    select: Sequence[str] = ()
    """If empty, every rule is selected."""
    ignore: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Refuse prefixes that match no code.

        Raises:
            ConfigError: the message names every such prefix, with near misses.
        """
        codes = known_codes()
        unknown = [
            _unknown(word, codes)
            for word in (*self.select, *self.ignore)
            if not word or not any(code.startswith(word) for code in codes)
        ]
        if unknown:
            raise ConfigError(" ".join(unknown))

    def takes(self, code: str) -> bool:
        """Whether findings of a code are selected."""
        selected = _longest(code, self.select) if self.select else 0
        return selected is not None and ((_longest(code, self.ignore) or -1) < selected)


def _unknown(word: str, codes: Mapping[str, str]) -> str:
    upper, name = word.upper(), word.lower()
    nearest = [upper] if upper and any(code.startswith(upper) for code in codes) else []
    nearest += [code for code, known in codes.items() if known == name]
    nearest += near_misses(upper, codes)
    if nearest:
        advice = f"Did you mean {nearest[0]}?"
    else:
        advice = "Run `taskschema explain` to list all rules."
    return f"{word!r} matches no rule code. {advice}"


def _longest(code: str, words: Iterable[str]) -> int | None:
    """Return the length of the longest prefix that a code starts with, or None."""
    return max((len(word) for word in words if code.startswith(word)), default=None)
