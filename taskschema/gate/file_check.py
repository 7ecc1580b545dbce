"""Checks one file: its bytes, its schema, and the rules on one task.

Findings point into the file as it is, in its own schema version. Of many findings of one rule only
as many are made as are requested; all are counted.
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
    """The findings of one file by itself, and its digest for the rules on the collection."""

    findings: tuple[Finding, ...]
    counts: tuple[tuple[str, Severity, int], ...]
    """Number of findings by code and severity, including those not made."""
    entry: TaskDigest | None
    is_lasting: bool = True
    """Whether the result depends on this file alone, so that it may be cached."""


def check_file(
    reading: Reading, root: Path, profile: Profile, most: int | None = None
) -> FileCheck:
    """Check one file by itself.

    Args:
        reading: the file, read as far as possible.
        root: the folder that nothing of the task may leave.
        profile: the thresholds.
        most: how many findings of one rule to make; all by default.
    """
    counts = Counter((finding.code, finding.severity) for finding in reading.findings)
    some = tuple(first(reading.findings, most))
    if reading.document is None:
        # Another run may be able to open the same file.
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
    """Return the first hits of every rule, in the newest version, and all counts."""
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
    """Map codes to the pointers at which another rule outranks them."""
    codes = {rule.code for rule, _ in found}
    silent: dict[str, set[str]] = {}
    for rule, hits in found:
        for code in codes.intersection(rule.outranks):
            silent.setdefault(code, set()).update(hit.pointer for hit in hits)
    return silent


def first(findings: Iterable[Finding], most: int | None) -> Iterator[Finding]:
    """Yield the first `most` findings of each rule."""
    seen: Counter[str] = Counter()
    for finding in findings:
        seen[finding.code] += 1
        if most is None or seen[finding.code] <= most:
            yield finding


def _rows(reading: Reading, columns: Columns) -> tuple[str, list[str]] | None:
    """Return what places rows fast; None for version 1 and for rows with other keys."""
    version = reading.version or versions.NEWEST
    if not columns.plain or version == 1:
        return None
    return migrate.pointer_in(version, "/instances"), columns.ids


def _in_file(hits: Iterable[Hit], reading: Reading, columns: Columns) -> list[Hit]:
    """Translate hits to pointers, instances and fixes in the version of the file."""
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
    """Return the id of the instance that a pointer of the newest version leads into."""
    match tokens(pointer)[:2]:
        case ("instances", index):
            return columns.ids[int(index)]
        case _:
            return ""


def _fix(hit: Hit, reading: Reading, task: dict[str, Any]) -> Fix | None:
    """Translate edits to the version of the file; None if that version differs there.

    A value can be edited if both versions have the same value at the same place.
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
