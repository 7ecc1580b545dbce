"""Near misses: the known words that a misspelled word is close to."""

from collections.abc import Iterable
from difflib import get_close_matches

from taskschema.core.text.normal_forms import normalise

__all__ = ["near_misses"]


def near_misses(word: str, words: Iterable[str]) -> list[str]:
    """At most three of the words that someone may have meant, the likeliest first."""
    known = {normalise(candidate).replace("_", " "): candidate for candidate in words}
    close = get_close_matches(normalise(word).replace("_", " "), known, n=3, cutoff=0.75)
    return [known[match] for match in close]
