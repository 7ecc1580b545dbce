"""A file is named like a split list but cannot be read as one.

Its tasks would be in no split, or would be trained on although they belong to a test. An export
therefore stops. Save the file as UTF-8 text of at most 4 MB, in the folder itself instead of a link
out of the collection, or move it away.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.collection_context import CollectionContext
from taskschema.rules.rule import CollectionRule, Violation


def check(context: CollectionContext) -> Iterator[tuple[str, Violation]]:
    for path, reason in context.broken:
        yield path, Violation("", reason)


RULE = CollectionRule(
    code="SPL006",
    name="unreadable-split-list",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={"one": {}, "splits/default/train_tasks.txt": "\ufeffone\r\n"},
    bad={"one": {}, "splits/default/train_tasks.txt": "one\0"},
)
