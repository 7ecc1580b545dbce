"""A task lists one source twice, under one or two spellings of its name.

Tables then count two sources, and splits that keep the sources of test tasks out of training miss
one. Keep one entry and one spelling.

Two names are one source if they differ only in case and punctuation, or by a letter or two with the
same URL. Numbers in them must be equal: parts of a collection with one home page ("squad1",
"squad2") are different sources.
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

MOST_COMPARED = 30  # sources with one URL; every pair of them is compared
LONGEST_COMPARED = 100  # characters; the time grows with their square
CLOSE = 0.9  # similarity; one letter in ten differs


def check(columns: Columns) -> Iterator[Violation]:
    sources = columns.task.get("sources", ())
    if len(sources) < 2:  # noqa: PLR2004 - a repeated source needs two
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
    """Whether two names differ by a typo, and in no number, short word or whole word."""
    if max(len(one), len(other)) > LONGEST_COMPARED or one.count(" ") != other.count(" "):
        return False
    digits = [[mark for mark in name if mark.isnumeric()] for name in (one, other)]
    return digits[0] == digits[1] and SequenceMatcher(None, one, other).ratio() >= CLOSE


def _violation(sources: list[dict[str, str]], index: int, earlier: int) -> Violation:
    message = (
        f"{quote(sources[index]['name'])} repeats source {earlier + 1},"
        f" {quote(sources[earlier]['name'])}. Keep one of them."
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
