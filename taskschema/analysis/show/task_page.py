"""Pages about a task, or about one of its instances."""

from collections.abc import Iterator, Mapping
from typing import Any

from taskschema.analysis.show.facts import facts
from taskschema.analysis.show.page import LabeledText, PageEntry, PageSection, TaskPage, shortened
from taskschema.analysis.show.rows import row_entry
from taskschema.schema.columns import Columns

__all__ = ["instance_page", "task_page"]

MOST = 3  # instances on the page of a task
MOST_DEMONSTRATIONS = 20
LONGEST = 1_200  # characters of a text of an instance on the page of a task
KEYS = {
    "positive_demonstrations": "Positive demonstrations",
    "negative_demonstrations": "Negative demonstrations",
}


def task_page(columns: Columns, place: str, version: int) -> TaskPage:
    """Return the page of a task, with its first instances only.

    Args:
        columns: the task.
        place: the path of its file.
        version: the schema version of its file.
    """
    return TaskPage(columns.name, [*facts(columns, place, version)], [*_sections(columns)])


def instance_page(columns: Columns, index: int) -> TaskPage:
    """Return the page of one instance with all its fields, uncut."""
    row = columns.instances[index]
    section = PageSection(
        title=f"Instance {index} of {len(columns.instances):,}",
        entries=[row_entry(row, index, is_whole=True)],
    )
    own = {name: columns.task["attachments"].get(name, {}) for name in row.get("attachments", ())}
    return TaskPage(columns.name, [], [section, *_attachments(own)])


def _sections(columns: Columns) -> Iterator[PageSection]:
    entries = [
        PageEntry(f"{number}  {'paraphrase' if number else 'definition'}", [LabeledText("", text)])
        for number, text in enumerate(columns.definition)
    ]
    yield PageSection(title="Definition", entries=entries)
    for key, title in KEYS.items():
        rows = columns.demonstrations[key]
        entries = [row_entry(row, number) for number, row in enumerate(rows[:MOST_DEMONSTRATIONS])]
        note = "None." if not rows else _cut_note(len(rows), len(entries))
        section = PageSection(title=title, note=note, entries=entries, folded=bool(rows))
        yield shortened(section, 4 * LONGEST)
    instances = columns.instances[:MOST]
    count = len(columns.instances)
    note = (
        f"The first {len(instances)} of {count:,}, numbered from 0; --instance shows any other."
        if count
        else "None."
    )
    entries = [row_entry(row, number) for number, row in enumerate(instances)]
    section = PageSection(title="Instances", note=note, entries=entries, folded=True)
    yield shortened(section, LONGEST)
    yield from _attachments(columns.task.get("attachments", {}))


def _cut_note(total: int, listed: int) -> str:
    return f"The first {listed} of {total:,}." if total > listed else ""


def _attachments(attachments: Mapping[str, dict[str, Any]]) -> Iterator[PageSection]:
    if attachments:
        found = [LabeledText(name, _attachment(one)) for name, one in attachments.items()]
        yield PageSection(title="Attachments", facts=found)


def _attachment(one: dict[str, Any]) -> str:
    if not one:
        return "is not declared"
    place = one.get("path") or one.get("url", "")
    alt = f": {one['alt']}" if one.get("alt") else ""
    return f"{place} ({one['media_type']}){alt}"
