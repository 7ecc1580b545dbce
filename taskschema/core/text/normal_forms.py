"""Normal forms of text, shared by all rules that compare texts."""

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
# Mapped over thousands of texts, so they run in C.
TAILS, ENDINGS = itemgetter(slice(-TAIL, None)), itemgetter(slice(-ENDING, None))
SIGMA = "\N{GREEK CAPITAL LETTER SIGMA}"
TO_LOWER = bytes(range(256)).lower()
# Punctuation of several scripts that ends, separates or encloses.
MARKS = (
    " .,;:!?\"'`()[]{}\u2018\u2019\u201c\u201d\u00ab\u00bb"
    "\u0964\u3001\u3002\u300c\u300d\uff01\uff0c\uff1f"
)


def normalise(text: str) -> str:
    """Return the text in lower case with runs of white space collapsed."""
    return " ".join(text.split()).lower()


def bare(text: str) -> str:
    """Return the normal form without surrounding punctuation: `yes` for "Yes."."""
    return normalise(text).strip(MARKS)


def folded(name: str) -> str:
    """Return a name as Windows and macOS compare file names: lower case, accents composed."""
    if name.isascii():
        return name.lower()
    return normalize("NFC", normalize("NFC", name).lower())


def loose_keys(texts: Sequence[str]) -> list[bytes]:
    """Return a key per text; texts with equal normal forms have equal keys.

    Texts with different normal forms may share a key ("a b" and "ab"): compare `normalise` if keys
    are equal. One pass in C over all texts is several times faster than normalising each text.
    """
    keys = _squeezed("\0".join(texts)).split(b"\0")
    # A text that contains the separator itself results in too many keys.
    return keys if len(keys) == len(texts) else [_squeezed(text) for text in texts]


def loose_endings(texts: Sequence[str]) -> list[bytes]:
    """Return the last `ENDING` bytes of each loose key, computed from the ends of the texts."""
    tails = list(map(TAILS, texts))
    keys = loose_keys(tails)
    # A short ending is correct only if the tail is the whole text. And the lower case of a final
    # sigma depends on the letters before it, which the tail may lack.
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
    """Return the first `ENDING` bytes of each loose key, computed from the starts of the texts."""
    beginnings = [text[:TAIL] for text in texts]
    keys = loose_keys(beginnings)
    for index, (key, beginning) in enumerate(zip(keys, beginnings, strict=True)):
        if (len(key) < ENDING and len(texts[index]) > TAIL) or SIGMA in beginning:
            keys[index] = _squeezed(texts[index])
    return [key[:ENDING] for key in keys]


def _squeezed(text: str) -> bytes:
    """Return the text in lower case without white space, as UTF-8."""
    raw = text.encode()
    if not text.isascii():
        # Most characters beyond ASCII have no case, and few are spaces: check those only.
        beyond = raw.translate(None, ASCII).decode()
        if beyond != beyond.lower() or any(space in beyond for space in OTHER_SPACE):
            text = text.lower()
            for space in OTHER_SPACE:
                if space in text:
                    text = text.replace(space, "")
            raw = text.encode()
    return raw.translate(TO_LOWER, ASCII_SPACE)
