"""Language names and BCP 47 tags: one canonical name per tag, exact look-up without guessing.

SuperNI uses names ("Modern Greek (1453-)"), the schema uses tags ("el"). The table
`schemas/vocabulary/languages.json` has the facts of ISO 639 and is built by
`scripts/build_languages.py`, which documents how a shared name gets a single tag.
"""

import re
from collections.abc import Collection
from functools import cache
from typing import cast

import orjson

from taskschema.schema import published_files

__all__ = ["canonical_tag", "is_tag", "name_of", "names", "tag_of", "tags", "words_for"]

EXTENDED = re.compile("(?!zh-min)(?:ar|sgn|zh|ms|sw|lv|kok|uz)-([a-z]{3})(?=-|$)", re.IGNORECASE)
"""A language as an extended subtag of its macrolanguage, as in RFC 4646: `zh-yue` for `yue`."""

SHORTER = {"hbs": "sh", "tgl": "tl"}
"""Three-letter codes of ISO 639 that langcodes, following CLDR, maps to `sr` and `fil`."""

WORD = re.compile(r"[^\W\d_]+")
GENERIC_WORDS = frozenset(
    {"ancient", "central", "classical", "creole", "eastern", "individual", "language", "languages"}
    | {"lower", "macrolanguage", "middle", "modern", "northern", "old", "sign", "southern"}
    | {"standard", "upper", "western", "north", "south", "east", "west", "and", "the", "of"}
)
"""Words in language names that do not identify a language."""

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
"""Other names of languages: English synonyms, and their native names."""


@cache
def _names() -> dict[str, list[str]]:
    """Tag -> canonical name, then alternative names."""
    document = orjson.loads(published_files.read("vocabulary/languages.json"))
    return cast("dict[str, list[str]]", document["languages"])


@cache
def _tags() -> dict[str, str]:
    """Canonical or alternative name -> tag."""
    return {name: tag for tag, names in _names().items() for name in names}


def tag_of(name: str) -> str | None:
    """Return the BCP 47 tag of an ISO 639 language name, or None.

    Alternative names have tags too ("Punjabi", `pa`), so `name_of(tag_of(name))` may differ from
    `name`.
    """
    return _tags().get(name)


def tags() -> Collection[str]:
    """Return all tags with a name; all of them are single subtags."""
    return _names().keys()


def names() -> Collection[str]:
    """Return all names with a tag, canonical and alternative."""
    return _tags().keys()


def name_of(tag: str) -> str | None:
    """Return the canonical name of a tag of one lower-case subtag, or None ("zh-Hant")."""
    names = _names().get(tag)
    return names[0] if names else None


def words_for(tag: str) -> frozenset[str]:
    """Return lower-case words that identify a language in text; none for an unknown tag.

    Every usual name of the language contains one of them: "arabic" for "Egyptian Arabic", "farsi"
    for `fa`.
    """
    words = {word for name in _names().get(tag, ()) for word in WORD.findall(name.lower())}
    return frozenset(words - GENERIC_WORDS) | frozenset(OTHER_NAMES.get(tag, "").split())


def is_tag(text: str) -> bool:
    """Return whether a text is a valid BCP 47 tag, canonical or not."""
    if text in _names():
        return True
    import langcodes  # noqa: PLC0415 - most tags are in our own table

    # The library accepts underscores, which BCP 47 does not allow.
    return "_" not in text and langcodes.tag_is_valid(text)


def canonical_tag(tag: str) -> str:
    """Return the canonical form of a valid BCP 47 tag: `en` for `EN`, `eng` and `en-Latn`.

    Tags of the table are canonical: `tl` does not become `fil`, although CLDR treats them as equal.
    """
    if tag in _names():
        return tag
    import langcodes  # noqa: PLC0415 - most tags are in our own table

    if (match := EXTENDED.match(tag)) and match[1].lower() in _names():
        tag = tag[match.start(1) :]
    if whole := langcodes.data_dicts.LANGUAGE_REPLACEMENTS.get(tag.lower() if "-" in tag else ""):
        return str(whole)  # registered as a whole, such as `zh-min-nan` and `art-lojban`
    language, hyphen, rest = tag.partition("-")
    language = SHORTER.get(language.lower(), language.lower())
    canonical = langcodes.standardize_tag(language + hyphen + rest)
    if language in _names() and canonical.partition("-")[0] != language:
        # Keep a language of the table; make only the other subtags canonical.
        return language + langcodes.standardize_tag(f"und{hyphen}{rest}").removeprefix("und")
    return canonical
