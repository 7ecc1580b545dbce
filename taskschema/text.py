"""Normal forms of text and near misses of words, shared so that everybody counts the same."""

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["loose_keys", "near_misses", "normalise", "quote"]

ASCII_SPACE = b" \t\n\v\f\r\x1c\x1d\x1e\x1f"
OTHER_SPACE = "\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
TO_LOWER = bytes(range(256)).lower()
LONGEST_QUOTE = 60


def normalise(text: str) -> str:
    """The text with white space collapsed and letters in lower case."""
    return " ".join(text.split()).lower()


def loose_keys(texts: list[str]) -> list[bytes]:
    """A key per text such that texts with equal normal forms have equal keys.

    The reverse need not hold ("a b" and "ab" share a key): compare `normalise` where keys collide.
    One pass in C over all texts together, which is several times faster than a normal form each.
    """
    joined = "\0".join(texts)
    if not joined.isascii():
        joined = joined.lower()
        for space in OTHER_SPACE:
            if space in joined:
                joined = joined.replace(space, "")
    keys = joined.encode().translate(TO_LOWER, ASCII_SPACE).split(b"\0")
    if len(keys) == len(texts):
        return keys
    return [normalise(text).encode() for text in texts]  # a text holds the separator itself


def near_misses(word: str, words: Iterable[str]) -> list[str]:
    """At most three of the words that someone may have meant, the likeliest first."""
    known = {normalise(candidate).replace("_", " "): candidate for candidate in words}
    close = get_close_matches(normalise(word).replace("_", " "), known, n=3, cutoff=0.75)
    return [known[match] for match in close]


def quote(text: str) -> str:
    """The text on one line and in quotation marks, cut where it is long."""
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= LONGEST_QUOTE else f'"{line[:LONGEST_QUOTE]}..."'
