# ruff: noqa: RUF001 - this module is about characters that look like others
"""Finds mojibake with `ftfy.badness.is_bad`, which is called for few places only.

`is_bad` takes 0.1 s for a megabyte of text. Every sequence that it calls bad (ftfy 6.3.1,
`BADNESS_RE`) contains a character of RARE or PUNCTUATION next to another of those or to a LETTER,
or is one of the exceptions in CANDIDATE. The tests of text rules compare this with `is_bad` alone.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from taskschema.schema.text_search import Screen, Shaped, Texts

__all__ = ["bad_places"]

CONTROLS = "\x80-\x9f"
RARE = (
    CONTROLS + "¢-¨ª¬¯±-³µ¶¸-º¼-¾À-ÑØÙÜÝ×÷ĂĀĄĆČĎĐĘĚĒĖĞĢİĪĶĹĽŁĻŃŇŅŒœŘŚŞŠŢŤŮŰŸŹŻŽšžƒҐґˆˇ˘˛˜"
    "†‡‰⌐◊\ufffd₧€⁄№∂∆∏∑√∞∩∫≈≠≡≤≥│┌┐┘├┤┬┼═-╬▀▄█▌▐░▒▓Ђ"
)
PUNCTUATION = "¡«¿©΄΅‘‚“„•‹\uf8ff®»˝”›™°"
LETTER = "ß-ñăąāćčďđęěēėğģįīķĺľłļńŕśşťüźżžřňò-öø-üŐŌŪŲÒ-ÖÙ-ÛﬁﬂšœÞ"
MEETS = f"{RARE}{PUNCTUATION}{LETTER}"
CANDIDATE = re.compile(
    rf"[{RARE}{PUNCTUATION}](?:"
    rf"(?<=[{CONTROLS}ÂÃŒœÎÐØÙ€√≈])"  # bad next to common characters, or alone
    rf"|(?=[{MEETS}])|(?<=[{MEETS}][{RARE}])|(?<=[{RARE}{PUNCTUATION}].)"
    rf"|(?<=[{LETTER}].)(?=[^\x00-/:-@\[-^`{{-\x7f])"  # `é”a` is bad; `é”` ends a quotation
    r"|(?<=[\u0370-\u04ff][À-ÑØÜÝĂĀĄĆČĎĐĘĚĒĖĞĢİĪĶĹĽŁĻŃŇŅŒŘŚŞŠŢŤŮŰŸŹŻŽҐ])"
    r"|(?<=[\u0370-\u04ff][¦¤¨¬¯¸ƒˆˇ˘˛˜†‡‰⌐◊\ufffdªº])"
    r"|(?<=[ВГРС].)(?=[ВГРС])|(?<=[ΒΓΞΟ].)(?=[ΒΓΞΟ])|(?<=[вВ]Ђ))",
    re.DOTALL,
)
LONGEST = 6  # characters of the longest bad sequence
MARK = "0"  # starts no bad sequence, and keeps `is_bad` from seeing the start of a text

# Without Latin letters beyond ASCII, every bad sequence contains a character of RARE, or
# PUNCTUATION between two Greek or Cyrillic letters. In UTF-8 such a character has two or three
# bytes and starts with C2, E2, or a byte of SINGLE. The tables map the relevant bytes to letters.
LATIN = b"\xc3\xc4\xc5\xc6\xcb"
SINGLE = {b"\xef": "\ufffd\uf8ffﬁﬂ", b"\xd0": "Ђ", b"\xd2": "Ґґ", b"\xce": "΄΅"}
AFTER_C2 = re.sub(f"[^{RARE}]", "", "".join(map(chr, range(0x80, 0xC0)))).encode("latin-1")
AFTER_E2 = b"\x81\x82\x84\x88\x89\x8c\x94\x95\x96\x97"
LATER = bytes(range(0x80, 0xC0))
TWO = bytes.maketrans(b"\xc2" + AFTER_C2, b"2" + b"r" * len(AFTER_C2))
THREE = bytes.maketrans(b"\xe2\x80\xa0\xa1\xb0" + AFTER_E2, b"30ddd" + b"r" * len(AFTER_E2))
BETWEEN = bytes.maketrans(b"\xc2\xe2\xce\xd0" + LATER, b"23LL" + b"c" * len(LATER))
SCREENS = (
    Shaped(b"2r", TWO),
    *(Shaped(b"3r", THREE), Shaped(b"30d", THREE)),  # the second: daggers and per mille
    *(Shaped(b"c2cL", BETWEEN), Shaped(b"c3ccL", BETWEEN)),
)


# In a text that is mostly ASCII, a bad sequence contains two adjacent characters beyond ASCII, or
# is one of the few kinds with a single one.
LEADS = bytes(range(0xC2, 0xF5))  # the first bytes of characters beyond ASCII
FEW = 1 / 100  # of all bytes; in French text, one byte in 25 is beyond ASCII
NEIGHBOURS = bytes.maketrans(LATER + LEADS, b"c" * len(LATER) + b"L" * len(LEADS))
BY_THEMSELVES = bytes.maketrans(b"\xc2" + bytes(range(0x80, 0xA0)), b"2" + b"d" * 0x20)
AMONG_ASCII: tuple[Screen, ...] = (
    *(Shaped(b"cL", NEIGHBOURS), Shaped(b"2d", BY_THEMSELVES)),
    *(sign.encode() for sign in "ÂÃŒœ"),
)


def bad_places(texts: Texts) -> Iterator[tuple[str, str]]:
    """Yield the pointer of every text with mojibake, and the first bad characters in context.

    For most tasks the screens on the bytes already exclude mojibake.
    """
    if texts.share_beyond_ascii < FEW:
        for pointer, match in texts.found(CANDIDATE, AMONG_ASCII):
            if window := _bad_window(match.string):
                yield pointer, window
    elif texts.hold_any(LATIN) or _holds_single(texts):
        candidates = filter(CANDIDATE.search, texts.beyond_ascii)
        bad = {text: window for text in candidates if (window := _bad_window(text))}
        for pointer, text in texts.places_of(bad):
            yield pointer, bad[text]


def _holds_single(texts: Texts) -> bool:
    return texts.hold(*SCREENS) or any(
        texts.hold(first) and texts.hold(*(sign.encode() for sign in signs))
        for first, signs in SINGLE.items()
    )


def _bad_window(text: str) -> str:
    for match in CANDIDATE.finditer(text):
        start = max(0, match.start() - LONGEST)
        window = text[start : match.end() + LONGEST]
        if _is_bad((MARK if start else "") + window):
            return window
    return ""


def _is_bad(text: str) -> bool:
    return bool(_badness().is_bad(text))


@cache
def _badness() -> Any:
    """Load the module `ftfy.badness` alone; the whole package takes five times as long."""
    package = find_spec("ftfy")
    folders = package.submodule_search_locations if package else None
    if not folders:
        raise ModuleNotFoundError("ftfy")
    spec = spec_from_file_location("taskschema._badness", Path(folders[0], "badness.py"))
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError("ftfy.badness")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
