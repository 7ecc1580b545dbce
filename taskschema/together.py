"""The gate for a collection: faults that one file by itself does not show."""

from collections.abc import Iterator
from pathlib import Path

from taskschema import migrate, schema
from taskschema.collection import Collection
from taskschema.findings import Finding
from taskschema.placing import Hit, placed
from taskschema.reading import read
from taskschema.rules import CollectionRule, Overview, rules_of

__all__ = ["judge_together", "surroundings"]


def surroundings(collection: Collection) -> Overview:
    """What lies round the tasks of a collection; its tasks are still to be filled in."""
    del collection
    return Overview(tasks=())


def judge_together(overview: Overview, root: Path) -> Iterator[Finding]:
    """The findings of the rules on the collection; the few files concerned are read again."""
    for rule in rules_of(CollectionRule):
        for path, hit in rule.check(overview):
            reading = read(Path(path), root)
            version = reading.version or schema.NEWEST
            there = type(hit)(migrate.pointer_in(version, hit.pointer), hit.message, hit.severity)
            yield from placed(Path(path), reading.raw, [Hit(rule, there)])
