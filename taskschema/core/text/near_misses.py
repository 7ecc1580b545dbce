"""Near misses: known words that are close to a misspelled word."""

from collections.abc import Iterable
from difflib import get_close_matches

from taskschema.core.text.normal_forms import normalise

__all__ = ["near_misses"]


def near_misses(word: str, words: Iterable[str]) -> list[str]:
    """Return at most three of the words that are close to `word`, the closest first."""
    known = {normalise(candidate).replace("_", " "): candidate for candidate in words}
    close = get_close_matches(normalise(word).replace("_", " "), known, n=3, cutoff=0.75)
    return [known[match] for match in close]
