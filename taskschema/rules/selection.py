"""Which findings of a run are wanted: by the codes of rules, in the way of ruff."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from taskschema.core.errors import ConfigError
from taskschema.core.text.near_misses import near_misses
from taskschema.rules.rule import RULES

__all__ = ["Selection", "known_codes"]


def known_codes() -> dict[str, str]:
    """The name of every rule by its code, told by the names of the files: no rule is imported."""
    names = (name.split("_", 1) for name in RULES.names())
    return {code.upper(): rest.replace("_", "-") for code, rest in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Codes, or how several of them begin: `INS` is all rules on instances.

    The longer of two that fit a code decides, and where they are the same `ignore` does.
    """

    select: Sequence[str] = ()
    """Without any, every rule is selected."""
    ignore: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Refuse what no code begins with.

        Raises:
            ConfigError: names all of it, with what may have been meant.
        """
        codes = known_codes()
        faults = [
            _unknown(word, codes)
            for word in (*self.select, *self.ignore)
            if not word or not any(code.startswith(word) for code in codes)
        ]
        if faults:
            raise ConfigError(" ".join(faults))

    def takes(self, code: str) -> bool:
        """Whether findings of a code are wanted."""
        wanted = _longest(code, self.select) if self.select else 0
        return wanted is not None and ((_longest(code, self.ignore) or -1) < wanted)


def _unknown(word: str, codes: Mapping[str, str]) -> str:
    upper, name = word.upper(), word.lower()
    meant = [upper] if upper and any(code.startswith(upper) for code in codes) else []
    meant += [code for code, known in codes.items() if known == name]
    meant += near_misses(upper, codes)
    cure = f"Did you mean {meant[0]}?" if meant else "`taskschema explain` lists all."
    return f"{word!r} is no code of a rule and begins none. {cure}"


def _longest(code: str, words: Iterable[str]) -> int | None:
    """The length of the longest word that a code begins with."""
    return max((len(word) for word in words if code.startswith(word)), default=None)
