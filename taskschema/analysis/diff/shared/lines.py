"""What there is to say of a task, in lines that begin with a sign: + - ~ for rows and fields."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from taskschema.analysis.diff.differences import (
    Difference,
    FieldChange,
    LabelDifferences,
    Repeated,
    RowDifferences,
    TaskDifference,
)
from taskschema.analysis.diff.matching import packed
from taskschema.analysis.diff.wording import LONGEST, parts, shortened, shown
from taskschema.core.text.printing import printable, several

__all__ = ["DiffSection", "about", "capped", "sections", "summary"]

Row = dict[str, Any]
BRIEF = 40  # characters of an input that only says which row is meant
MOST_ITEMS = 5  # of a list, of those it lost and of those it gained
MOST_IDS = 5  # of the instances that ask one question


class DiffSection(NamedTuple):
    """Lines of one kind, the most important first, and how many there are in all."""

    title: str
    lines: Iterable[str]
    total: int


def summary(difference: Difference) -> str:
    """How many tasks differ in which way, in one line."""
    form = sum(task.is_form_only for task in difference.changed)
    counts = {
        "added": len(difference.added),
        "removed": len(difference.removed),
        "changed": len(difference.changed) - form,
        "changed in form only": form,
        "unreadable": len({fault.path for fault in difference.unreadable}),
        "unchanged": difference.unchanged,
    }
    said = [f"{count:,} {how}" for how, count in counts.items() if count]
    return f"{several(sum(counts.values()), 'task')}: {', '.join(said)}."


def about(task: TaskDifference, name: Callable[[str], str] = printable) -> str:
    """What changed of a task as a whole, in a few words; `name` writes a name or a path."""
    said = []
    if task.renamed_from is not None:
        said.append(f"renamed from {name(task.renamed_from)}")
    moved_from = PurePosixPath(task.moved_from or task.path)
    if moved_from.parent != PurePosixPath(task.path).parent or (
        task.moved_from is not None and task.renamed_from is None
    ):
        said.append(f"moved from {name(str(moved_from))}")
    if task.is_form_only:
        said.append("only the form changed")
    if task.versions[0] != task.versions[1]:
        said.append(f"version {task.versions[0]} -> {task.versions[1]}")
    if task.revisions[0] != task.revisions[1]:
        said.append(f"revision {task.revisions[0] or 'none'} -> {task.revisions[1] or 'none'}")
    rows = task.instances
    if rows.before != rows.after:
        said.append(f"{rows.before:,} -> {several(rows.after, 'instance')}")
    if rows.reordered:
        said.append("instances in another order")
    return ", ".join(said)


def sections(task: TaskDifference) -> Iterator[DiffSection]:
    """What changed inside a task."""
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
    """At most so many lines, and one that says how many more there are."""
    shown_lines = 0
    for line in islice(section.lines, most):
        shown_lines += 1
        yield line
    if section.total > shown_lines:
        rest = f"{section.total - shown_lines:,}"
        yield f"... and {rest} more" if shown_lines else f"{rest} {section.title}"


def _field(change: FieldChange) -> Iterator[str]:
    pointer, before, after = change.pointer, change.before, change.after
    name = shortened(pointer)
    if before is None or after is None:
        sign, value = ("+", after) if before is None else ("-", before)
        yield f"{sign} {name}: {shown(value)}"
    elif isinstance(before, list) and isinstance(after, list):
        yield f"~ {name}: {_items(before, after)}"
    else:
        yield f"~ {name}: {_values(before, after)}"


def _values(before: Any, after: Any) -> str:
    """What became what: the words that changed, where texts are too long to be shown twice."""
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after) == 1:
        before, after = before[0], after[0]
    texts = isinstance(before, str) and isinstance(after, str)
    if not texts or max(len(before), len(after)) <= LONGEST // 2:
        return f"{shown(before)} -> {shown(after)}"
    form = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(form[part.sign].format(part.text) for part in parts(before, after))


def _items(before: Sequence[Any], after: Sequence[Any]) -> str:
    """What a list lost and gained, or that it is in another order."""
    if len(before) == len(after) == 1:
        return _values(before[0], after[0])
    olds, news = (dict.fromkeys(map(packed, items)) for items in (before, after))
    lost = [item for item in before if packed(item) not in news]
    gained = [item for item in after if packed(item) not in olds]
    said = [*_some("-", lost), *_some("+", gained)]
    return ", ".join(said) or f"{shown(before)} -> {shown(after)}"


def _some(sign: str, items: Sequence[Any]) -> Iterator[str]:
    yield from (f"{sign} {shown(item)}" for item in items[:MOST_ITEMS])
    if len(items) > MOST_ITEMS:
        yield f"{sign} {len(items) - MOST_ITEMS:,} more"


def _rows(rows: RowDifferences, noun: str) -> Iterator[DiffSection]:
    """The rows that differ, by what happened to them."""
    nouns = f"{noun}s"
    if rows.reordered and noun != "instance":
        yield DiffSection(nouns, [f"~ {nouns} stand in another order"], 1)
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
    return f"{name}{shown(row['input'])} -> {shown(row['output'])}"


def _name(text: str, noun: str) -> str:
    """An id as it is, an input in quotation marks."""
    return shortened(text) if noun == "instance" else shown(text, BRIEF)


def _repeated(questions: Sequence[Repeated], noun: str) -> Iterator[DiffSection]:
    lines = (
        f"~ {noun} {shown(each.input)}: instances {', '.join(map(shortened, each.ids[:MOST_IDS]))}"
        + (", ..." if len(each.ids) > MOST_IDS else "")
        for each in questions
    )
    yield DiffSection(f"{noun}s", lines, len(questions))


def _labels(labels: LabelDifferences) -> Iterator[str]:
    totals = [sum(getattr(each, when) for each in labels.labels) for when in ("before", "after")]
    for each in labels.labels:
        before, after = (
            f"{count:,} ({count / max(total, 1):.0%})"
            for count, total in zip((each.before, each.after), totals, strict=True)
        )
        sign = "-" if not each.after else "~" if each.before else "+"
        if each.before != each.after:
            yield f"{sign} label {shown(each.text)}: {before} -> {after}"
