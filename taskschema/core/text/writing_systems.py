"""Scripts of languages, and the script of texts.

Scripts are named by their ISO 15924 codes. The script of a letter is the first word of its Unicode
name. The likely scripts of languages are facts from CLDR (likelySubtags) and from `Suppress-Script`
of the IANA language subtag registry. Languages written in several scripts (Serbian, Uzbek, Kurdish,
Kazakh, Malay, Sanskrit ...) have no entry, or an entry with all of their scripts.
"""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import TypeAlias

__all__ = ["name_of_script", "sample", "scripts_of", "unexpected_script"]

Texts: TypeAlias = Sequence[str] | Sequence[list[str]]
"""Inputs, or outputs with their alternatives."""

FEW, MANY = 8, 200  # texts: enough to accept a script, and enough to reject it
LONGEST = 200  # characters of one text, half from its start and half from its end
LEAST_LETTERS = 300
LEAST_LETTERS_EACH = 10  # texts with fewer letters are codes, formulas or single words
CLEAR = 0.5  # share of expected letters that accepts a script
# Share of expected letters that rejects a script. Latin names and terms occur in every script.
NEXT_TO_NONE = {"Latn": 0.05}
ELSE_NEXT_TO_NONE = 0.01

# Script -> the first word of its letters' Unicode names.
WORDS = {
    "Arab": "ARABIC",
    "Armn": "ARMENIAN",
    "Beng": "BENGALI",
    "Cher": "CHEROKEE",
    "Cyrl": "CYRILLIC",
    "Deva": "DEVANAGARI",
    "Ethi": "ETHIOPIC",
    "Geor": "GEORGIAN",
    "Grek": "GREEK",
    "Gujr": "GUJARATI",
    "Guru": "GURMUKHI",
    "Hang": "HANGUL",
    "Hani": "CJK",
    "Hebr": "HEBREW",
    "Hira": "HIRAGANA",
    "Kana": "KATAKANA",
    "Khmr": "KHMER",
    "Knda": "KANNADA",
    "Laoo": "LAO",
    "Latn": "LATIN",
    "Mlym": "MALAYALAM",
    "Mong": "MONGOLIAN",
    "Mymr": "MYANMAR",
    "Orya": "ORIYA",
    "Sinh": "SINHALA",
    "Syrc": "SYRIAC",
    "Taml": "TAMIL",
    "Telu": "TELUGU",
    "Thaa": "THAANA",
    "Thai": "THAI",
    "Tibt": "TIBETAN",
}
CODES = {word: code for code, word in WORDS.items()}
WIDTHS = ("FULLWIDTH", "HALFWIDTH")  # the script is the second word
NAMES = {"Hani": "Han"}

# Codes that stand for several scripts.
SEVERAL = {
    "Hans": "Hani",
    "Hant": "Hani",
    "Hrkt": "Hira Kana",
    "Jpan": "Hani Hira Kana",
    "Kore": "Hang Hani",
}

# Scripts -> the languages that are written in them.
LANGUAGES = {
    "Arab": "apc ar arb arz ckb fa glk mzn pes prs ps skr ur",
    "Arab Guru": "pa",
    "Arab Deva": "ks sd",
    "Armn": "hy",
    "Beng": "as bn",
    "Cyrl": "ba be bg ce cv kv mhr mk os ru sah udm uk",
    "Deva": "awa bho hi hne mag mai mr ne new",
    "Ethi": "am ti",
    "Geor": "ka xmf",
    "Grek": "el grc",
    "Gujr": "gu",
    "Hang Hani": "ko",
    "Hani": "cmn hak lzh wuu yue zh",
    "Hani Hira Kana": "ja",
    "Hebr": "he yi",
    "Khmr": "km",
    "Knda": "kn tcy",
    "Laoo": "lo",
    "Latn": (
        "af ast br ca ceb co cs cy da de en eo es et eu fi fil fj fo fr fy ga gd gl gn haw hr ht "
        "hu id ig ilo is it jv kl la lb lg ln lt lv mg mi mt nb nl nn no nso ny oc om pl pt qu rm "
        "rn ro rw sc sg sk sl sm sn so sq ss st sv sw tl tn to tr ts ve vi war wo xh yo zu"
    ),
    "Mlym": "ml",
    "Mymr": "my shn",
    "Orya": "or ory",
    "Sinh": "si",
    "Taml": "ta",
    "Telu": "te",
    "Thaa": "dv",
    "Thai": "th",
    "Tibt": "bo dz",
}


@cache
def _scripts_of_languages() -> dict[str, frozenset[str]]:
    return {
        tag: frozenset(scripts.split())
        for scripts, tags in LANGUAGES.items()
        for tag in tags.split()
    }


def scripts_of(tag: str) -> frozenset[str]:
    """Return the scripts in which a BCP 47 tag is written; none if they are not certain."""
    language, *others = tag.split("-")
    for subtag in others:
        code = subtag.capitalize()
        if len(code) == 4 and code.isalpha():  # noqa: PLR2004 - only scripts have four letters
            code = SEVERAL.get(code, code)
            return frozenset(code.split()) & WORDS.keys()
        if len(subtag) == 1:
            break  # an extension or private use follows
    return _scripts_of_languages().get(language.lower(), frozenset())


def name_of_script(code: str) -> str:
    """Return the English name of a script: "Cyrillic"."""
    return NAMES.get(code, WORDS[code].capitalize())


def unexpected_script(texts: Texts, expected: frozenset[str]) -> str | None:
    """Return the main script of a sample if next to no letter is in an expected script.

    None if the expected scripts occur, or if the sample has too few letters to decide.
    """
    few = sample(texts, FEW)
    if "Latn" in expected and 2 * sum(map(str.isascii, few)) >= len(few):
        return None  # all letters of ASCII are Latin
    for size in (FEW, MANY):
        chosen = sample(texts, size)
        counts = _count_scripts("".join(chosen))
        letters = counts.total()
        fitting = sum(counts[code] for code in expected)
        if letters and fitting >= CLEAR * letters:
            return None
    if letters < max(LEAST_LETTERS, LEAST_LETTERS_EACH * len(chosen)):
        return None
    if fitting > letters * max(NEXT_TO_NONE.get(code, ELSE_NEXT_TO_NONE) for code in expected):
        return None
    return counts.most_common(1)[0][0]


def sample(texts: Texts, size: int = MANY) -> list[str]:
    """Return texts, or first alternatives, spread over a task; long texts lose their middle."""
    rows = texts[:: -(-len(texts) // size) or 1]
    chosen = [row if isinstance(row, str) else row[0] for row in rows if row]
    half = LONGEST // 2
    return [text if len(text) <= LONGEST else text[:half] + text[-half:] for text in chosen]


def _count_scripts(text: str) -> Counter[str]:
    """Count the letters of a text by script; scripts outside the table are not counted."""
    counts: Counter[str] = Counter()
    for letter, count in Counter(text).items():
        if code := _script_of(letter):
            counts[code] += count
    return counts


@cache
def _script_of(letter: str) -> str | None:
    if not letter.isalpha():
        return None
    first, _, rest = unicodedata.name(letter, "").partition(" ")
    return CODES.get(rest.partition(" ")[0] if first in WIDTHS else first)
