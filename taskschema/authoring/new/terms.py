"""What a person says of a task, as the schema has it, or refused with what was likely meant."""

import re
from contextlib import suppress
from typing import Any

from taskschema.core.errors import ConfigError
from taskschema.core.text.near_misses import near_misses
from taskschema.core.text.printing import printable, quote
from taskschema.core.text.slugs import LONGEST, slug
from taskschema.rules.shared.terms import guessed
from taskschema.schema import languages, vocabulary
from taskschema.schema.licenses import is_known, misspelt, spdx_of

__all__ = ["language_of", "license_of", "name_of", "term_of"]

FORM = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
LONGEST_TERM = 100  # characters; no term, name of a language or the like is longer


def name_of(text: str) -> str:
    """A name that a task can have.

    Raises:
        ConfigError: it is none; says what is allowed, and proposes one.
    """
    if FORM.fullmatch(text) and len(text) <= LONGEST and slug(text) == text:
        if text.endswith(".json"):
            meant = text.removesuffix(".json")
            raise ConfigError(f"{text}: is a file's name. Give that of the task: {meant}")
        return text
    words = text.replace("\\", "/").rstrip("/").rpartition("/")[2].removesuffix(".json")
    cure = f"Take {slug(words)}, for example." if slug(words) != "task" else "Choose another."
    raise ConfigError(
        f"{printable(text) or 'an empty text'}: is no name of a task. It takes lower-case letters, "
        f"digits and single . _ - between them, at most {LONGEST}, and is no device of Windows. "
        f"{cure}"
    )


def term_of(kind: vocabulary.Kind, text: str) -> str:
    """A term of a vocabulary, in whatever case or plural it was given.

    Raises:
        ConfigError: there is no such term; names those that may have been meant.
    """
    words = " ".join(text.split())
    if words in vocabulary.terms(kind):
        return words
    meant: list[str] = []
    if words and len(words) <= LONGEST_TERM:
        alike = vocabulary.alike(kind, words)
        if len(alike) == 1:
            return alike[0]
        meant = list(alike or vocabulary.abbreviated(kind, words)) or guessed(kind, words)
    cure = f"Did you mean {_listed(meant)}?" if meant else f"`taskschema explain {kind}` lists all."
    raise ConfigError(f"{quote(printable(text))} is no term of {kind}. {cure}")


def language_of(text: str) -> str:
    """The tag of a language that is given by its tag or its name.

    Raises:
        ConfigError: there is no such language; names those that may have been meant.
    """
    words = text.strip()
    with suppress(ValueError):
        if len(words) <= LONGEST_TERM and languages.is_tag(words):
            return languages.canonical_tag(words)
    tag = languages.tag_of(words) or languages.tag_of(words.title())
    if tag is None:
        said = [one for one in _tags() if words.lower() in languages.words_for(one)]
        tag = said[0] if len(said) == 1 else None
    if tag is None and languages.is_tag(words.replace("_", "-")):
        tag = languages.canonical_tag(words.replace("_", "-"))
    if tag is not None:
        return tag
    close = near_misses(words, languages.names()) if len(words) <= LONGEST_TERM else []
    meant = [f"{name} ({languages.tag_of(name)})" for name in close]
    cure = f"Did you mean {' or '.join(meant)}?" if meant else "Give a tag such as en, sw or pt-BR."
    raise ConfigError(f"{quote(printable(text))} is no language. {cure} zxx stands for none.")


def license_of(text: str) -> dict[str, Any]:
    """A licence with its identifier, where it has one.

    Raises:
        ConfigError: nobody knows it; names the one that may have been meant.
    """
    words = " ".join(text.split())
    if spdx := spdx_of(words):
        return {"text": words, "spdx": spdx}
    if is_known(words):
        return {"text": words}
    meant = misspelt(words) or spdx_of(f"{words}.0")
    cure = f"Did you mean {meant}?" if meant else "Such as CC0-1.0 or CC-BY-4.0; or say Unknown."
    raise ConfigError(
        f"{quote(printable(text))} is no licence that is known. {cure} "
        "https://spdx.org/licenses lists all."
    )


def _tags() -> list[str]:
    return [tag for tag in map(languages.tag_of, languages.names()) if tag and len(tag) == 2]  # noqa: PLR2004 - those that people know


def _listed(terms: list[str]) -> str:
    return " or ".join(f"`{term}`" for term in terms)
