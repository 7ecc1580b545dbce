"""Parses option values: names of tasks, vocabulary terms, languages and licences."""

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

__all__ = ["parse_language", "parse_license", "parse_name", "parse_term"]

FORM = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
LONGEST_TERM = 100  # characters; longer than any term, language or licence


def parse_name(text: str) -> str:
    """Return a valid name of a task.

    Raises:
        ConfigError: the name is invalid; the message proposes one.
    """
    if FORM.fullmatch(text) and len(text) <= LONGEST and slug(text) == text:
        if text.endswith(".json"):
            raise ConfigError(
                f"{text}: is a file name. Give the name of the task: {text.removesuffix('.json')}"
            )
        return text
    words = text.replace("\\", "/").rstrip("/").rpartition("/")[2].removesuffix(".json")
    fix = f"Use {slug(words)}, for example." if slug(words) != "task" else "Choose another name."
    raise ConfigError(
        f"{printable(text) or 'an empty text'}: is not a valid name of a task. Allowed are "
        f"lower-case letters and digits, separated by single . _ or -, at most {LONGEST} "
        f"characters, and no device name of Windows. {fix}"
    )


def parse_term(kind: vocabulary.Kind, text: str) -> str:
    """Return a term of a vocabulary; case and plural do not matter.

    Raises:
        ConfigError: the term does not exist; the message names the nearest terms.
    """
    words = " ".join(text.split())
    if words in vocabulary.terms(kind):
        return words
    nearest: list[str] = []
    if words and len(words) <= LONGEST_TERM:
        alike = vocabulary.alike(kind, words)
        if len(alike) == 1:
            return alike[0]
        nearest = list(alike or vocabulary.abbreviated(kind, words)) or guessed(kind, words)
    fix = f"`taskschema explain {kind}` lists all."
    if nearest:
        fix = f"Did you mean {_listed(nearest)}?"
    raise ConfigError(f"{quote(printable(text))} is not a term of {kind}. {fix}")


def parse_language(text: str) -> str:
    """Return the tag of a language given by tag or by name.

    Raises:
        ConfigError: the language is unknown; the message names the nearest languages.
    """
    words = text.strip()
    with suppress(ValueError):
        if len(words) <= LONGEST_TERM and languages.is_tag(words):
            return languages.canonical_tag(words)
    tag = languages.tag_of(words) or languages.tag_of(words.title())
    if tag is None:
        found = [one for one in _tags() if words.lower() in languages.words_for(one)]
        tag = found[0] if len(found) == 1 else None
    if tag is None and languages.is_tag(words.replace("_", "-")):
        tag = languages.canonical_tag(words.replace("_", "-"))
    if tag is not None:
        return tag
    close = near_misses(words, languages.names()) if len(words) <= LONGEST_TERM else []
    nearest = [f"{name} ({languages.tag_of(name)})" for name in close]
    fix = "Give a tag such as en, sw or pt-BR."
    if nearest:
        fix = f"Did you mean {' or '.join(nearest)}?"
    raise ConfigError(
        f"{quote(printable(text))} is not a known language. {fix} Use zxx for no language."
    )


def parse_license(text: str) -> dict[str, Any]:
    """Return a licence with its SPDX identifier, if it has one.

    Raises:
        ConfigError: the licence is unknown; the message names the nearest one.
    """
    words = " ".join(text.split())
    if spdx := spdx_of(words):
        return {"text": words, "spdx": spdx}
    if is_known(words):
        return {"text": words}
    nearest = misspelt(words) or spdx_of(f"{words}.0")
    fix = f"Did you mean {nearest}?" if nearest else "Examples: CC0-1.0, CC-BY-4.0, Unknown."
    raise ConfigError(
        f"{quote(printable(text))} is not a known licence. {fix} "
        "https://spdx.org/licenses lists all."
    )


def _tags() -> list[str]:
    """Return the two-letter tags, which are those of widely known languages."""
    return [tag for tag in map(languages.tag_of, languages.names()) if tag and len(tag) == 2]  # noqa: PLR2004


def _listed(terms: list[str]) -> str:
    return " or ".join(f"`{term}`" for term in terms)
