"""A task as a person reads it, or one of its instances."""

from collections.abc import Iterator, Mapping
from typing import Any

from taskschema.analysis.show import Sheet, SheetEntry, SheetPassage, SheetSection, shortened
from taskschema.analysis.show.facts import facts
from taskschema.analysis.show.rows import entry
from taskschema.schema.columns import Columns

__all__ = ["instance", "overview"]

MOST = 3  # instances of an overview
MOST_DEMONSTRATIONS = 20
LONGEST = 1_200  # characters of a text of these; by itself, an instance is whole
KEYS = {
    "positive_demonstrations": "Positive demonstrations",
    "negative_demonstrations": "Negative demonstrations",
}


def overview(columns: Columns, place: str, version: int) -> Sheet:
    """All of a task but most of its instances."""
    return Sheet(columns.name, [*facts(columns, place, version)], [*_sections(columns)])


def instance(columns: Columns, index: int) -> Sheet:
    """One instance, whole."""
    row = columns.instances[index]
    shown = SheetSection(
        title=f"Instance {index} of {len(columns.instances):,}",
        entries=[entry(row, index, is_whole=True)],
    )
    own = {name: columns.task["attachments"].get(name, {}) for name in row.get("attachments", ())}
    return Sheet(columns.name, [], [shown, *_attachments(own)])


def _sections(columns: Columns) -> Iterator[SheetSection]:
    words = ("definition", *("paraphrase" for _ in columns.definition[1:]))
    said = enumerate(zip(words, columns.definition, strict=True))
    entries = [
        SheetEntry(f"{number}  {word}", [SheetPassage("", text)]) for number, (word, text) in said
    ]
    yield SheetSection(title="Definition", entries=entries)
    for key, title in KEYS.items():
        rows = columns.demonstrations[key]
        shown = [entry(row, number) for number, row in enumerate(rows[:MOST_DEMONSTRATIONS])]
        note = "None." if not rows else _left_out(len(rows), len(shown))
        section = SheetSection(title=title, note=note, entries=shown, folded=bool(rows))
        yield shortened(section, 4 * LONGEST)
    instances = columns.instances[:MOST]
    count = len(columns.instances)
    note = (
        f"The first {len(instances)} of {count:,}, numbered from 0; --instance shows any."
        if count
        else "None."
    )
    entries = [entry(row, number) for number, row in enumerate(instances)]
    section = SheetSection(title="Instances", note=note, entries=entries, folded=True)
    yield shortened(section, LONGEST)
    yield from _attachments(columns.task.get("attachments", {}))


def _left_out(there: int, shown: int) -> str:
    return f"The first {shown} of {there:,}." if there > shown else ""


def _attachments(attachments: Mapping[str, dict[str, Any]]) -> Iterator[SheetSection]:
    if attachments:
        found = [SheetPassage(name, _attachment(one)) for name, one in attachments.items()]
        yield SheetSection(title="Attachments", facts=found)


def _attachment(one: dict[str, Any]) -> str:
    if not one:
        return "is not declared"
    place = one.get("path") or one.get("url", "")
    alt = f": {one['alt']}" if one.get("alt") else ""
    return f"{place} ({one['media_type']}){alt}"
