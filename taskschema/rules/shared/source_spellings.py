"""Whether two names of a source are one, spelled in two ways; a source may hold several names."""

import re
from collections.abc import Iterator

from taskschema.rules.overview import TaskDigest
from taskschema.schema.source_names import canonical_name, canonical_url

__all__ = ["addresses", "is_slip", "names_of", "slips", "spaceless", "urls_of"]

# Words that say that there is no source with a name of its own.
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
# In shorter words one letter makes another word: WikiHow is not WikiHop.
SAFE_LENGTH, SAFE_AT_ONE_ADDRESS = 9, 7
LONGEST = 60  # what is longer is no word, and takes time with the square of its length
# On these hosts the first part of a path is somebody who has many sources.
HOSTS_OF_MANY = (
    "bitbucket.org",
    "data.world",
    "github.com",
    "gitlab.com",
    "huggingface.co",
    "kaggle.com",
)


def spaceless(name: str) -> str:
    """The canonical name without spaces, but between digits: "bool_q" is "BoolQ"."""
    return SPACE.sub("", canonical_name(name))


def names_of(entry: TaskDigest) -> Iterator[tuple[str, str]]:
    """Every name among the sources, as what it is compared by and as it stands."""
    for source, _ in entry.sources:
        for name in SEVERAL.split(source):
            key = spaceless(name)
            if key and key not in NO_NAMES:
                yield key, name


def urls_of(entry: TaskDigest) -> Iterator[str]:
    """Every address among the sources that can be of one source only, in canonical form."""
    for _, url in entry.sources:
        yield from addresses(url)


def addresses(url: str) -> Iterator[str]:
    """The addresses in a URL that can be of one source only, in canonical form."""
    for part in SEVERAL.split(url):
        address = canonical_url(part)
        host, *path = address.split("/")
        if len([part for part in path if part]) > (host in HOSTS_OF_MANY):
            yield address


def slips(name: str, safe_length: int = SAFE_LENGTH) -> Iterator[str]:
    """What a name and a misspelling of it have in common: one letter left out of a long word.

    Names with equal slips differ by one letter, or by two that changed places; the first letter and
    every digit are the same.
    """
    words = canonical_name(name).split()
    yield " ".join(words)
    for index, word in enumerate(words):
        if safe_length <= len(word) <= LONGEST and word.isalpha():
            for at in range(1, len(word)):
                yield " ".join([*words[:index], word[:at] + word[at + 1 :], *words[index + 1 :]])


def is_slip(name: str, other: str) -> bool:
    """Whether two names that have one address differ so little that one must be a misspelling."""
    ways = (slips(one, SAFE_AT_ONE_ADDRESS) for one in (name, other))
    return not set(next(ways)).isdisjoint(next(ways))
