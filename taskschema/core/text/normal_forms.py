"""Normal forms of text, shared so that every rule compares texts the same way."""

from collections.abc import Sequence
from operator import itemgetter
from unicodedata import normalize

__all__ = [
    "bare",
    "folded",
    "loose_beginnings",
    "loose_endings",
    "loose_keys",
    "normalise",
]

ASCII = bytes(range(128))
ASCII_SPACE = b" \t\n\v\f\r\x1c\x1d\x1e\x1f"
OTHER_SPACE = "\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
TAIL, ENDING = 48, 32  # characters, bytes
# Called by the thousand, and in C.
TAILS, ENDINGS = itemgetter(slice(-TAIL, None)), itemgetter(slice(-ENDING, None))
SIGMA = "\N{GREEK CAPITAL LETTER SIGMA}"
TO_LOWER = bytes(range(256)).lower()
# Of several scripts: they end a sentence, part it, or enclose it.
MARKS = (
    " .,;:!?\"'`()[]{}\u2018\u2019\u201c\u201d\u00ab\u00bb"
    "\u0964\u3001\u3002\u300c\u300d\uff01\uff0c\uff1f"
)


def normalise(text: str) -> str:
    """The text with white space collapsed and letters in lower case."""
    return " ".join(text.split()).lower()


def bare(text: str) -> str:
    """The normal form without the marks round it: `yes` for "Yes."."""
    return normalise(text).strip(MARKS)


def folded(name: str) -> str:
    """A name as the disks of Windows and macOS compare names: without case, accents composed."""
    if name.isascii():
        return name.lower()
    return normalize("NFC", normalize("NFC", name).lower())


def loose_keys(texts: Sequence[str]) -> list[bytes]:
    """A key per text such that texts with equal normal forms have equal keys.

    The reverse need not hold ("a b" and "ab" share a key): compare `normalise` where keys collide.
    One pass in C over all texts together, which is several times faster than a normal form each.
    """
    keys = _squeezed("\0".join(texts)).split(b"\0")
    # A text that holds the separator itself makes too many keys.
    return keys if len(keys) == len(texts) else [_squeezed(text) for text in texts]


def loose_endings(texts: Sequence[str]) -> list[bytes]:
    """The last `ENDING` bytes of each loose key: looser, and found from the ends of the texts."""
    tails = list(map(TAILS, texts))
    keys = loose_keys(tails)
    # An ending may be shorter than that only where the tail is the whole text; and what the one
    # letter becomes whose lower case depends on what stands before it, the tail may not know.
    if min(map(len, keys), default=ENDING) < ENDING:
        for index, key in enumerate(keys):
            if len(key) < ENDING and len(texts[index]) > TAIL:
                keys[index] = _squeezed(texts[index])
    if SIGMA in "".join(tails):
        for index, tail in enumerate(tails):
            if SIGMA in tail:
                keys[index] = _squeezed(texts[index])
    return list(map(ENDINGS, keys))


def loose_beginnings(texts: Sequence[str]) -> list[bytes]:
    """The first `ENDING` bytes of each loose key, found from the beginnings of the texts."""
    beginnings = [text[:TAIL] for text in texts]
    keys = loose_keys(beginnings)
    for index, (key, beginning) in enumerate(zip(keys, beginnings, strict=True)):
        if (len(key) < ENDING and len(texts[index]) > TAIL) or SIGMA in beginning:
            keys[index] = _squeezed(texts[index])
    return [key[:ENDING] for key in keys]


def _squeezed(text: str) -> bytes:
    """The text in lower case and without white space."""
    raw = text.encode()
    if not text.isascii():
        # Most characters beyond ASCII have no case, and few are spaces: a look at them is enough.
        beyond = raw.translate(None, ASCII).decode()
        if beyond != beyond.lower() or any(space in beyond for space in OTHER_SPACE):
            text = text.lower()
            for space in OTHER_SPACE:
                if space in text:
                    text = text.replace(space, "")
            raw = text.encode()
    return raw.translate(TO_LOWER, ASCII_SPACE)
