"""The gate for one file: every fault of its bytes, its shape and its task, by the rules on one.

Findings are values in the file as it stands; of many of one rule only as many are made as are
wanted, and all are counted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taskschema.collection.reading import Reading
from taskschema.core.findings import Edit, Finding, Fix, Severity
from taskschema.core.syntax.json_pointers import tokens
from taskschema.rules.collection_context import TaskDigest
from taskschema.rules.registry import rules_of
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.rule_findings import Hit, locate_findings
from taskschema.rules.task_digest import digest
from taskschema.schema import migrate, versions
from taskschema.schema.columns import Columns
from taskschema.schema.profiles import Profile

__all__ = ["FileCheck", "check_file", "first"]


Counts = Counter[tuple[str, Severity]]
Found = list[tuple[TaskRule, list[Violation]]]


@dataclass(frozen=True, slots=True)
class FileCheck:
    """What one file has by itself, and what rules on the collection need to know of it."""

    findings: tuple[Finding, ...]
    counts: tuple[tuple[str, Severity, int], ...]
    """How many findings of a code and severity there are, also of those not made."""
    entry: TaskDigest | None
    is_lasting: bool = True
    """Whether it holds as long as the file does not change, whatever becomes of others."""


def check_file(
    reading: Reading, root: Path, profile: Profile, most: int | None = None
) -> FileCheck:
    """The findings of one file by itself.

    Args:
        reading: the file as far as it could be read.
        root: the folder that nothing of the task may leave.
        profile: the thresholds to judge by.
        most: how many findings of one rule are made; all of them by default.
    """
    counts = Counter((finding.code, finding.severity) for finding in reading.findings)
    some = tuple(first(reading.findings, most))
    if reading.document is None:
        # What could not be opened may be opened by another run without any change of the file.
        return FileCheck(some, _listed(counts), None, bool(reading.raw))
    columns = Columns(
        reading.judged(), raw=reading.raw, path=reading.path, root=root, profile=profile
    )
    hits, further = _hits(columns, most)
    findings = locate_findings(
        reading.path, reading.raw, _in_file(hits, reading, columns), _rows(reading, columns)
    )
    attached = any("path" in file for file in columns.task.get("attachments", {}).values())
    return FileCheck(some + findings, _listed(counts + further), digest(columns), not attached)


def _listed(counts: Counts) -> tuple[tuple[str, Severity, int], ...]:
    return tuple((code, severity, count) for (code, severity), count in counts.items())


def _hits(columns: Columns, most: int | None) -> tuple[list[Hit], Counts]:
    """The first hits of every rule, in the newest version's pointers, and how many there are."""
    found = [(rule, hits) for rule in rules_of(TaskRule) if (hits := list(rule.check(columns)))]
    silent = _outranked(found)
    first: list[Hit] = []
    counts: Counts = Counter()
    for rule, hits in found:
        if places := silent.get(rule.code):
            hits = [hit for hit in hits if hit.pointer not in places]  # noqa: PLW2901
        first += [Hit(rule, hit) for hit in hits[:most]]
        for severity, count in Counter(hit.severity for hit in hits).items():
            counts[rule.code, severity or rule.severity] += count
    return first, counts


def _outranked(found: Found) -> dict[str, set[str]]:
    """By code, the pointers at which another rule speaks instead."""
    codes = {rule.code for rule, _ in found}
    silent: dict[str, set[str]] = {}
    for rule, hits in found:
        for code in codes.intersection(rule.outranks):
            silent.setdefault(code, set()).update(hit.pointer for hit in hits)
    return silent


def first(findings: Iterable[Finding], most: int | None) -> Iterator[Finding]:
    """The first so many of each rule."""
    seen: Counter[str] = Counter()
    for finding in findings:
        seen[finding.code] += 1
        if most is None or seen[finding.code] <= most:
            yield finding


def _rows(reading: Reading, columns: Columns) -> tuple[str, list[str]] | None:
    """What finds rows fast. Version 1 has no ids; other keys may hold an id of their own."""
    version = reading.version or versions.NEWEST
    if not columns.plain or version == 1:
        return None
    return migrate.pointer_in(version, "/instances"), columns.ids


def _in_file(hits: Iterable[Hit], reading: Reading, columns: Columns) -> list[Hit]:
    """The hits with pointers, instances and fixes of the file as it stands."""
    version = reading.version or versions.NEWEST
    there = []
    for hit in hits:
        pointer = migrate.pointer_in(version, hit.violation.pointer)
        same = (
            version == versions.NEWEST
            or hit.violation.at is None
            or (_value(reading.document, pointer) == _value(columns.task, hit.violation.pointer))
        )
        at = hit.violation.at if same else None
        violation = hit.violation._replace(pointer=pointer, at=at, edits=())
        instance = _instance(hit.violation.pointer, columns)
        there.append(Hit(hit.rule, violation, instance, _fix(hit, reading, columns.task)))
    return there


def _instance(pointer: str, columns: Columns) -> str:
    """The id of the instance that a pointer into the newest version leads into."""
    match tokens(pointer)[:2]:
        case ("instances", index):
            return columns.ids[int(index)]
        case _:
            return ""


def _fix(hit: Hit, reading: Reading, task: dict[str, Any]) -> Fix | None:
    """The edits that mend a fault in the file's own version; None where it says things otherwise.

    A value may be edited where both versions write the same at the same place.
    """
    version = reading.version or versions.NEWEST
    if not hit.violation.edits or hit.rule.fix is None:
        return None
    edits = []
    for edit in hit.violation.edits:
        if version < versions.NEWEST:
            whole = edit.pointer.rpartition("/")[0] if edit.action == "add" else edit.pointer
            place = migrate.pointer_in(version, whole)
            same = _value(task, whole)
            if place.count("/") != whole.count("/") or _value(reading.document, place) != same:
                return None
            edit = Edit(edit.action, place + edit.pointer[len(whole) :], edit.value)  # noqa: PLW2901
        edits.append(edit)
    return Fix(hit.rule.fix, tuple(edits))


_MISSING = object()


def _value(document: Any, pointer: str) -> Any:
    for token in tokens(pointer):
        try:
            document = document[token if isinstance(document, dict) else int(token)]
        except (IndexError, KeyError, TypeError, ValueError):
            return _MISSING
    return document
