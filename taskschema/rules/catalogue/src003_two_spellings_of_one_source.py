"""A task lists one source twice, its name spelled in two ways, or in one.

Tables then count two sources, and splits that keep the sources of test tasks out of training miss
one. Keep one entry, and one spelling. Names are one where they differ in case and punctuation, or
by a letter or two with the same address; the numbers in them must agree. Parts of a collection
that share a home page ("squad1", "squad2") are different sources.
"""

from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns
from taskschema.schema.source_names import canonical_name, canonical_url

MOST_COMPARED = 30  # sources of one address; each is compared with each
LONGEST_COMPARED = 100  # characters; comparing takes their square
CLOSE = 0.9  # one letter in ten


def check(columns: Columns) -> Iterator[Violation]:
    sources = columns.task.get("sources", ())
    if len(sources) < 2:  # noqa: PLR2004 - two spellings take two
        return
    urls = [canonical_url(source.get("url", "")) for source in sources]
    names = [canonical_name(source["name"]) for source in sources]
    first: dict[tuple[str, str], int] = {}
    by_url: dict[str, list[int]] = defaultdict(list)
    for index, (name, url) in enumerate(zip(names, urls, strict=True)):
        if name and (earlier := first.setdefault((name, url), index)) != index:
            yield _violation(sources, index, earlier)
        elif name and url:
            by_url[url].append(index)
    for alike in by_url.values():
        for earlier, index in combinations(alike[:MOST_COMPARED], 2):
            if _are_close(names[earlier], names[index]):
                yield _violation(sources, index, earlier)


def _are_close(one: str, other: str) -> bool:
    """Whether two names differ by a slip of the pen: no number, no short word and no whole word."""
    if max(len(one), len(other)) > LONGEST_COMPARED or one.count(" ") != other.count(" "):
        return False
    digits = [[mark for mark in name if mark.isnumeric()] for name in (one, other)]
    return digits[0] == digits[1] and SequenceMatcher(None, one, other).ratio() >= CLOSE


def _violation(sources: list[dict[str, str]], index: int, earlier: int) -> Violation:
    message = (
        f"{quote(sources[index]['name'])} is source {earlier + 1},"
        f" {quote(sources[earlier]['name'])}, again. Keep one of them."
    )
    return Violation(f"/sources/{index}/name", message)


RULE = TaskRule(
    code="SRC003",
    name="two-spellings-of-one-source",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={
        "sources": [
            {"name": "squad1", "url": "https://example.org/squad"},
            {"name": "squad2", "url": "https://example.org/squad"},
        ]
    },
    bad={
        "sources": [
            {"name": "Country_Capitals", "url": "http://example.org/capitals/"},
            {"name": "country capitals", "url": "https://www.example.org/capitals"},
        ]
    },
)
