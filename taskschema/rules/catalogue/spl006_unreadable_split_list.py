"""A file is named like a split list and cannot be read as one.

Its tasks would be in no split, or be trained on though they are to be tested on. So an export stops
there. Save it as UTF-8 without other bytes, with at most 4 MB, in the folder itself and not by a
link out of the collection; or move it away.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.overview import Overview
from taskschema.rules.rule import CollectionRule, Violation


def check(overview: Overview) -> Iterator[tuple[str, Violation]]:
    for path, fault in overview.broken:
        yield path, Violation("", fault)


RULE = CollectionRule(
    code="SPL006",
    name="unreadable-split-list",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={"one": {}, "splits/default/train_tasks.txt": "\ufeffone\r\n"},
    bad={"one": {}, "splits/default/train_tasks.txt": "one\0"},
)
