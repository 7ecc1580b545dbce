"""The script a language is written in, and the script of a letter.

Scripts have their codes of ISO 15924, letters their script by the first word of their Unicode name.
The likely scripts of languages are facts of CLDR (likelySubtags) and of the `Suppress-Script` of
the IANA language subtag registry. Languages in use in several scripts (Serbian, Uzbek, Kurdish,
Kazakh, Malay, Sanskrit ...) have no entry, or one with all of their scripts.
"""

import unicodedata
from collections import Counter
from functools import cache

__all__ = ["count_scripts", "name_of_script", "scripts_of"]

# Script -> the word its letters' names begin with.
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
WIDTHS = ("FULLWIDTH", "HALFWIDTH")  # the script is the word after it
NAMES = {"Hani": "Han"}

# Codes that stand for several scripts.
SEVERAL = {
    "Hans": "Hani",
    "Hant": "Hani",
    "Hrkt": "Hira Kana",
    "Jpan": "Hani Hira Kana",
    "Kore": "Hang Hani",
}

# Script, or scripts -> the languages that are written in it.
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
    """The scripts that texts of a BCP 47 tag are written in; none where that is not well known."""
    language, *others = tag.split("-")
    for subtag in others:
        code = subtag.capitalize()
        if len(code) == 4 and code.isalpha():  # noqa: PLR2004 - only scripts have four letters
            code = SEVERAL.get(code, code)
            return frozenset(code.split()) & WORDS.keys()
        if len(subtag) == 1:
            break  # what follows is an extension, or private
    return _scripts_of_languages().get(language.lower(), frozenset())


def name_of_script(code: str) -> str:
    """The English name of a script: "Cyrillic"."""
    return NAMES.get(code, WORDS[code].capitalize())


def count_scripts(text: str) -> Counter[str]:
    """How many letters of each script a text has; other scripts than the table's do not count."""
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
