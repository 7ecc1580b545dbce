"""Compares two states of one task, both in the newest schema version."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from taskschema.analysis.diff.differences import (
    Caution,
    FieldChange,
    RowDifferences,
    TaskDifference,
)
from taskschema.analysis.diff.matching import MatchStage, match, packed_json, without_key_orders
from taskschema.analysis.diff.rows import (
    Repetitions,
    demonstration_differences,
    instance_differences,
    label_differences,
    member_changes,
)
from taskschema.core.findings import Finding
from taskschema.core.syntax.json_pointers import escape
from taskschema.core.text.printing import several
from taskschema.schema import licenses
from taskschema.schema.versions import NEWEST

__all__ = ["FIRST_WITH_IDS", "TaskSnapshot", "compare_task"]

Row = dict[str, Any]

FORM = frozenset({"$schema", "schema_version"})
APART = frozenset(
    {
        *("name", "revision", "definition", "extras"),
        *("positive_demonstrations", "negative_demonstrations", "instances"),
    }
)
FIRST_WITH_IDS = 2  # version 1 has none


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSnapshot:
    """A task on one side of a comparison."""

    path: str
    """The path in output."""
    document: Row | None
    """The task in the newest version; None for an unreadable file."""
    version: int = NEWEST
    """Schema version of the file."""
    findings: tuple[Finding, ...] = ()
    """Findings of an unreadable file."""

    @property
    def task(self) -> Row:
        """The document of a readable file.

        Raises:
            ValueError: the file is unreadable.
        """
        if self.document is None:
            raise ValueError(f"{self.path}: is not a task")
        return self.document


def compare_task(
    base: TaskSnapshot, head: TaskSnapshot, moved_from: str | None = None
) -> TaskDifference:
    """Return the differences of a task; both snapshots must have a document."""
    old, new = base.task, head.task
    with_ids = min(base.version, head.version) >= FIRST_WITH_IDS
    rows = instance_differences(old["instances"], new["instances"], with_ids=with_ids)
    positive, negative = (
        demonstration_differences(old.get(key, []), new.get(key, []))
        for key in ("positive_demonstrations", "negative_demonstrations")
    )
    fields = tuple(_fields(old, new))
    contradictions, duplicates = (
        Repetitions(new).since(Repetitions(old)) if rows.differ else ((), ())
    )
    classes = (_license_class(old), _license_class(new))
    renamed_from = old["name"] if old["name"] != new["name"] else None
    revised = _revised_parts(fields, positive, negative, rows)
    cautions = (
        *_of_revision(old, new, head.version, revised),
        *_of_name(renamed_from, new, head.version),
        *_of_ids(rows),
        *_of_repetitions(len(contradictions), len(duplicates)),
        *_of_license(*classes),
    )
    return TaskDifference(
        name=new["name"],
        path=head.path,
        renamed_from=renamed_from,
        moved_from=moved_from,
        versions=(base.version, head.version),
        revisions=(old.get("revision"), new.get("revision")),
        license_classes=classes,
        fields=fields,
        positive_demonstrations=positive,
        negative_demonstrations=negative,
        instances=rows,
        labels=label_differences(old, new) if rows.differ else None,
        contradictions=contradictions,
        duplicates=duplicates,
        cautions=cautions,
    )


def _fields(old: Row, new: Row) -> Iterator[FieldChange]:
    """Yield changed fields except rows; objects are compared member by member."""
    yield from _definition(old["definition"], new["definition"])
    for key in dict.fromkeys((*old, *new)):
        if key in FORM or key in APART:
            continue
        before, after = old.get(key), new.get(key)
        if isinstance(before, dict) and isinstance(after, dict):
            yield from member_changes(before, after, escape(key))
        elif before != after:
            yield FieldChange(escape(key), before, after)
    extras = without_key_orders(old.get("extras", {})), without_key_orders(new.get("extras", {}))
    if packed_json(extras[0]) != packed_json(extras[1]):
        yield from member_changes(*extras, "/extras")


def _definition(old: Sequence[str], new: Sequence[str]) -> Iterator[FieldChange]:
    """Yield edited, added and removed definitions, and a change of their order."""
    matching = match(old, new, [MatchStage(lambda text: text), MatchStage(lambda _text: None)])
    yield from (
        FieldChange(f"/definition/{after}", old[before], new[after])
        for before, after in matching.pairs
        if old[before] != new[after]
    )
    yield from (FieldChange(f"/definition/{index}", old[index], None) for index in matching.removed)
    yield from (FieldChange(f"/definition/{index}", None, new[index]) for index in matching.added)
    if matching.reordered:
        yield FieldChange("/definition", list(old), list(new))


def _license_class(task: Row) -> licenses.LicenseClass:
    """Return the strictest class of the licences of the instances and of their sources."""
    texts = [entry.get("spdx") or entry["text"] for entry in task.get("licenses", [])]
    texts += [source["license"] for source in task.get("sources", []) if "license" in source]
    return licenses.strictest(map(licenses.class_of, texts))


def _revised_parts(
    fields: Sequence[FieldChange],
    positive: RowDifferences,
    negative: RowDifferences,
    rows: RowDifferences,
) -> list[str]:
    """Return the changed parts of a task that require a new revision."""
    changed = {change.pointer.split("/")[1] for change in fields}
    demonstrations = (positive.differ, positive.reordered, negative.differ, negative.reordered)
    parts = {
        "definition": "definition" in changed,
        "demonstrations": any(demonstrations),
        "instances": rows.differ,
        "answer format": "answer_format" in changed,
    }
    return [part for part, differs in parts.items() if differs]


def _of_revision(old: Row, new: Row, version: int, revised: Sequence[str]) -> Iterator[Caution]:
    before, after = old.get("revision", 0), new.get("revision", 0)
    if version < NEWEST:
        return  # older versions have no revision
    if after < before:
        message = f"the revision was lowered from {before} to {after or 'none'}. Raise it instead."
        yield Caution("revision-lowered", message)
    elif revised and after == before:
        *most, last = revised
        what = f"{', '.join(most)} and {last}" if most else last
        state = f"still {after}" if after else "not given"
        message = f"revision not raised: it is {state}, but the {what} changed. Raise it."
        yield Caution("revision-not-raised", message)


def _of_name(renamed_from: str | None, new: Row, version: int) -> Iterator[Caution]:
    if (
        renamed_from is not None
        and version == NEWEST
        and renamed_from not in new.get("aliases", ())
    ):
        message = "the old name is not an alias, so references to it break. Add it to `aliases`."
        yield Caution("no-alias", message)


def _of_ids(rows: RowDifferences) -> Iterator[Caution]:
    if count := len(rows.reidentified):
        message = (
            f"re-identified: the id of {several(count, 'instance')} changed. Splits and "
            "predictions may refer to the old id. Keep it."
        )
        yield Caution("re-identified", message)


def _of_repetitions(contradictions: int, duplicates: int) -> Iterator[Caution]:
    if contradictions:
        what = several(contradictions, "contradiction")
        message = f"{what} introduced: one input, different outputs. Correct or merge them."
        yield Caution("contradictions-introduced", message)
    if duplicates:
        what = several(duplicates, "duplicate")
        message = f"{what} introduced: an input occurs more often than before. Merge them."
        yield Caution("duplicates-introduced", message)


def _of_license(before: licenses.LicenseClass, after: licenses.LicenseClass) -> Iterator[Caution]:
    difference = licenses.CLASSES.index(after) - licenses.CLASSES.index(before)
    if difference:
        how = "stricter" if difference > 0 else "more permissive"
        message = (
            f"the licence became {how}: {before} before, {after} now. Check that this is correct."
        )
        yield Caution(f"licence-{how.replace(' ', '-')}", message)
