"""Names and tags of languages, one canonical name per tag, looked up exactly and never guessed.

SuperNI writes languages by name ("Modern Greek (1453-)"), BCP 47 and the schema by tag ("el"). The
table, `schemas/vocabulary/languages.json`, holds the facts of ISO 639 and is built by
`scripts/build_languages.py`, which says how a name comes to stand for one tag only.
"""

import re
from collections.abc import Collection
from functools import cache
from typing import cast

import orjson

from taskschema.schema import published_files

__all__ = ["canonical_tag", "is_tag", "name_of", "names", "tag_of", "tags", "words_for"]

EXTENDED = re.compile("(?!zh-min)(?:ar|sgn|zh|ms|sw|lv|kok|uz)-([a-z]{3})(?=-|$)", re.IGNORECASE)
"""A language written below its macrolanguage, as RFC 4646 had it: `zh-yue` for `yue`."""

SHORTER = {"hbs": "sh", "tgl": "tl"}
"""Long codes of ISO 639 that langcodes, after CLDR, takes for those of `sr` and `fil`."""

WORD = re.compile(r"[^\W\d_]+")
GENERIC_WORDS = frozenset(
    {"ancient", "central", "classical", "creole", "eastern", "individual", "language", "languages"}
    | {"lower", "macrolanguage", "middle", "modern", "northern", "old", "sign", "southern"}
    | {"standard", "upper", "western", "north", "south", "east", "west", "and", "the", "of"}
)
"""Words in names of languages that do not say which one."""

OTHER_NAMES = {
    "ak": "twi fante",
    "am": "አማርኛ",
    "ar": "العربية",
    "az": "azeri",
    "be": "belarusian byelorussian",
    "bg": "български",
    "bn": "bangla বাংলা",
    "bs": "serbo",
    "ca": "valencian català",
    "ckb": "sorani",
    "cs": "čeština",
    "cmn": "中文",
    "de": "deutsch",
    "dv": "maldivian divehi",
    "el": "ελληνικά",
    "es": "castilian español",
    "eu": "euskara",
    "fa": "farsi dari فارسی",
    "fi": "suomi",
    "fil": "tagalog",
    "fr": "français",
    "ga": "gaelic",
    "gu": "ગુજરાતી",
    "he": "עברית",
    "hi": "hinglish हिन्दी हिंदी",
    "hr": "serbo hrvatski",
    "ht": "haitian creole kreyòl",
    "hu": "magyar",
    "id": "bahasa",
    "it": "italiano",
    "ja": "日本語",
    "ka": "ქართული",
    "km": "cambodian",
    "kn": "ಕನ್ನಡ",
    "ko": "hangul 한국어",
    "kmr": "kurmanji",
    "ku": "kurmanji",
    "ky": "kyrgyz",
    "lg": "luganda",
    "lo": "laotian",
    "mi": "māori",
    "ml": "മലയാളം",
    "mr": "मराठी",
    "ms": "bahasa melayu",
    "my": "myanmar",
    "nb": "norwegian",
    "ne": "नेपाली",
    "ng": "oshindonga",
    "nl": "flemish nederlands",
    "nso": "sepedi",
    "ny": "chichewa nyanja",
    "or": "odia",
    "ory": "odia",
    "pa": "ਪੰਜਾਬੀ",
    "pl": "polski",
    "ps": "pashto pushto",
    "pt": "português",
    "rn": "kirundi",
    "ro": "moldavian moldovan română",
    "ru": "русский",
    "sd": "sindhi",
    "si": "sinhalese",
    "sr": "serbo srpski српски",
    "st": "sesotho",
    "sv": "svenska",
    "sw": "kiswahili",
    "ta": "தமிழ்",
    "te": "తెలుగు",
    "th": "ไทย",
    "tl": "filipino",
    "tn": "setswana",
    "tr": "türkçe",
    "ug": "uyghur uighur",
    "uk": "українська",
    "ur": "اردو",
    "uz": "o'zbek",
    "vi": "tiếng",
    "xh": "isixhosa",
    "yue": "中文 粵語",
    "zh": "mandarin cantonese 中文 汉语",
    "zlm": "bahasa melayu",
    "zu": "isizulu",
}
"""What languages are also called: other English names, and their own."""


@cache
def _names() -> dict[str, list[str]]:
    """Tag -> canonical name, then further names."""
    document = orjson.loads(published_files.read("vocabulary/languages.json"))
    return cast("dict[str, list[str]]", document["languages"])


@cache
def _tags() -> dict[str, str]:
    """Name, canonical or further -> tag."""
    return {name: tag for tag, names in _names().items() for name in names}


def tag_of(name: str) -> str | None:
    """The BCP 47 tag of a language named as ISO 639 names it, or None.

    A further name has a tag as well ("Punjabi", `pa`): who must give the very words back compares
    `name_of(tag_of(name))` with `name`.
    """
    return _tags().get(name)


def tags() -> Collection[str]:
    """Every tag of one subtag that has a name."""
    return _names().keys()


def names() -> Collection[str]:
    """Every name that has a tag, canonical or further."""
    return _tags().keys()


def name_of(tag: str) -> str | None:
    """The canonical name of a tag that is one subtag, in lower case, or None ("zh-Hant")."""
    names = _names().get(tag)
    return names[0] if names else None


def words_for(tag: str) -> frozenset[str]:
    """Words of which one is in every usual name of a language, in lower case; none if unknown.

    "Standard Arabic" and "Egyptian Arabic" are both called "arabic", `fa` is also "farsi".
    """
    words = {word for name in _names().get(tag, ()) for word in WORD.findall(name.lower())}
    return frozenset(words - GENERIC_WORDS) | frozenset(OTHER_NAMES.get(tag, "").split())


def is_tag(text: str) -> bool:
    """Whether a text is a valid BCP 47 tag, canonical or not."""
    if text in _names():
        return True
    import langcodes  # noqa: PLC0415 - most tags are in our own table

    # BCP 47 has no underscore, though the library takes one.
    return "_" not in text and langcodes.tag_is_valid(text)


def canonical_tag(tag: str) -> str:
    """The one spelling of a valid BCP 47 tag: `en` for `EN`, `eng` and `en-Latn`, `he` for `iw`.

    What the table has is canonical: `tl` is not made `fil`, though CLDR takes it for the same.
    """
    if tag in _names():
        return tag
    import langcodes  # noqa: PLC0415 - most tags are in our own table

    if (match := EXTENDED.match(tag)) and match[1].lower() in _names():
        tag = tag[match.start(1) :]
    if whole := langcodes.data_dicts.LANGUAGE_REPLACEMENTS.get(tag.lower() if "-" in tag else ""):
        return str(whole)  # registered as one, such as `zh-min-nan` and `art-lojban`
    language, hyphen, rest = tag.partition("-")
    language = SHORTER.get(language.lower(), language.lower())
    canonical = langcodes.standardize_tag(language + hyphen + rest)
    if language in _names() and canonical.partition("-")[0] != language:
        # A language of the table stays as it is; only the rest may be spelled otherwise.
        return language + langcodes.standardize_tag(f"und{hyphen}{rest}").removeprefix("und")
    return canonical
