"""Compares spellings of source names. One source may list several names and URLs."""

import re
from collections.abc import Iterator

from taskschema.rules.collection_context import TaskDigest
from taskschema.schema.source_names import canonical_name, canonical_url

__all__ = [
    "identifying_urls",
    "is_misspelling",
    "misspelling_keys",
    "names_of",
    "spaceless",
    "urls_of",
]

# Words that are used in place of a source's name.
NO_NAMES = frozenset(
    {
        *("annotators", "author", "authors", "crowd", "crowdsourced", "crowdsourcing", "custom"),
        *("generated", "handmade", "handwritten", "human", "humans", "internal", "internet"),
        *("manual", "misc", "mixed", "multiple", "na", "none", "original", "other", "own"),
        *("private", "programmatic", "proprietary", "self", "selfcreated", "selfwritten"),
        *("synthetic", "tba", "tbd", "unknown", "unspecified", "various", "web"),
    }
)
SEVERAL = re.compile(r"\s*;\s*")
SPACE = re.compile(r"(?<!\d) | (?!\d)")
# In shorter words, one letter makes another word: WikiHow is not WikiHop.
SAFE_LENGTH, SAFE_AT_ONE_URL = 9, 7
LONGEST = 60  # letters; a longer text is not a word, and its time grows with the square
# On these hosts, the first part of a path is an account with many sources.
HOSTS_OF_MANY = (
    "bitbucket.org",
    "data.world",
    "github.com",
    "gitlab.com",
    "huggingface.co",
    "kaggle.com",
)


def spaceless(name: str) -> str:
    """Return the canonical name without spaces, except between digits: "bool_q" is "BoolQ"."""
    return SPACE.sub("", canonical_name(name))


def names_of(entry: TaskDigest) -> Iterator[tuple[str, str]]:
    """Yield the comparison key and the spelling of every name among the sources."""
    for source, _ in entry.sources:
        for name in SEVERAL.split(source):
            key = spaceless(name)
            if key and key not in NO_NAMES:
                yield key, name


def urls_of(entry: TaskDigest) -> Iterator[str]:
    """Yield every URL among the sources that identifies one source, in canonical form."""
    for _, url in entry.sources:
        yield from identifying_urls(url)


def identifying_urls(url: str) -> Iterator[str]:
    """Yield the parts of a URL field that identify one source, in canonical form."""
    for part in SEVERAL.split(url):
        address = canonical_url(part)
        host, *path = address.split("/")
        if len([part for part in path if part]) > (host in HOSTS_OF_MANY):
            yield address


def misspelling_keys(name: str, safe_length: int = SAFE_LENGTH) -> Iterator[str]:
    """Yield the forms that a name shares with its misspellings: a long word minus one letter.

    Names with a common form differ by one letter or by two swapped letters. Their first letters and
    all digits are equal.
    """
    words = canonical_name(name).split()
    yield " ".join(words)
    for index, word in enumerate(words):
        if safe_length <= len(word) <= LONGEST and word.isalpha():
            for at in range(1, len(word)):
                yield " ".join([*words[:index], word[:at] + word[at + 1 :], *words[index + 1 :]])


def is_misspelling(name: str, other: str) -> bool:
    """Whether two names with one URL differ so little that one must be a misspelling."""
    keys = (misspelling_keys(one, SAFE_AT_ONE_URL) for one in (name, other))
    return not set(next(keys)).isdisjoint(next(keys))
