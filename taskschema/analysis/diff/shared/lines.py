"""Differences of tasks as lines that start with a sign: + - ~ for rows and fields."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from taskschema.analysis.diff.differences import (
    Difference,
    FieldChange,
    LabelDifferences,
    RepeatedQuestion,
    RowDifferences,
    TaskDifference,
)
from taskschema.analysis.diff.matching import packed_json
from taskschema.analysis.diff.word_diff import LONGEST, display, shortened, word_diff
from taskschema.core.text.printing import printable, several

__all__ = ["DiffSection", "capped", "headline", "sections", "summary"]

Row = dict[str, Any]
BRIEF = 40  # characters of an input that identifies a row
MOST_ITEMS = 5  # removed items of a list, and added items
MOST_IDS = 5  # ids of instances that share a question


class DiffSection(NamedTuple):
    """Lines of one kind, the most important first, and their total number."""

    title: str
    lines: Iterable[str]
    total: int


def summary(difference: Difference) -> str:
    """Return a line with the numbers of added, removed and changed tasks."""
    form = sum(task.is_form_only for task in difference.changed)
    counts = {
        "added": len(difference.added),
        "removed": len(difference.removed),
        "changed": len(difference.changed) - form,
        "changed in form only": form,
        "unreadable": len({file.path for file in difference.unreadable}),
        "unchanged": difference.unchanged,
    }
    listed = [f"{count:,} {how}" for how, count in counts.items() if count]
    return f"{several(sum(counts.values()), 'task')}: {', '.join(listed)}."


def headline(task: TaskDifference, name: Callable[[str], str] = printable) -> str:
    """Return the changes of a task as a whole; `name` formats a name or a path."""
    parts = []
    if task.renamed_from is not None:
        parts.append(f"renamed from {name(task.renamed_from)}")
    moved_from = PurePosixPath(task.moved_from or task.path)
    if moved_from.parent != PurePosixPath(task.path).parent or (
        task.moved_from is not None and task.renamed_from is None
    ):
        parts.append(f"moved from {name(str(moved_from))}")
    if task.is_form_only:
        parts.append("only the form changed")
    if task.versions[0] != task.versions[1]:
        parts.append(f"version {task.versions[0]} -> {task.versions[1]}")
    if task.revisions[0] != task.revisions[1]:
        parts.append(f"revision {task.revisions[0] or 'none'} -> {task.revisions[1] or 'none'}")
    rows = task.instances
    if rows.before != rows.after:
        parts.append(f"{rows.before:,} -> {several(rows.after, 'instance')}")
    if rows.reordered:
        parts.append("instances in another order")
    return ", ".join(parts)


def sections(task: TaskDifference) -> Iterator[DiffSection]:
    """Yield the changes inside a task."""
    fields = task.fields
    yield DiffSection("fields", (line for change in fields for line in _field(change)), len(fields))
    for key in ("positive", "negative"):
        yield from _rows(getattr(task, f"{key}_demonstrations"), f"{key} demonstration")
    yield from _rows(task.instances, "instance")
    yield from _repeated(task.contradictions, "contradiction")
    yield from _repeated(task.duplicates, "duplicate")
    if task.labels:
        moved = sum(each.before != each.after for each in task.labels.labels)
        yield DiffSection("labels", _labels(task.labels), moved)


def capped(section: DiffSection, most: int) -> Iterator[str]:
    """Yield at most that many lines, and a line with the number of the others."""
    count = 0
    for line in islice(section.lines, most):
        count += 1
        yield line
    if section.total > count:
        rest = f"{section.total - count:,}"
        yield f"... and {rest} more" if count else f"{rest} {section.title}"


def _field(change: FieldChange) -> Iterator[str]:
    pointer, before, after = change.pointer, change.before, change.after
    name = shortened(pointer)
    if before is None or after is None:
        sign, value = ("+", after) if before is None else ("-", before)
        yield f"{sign} {name}: {display(value)}"
    elif isinstance(before, list) and isinstance(after, list):
        yield f"~ {name}: {_items(before, after)}"
    else:
        yield f"~ {name}: {_values(before, after)}"


def _values(before: Any, after: Any) -> str:
    """Return both values, or the changed words if the texts are long."""
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after) == 1:
        before, after = before[0], after[0]
    texts = isinstance(before, str) and isinstance(after, str)
    if not texts or max(len(before), len(after)) <= LONGEST // 2:
        return f"{display(before)} -> {display(after)}"
    form = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(form[part.sign].format(part.text) for part in word_diff(before, after))


def _items(before: Sequence[Any], after: Sequence[Any]) -> str:
    """Return the removed and added items of a list, or both lists if only the order changed."""
    if len(before) == len(after) == 1:
        return _values(before[0], after[0])
    olds, news = (dict.fromkeys(map(packed_json, items)) for items in (before, after))
    lost = [item for item in before if packed_json(item) not in news]
    gained = [item for item in after if packed_json(item) not in olds]
    changes = [*_some("-", lost), *_some("+", gained)]
    return ", ".join(changes) or f"{display(before)} -> {display(after)}"


def _some(sign: str, items: Sequence[Any]) -> Iterator[str]:
    yield from (f"{sign} {display(item)}" for item in items[:MOST_ITEMS])
    if len(items) > MOST_ITEMS:
        yield f"{sign} {len(items) - MOST_ITEMS:,} more"


def _rows(rows: RowDifferences, noun: str) -> Iterator[DiffSection]:
    """Yield removed, added, edited and re-identified rows."""
    nouns = f"{noun}s"
    if rows.reordered and noun != "instance":
        yield DiffSection(nouns, [f"~ {nouns} in another order"], 1)
    removed = (f"- {noun} {_row(row)}" for row in rows.removed)
    yield DiffSection(f"{nouns} removed", removed, len(rows.removed))
    added = (f"+ {noun} {_row(row)}" for row in rows.added)
    yield DiffSection(f"{nouns} added", added, len(rows.added))
    edited = (
        f"~ {noun} {_name(edit.after, noun)} {shortened(change.pointer)}: "
        f"{_values(change.before, change.after)}"
        for edit in rows.edited
        for change in edit.changes
    )
    count = sum(len(edit.changes) for edit in rows.edited)
    yield DiffSection(f"{nouns} edited", edited, count)
    renamed = (f"~ id {shortened(old)} -> {shortened(new)}" for old, new in rows.reidentified)
    yield DiffSection("ids changed", renamed, len(rows.reidentified))


def _row(row: Row) -> str:
    name = f"{shortened(row['id'])} " if "id" in row else ""
    return f"{name}{display(row['input'])} -> {display(row['output'])}"


def _name(text: str, noun: str) -> str:
    """Return an id without quotation marks, or an input in quotation marks."""
    return shortened(text) if noun == "instance" else display(text, BRIEF)


def _repeated(questions: Sequence[RepeatedQuestion], noun: str) -> Iterator[DiffSection]:
    lines = (f"~ {noun} {display(each.input)}: instances {_ids(each)}" for each in questions)
    yield DiffSection(f"{noun}s", lines, len(questions))


def _ids(question: RepeatedQuestion) -> str:
    ids = ", ".join(map(shortened, question.ids[:MOST_IDS]))
    return f"{ids}, ..." if len(question.ids) > MOST_IDS else ids


def _labels(labels: LabelDifferences) -> Iterator[str]:
    totals = [sum(getattr(each, when) for each in labels.labels) for when in ("before", "after")]
    for each in labels.labels:
        before, after = (
            f"{count:,} ({count / max(total, 1):.0%})"
            for count, total in zip((each.before, each.after), totals, strict=True)
        )
        sign = "-" if not each.after else "~" if each.before else "+"
        if each.before != each.after:
            yield f"{sign} label {display(each.text)}: {before} -> {after}"
