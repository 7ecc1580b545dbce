"""How the instances and the demonstrations of a task differ, each row matched with its partner.

Where ids shifted, as when a row was put in front of numbered ones, equal contents find each other
before equal ids do, so that one new row is one new row.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

from taskschema.analysis.diff.differences import (
    FieldChange,
    Label,
    LabelDifferences,
    Repeated,
    RowChange,
    RowDifferences,
)
from taskschema.analysis.diff.matching import Matching, Stage, content, match, packed, question
from taskschema.core.syntax.json_pointers import escape
from taskschema.core.text.normal_forms import normalise
from taskschema.schema.columns import Columns

__all__ = ["Repetitions", "demonstrations", "instances", "labels", "member_changes"]

Row = dict[str, Any]

# An undeclared classification: few distinct outputs, each of which stands for several instances.
MOST_LABELS = 20
LEAST_PER_LABEL = 5
GLANCE = 1000  # instances; a task that is no classification has more outputs than labels by then


def instances(base: Sequence[Row], head: Sequence[Row], *, with_ids: bool = True) -> RowDifferences:
    """How instances differ.

    Args:
        base: the old ones.
        head: the new ones.
        with_ids: whether ids are the files' own; version 1 has none, and its upgrade makes some.
    """
    if base == head:
        return RowDifferences(before=len(base), after=len(head))
    stages = (
        Stage(lambda row: (row["id"], packed(content(row)))),
        Stage(lambda row: packed(content(row))),
        Stage(lambda row: row["id"]),
        Stage(question, unique=True),
    )
    return _rows(base, head, match(base, head, stages, _same(base, head)), "id", with_ids=with_ids)


def demonstrations(base: Sequence[Row], head: Sequence[Row]) -> RowDifferences:
    """How demonstrations of one kind differ; they go by their input."""
    if base == head:
        return RowDifferences(before=len(base), after=len(head))
    stages = (
        Stage(lambda row: packed(content(row))),
        Stage(question),
        Stage(lambda row: packed([row["output"], row["explanation"]])),
    )
    return _rows(base, head, match(base, head, stages), "input", with_ids=False)


def _same(base: Sequence[Row], head: Sequence[Row]) -> list[tuple[int, int]]:
    """The instances with equal id and content, found fast; none where ids repeat."""
    places = {row["id"]: index for index, row in enumerate(base)}
    if len(places) < len(base) or len({row["id"] for row in head}) < len(head):
        return []
    partners = [places.get(row["id"], -1) for row in head]
    return [
        (old, new)
        for new, (old, row) in enumerate(zip(partners, head, strict=True))
        if old >= 0 and base[old] == row
    ]


def _rows(
    base: Sequence[Row], head: Sequence[Row], matching: Matching, name: str, *, with_ids: bool
) -> RowDifferences:
    edited, reidentified = [], []
    for old, new in matching.pairs:
        before, after = base[old], head[new]
        if before == after:
            continue
        if with_ids and before["id"] != after["id"]:
            reidentified.append((before["id"], after["id"]))
        if changes := tuple(member_changes(content(before), content(after), "")):
            edited.append(RowChange(before[name], after[name], changes))
    return RowDifferences(
        before=len(base),
        after=len(head),
        added=tuple(head[index] for index in matching.added),
        removed=tuple(base[index] for index in matching.removed),
        edited=tuple(edited),
        reidentified=tuple(reidentified),
        reordered=matching.reordered,
    )


def member_changes(before: Row, after: Row, pointer: str) -> Iterator[FieldChange]:
    """The members of two objects that differ; None where one of them lacks a member."""
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        # Packed, true is not 1; and null is something that may be there.
        if packed(old) != packed(new) or (key in before) != (key in after):
            yield FieldChange(pointer + escape(key), old, new)


class Repetitions:
    """The questions that several instances of a task ask: normalised input, context and all."""

    def __init__(self, task: Row) -> None:
        columns = Columns(task)
        self._columns = columns
        self._groups = {
            question({**row, "input": normalise(row["input"])}): group
            for group in columns.normalised_groups
            for row in (columns.instances[group[0]],)
        }

    def since(self, earlier: "Repetitions") -> tuple[tuple[Repeated, ...], tuple[Repeated, ...]]:
        """The contradictions and the duplicates that an earlier state did not have.

        A contradiction is a question with different sets of outputs; a duplicate is one that more
        instances ask than before.
        """
        contradictions, duplicates = [], []
        for key, group in self._groups.items():
            before = earlier._groups.get(key, [0])  # noqa: SLF001 - of the same class
            if self._contradicts(group) and not earlier._contradicts(before):  # noqa: SLF001
                contradictions.append(self._repeated(group))
            elif len(group) > len(before):
                duplicates.append(self._repeated(group))
        return tuple(contradictions), tuple(duplicates)

    def _contradicts(self, group: Sequence[int]) -> bool:
        return len(group) > 1 and len({frozenset(self._columns.outputs[at]) for at in group}) > 1

    def _repeated(self, group: Sequence[int]) -> Repeated:
        return Repeated(
            self._columns.inputs[group[0]], tuple(self._columns.ids[index] for index in group)
        )


def labels(base: Row, head: Row) -> LabelDifferences | None:
    """How the distribution of labels changed; None for other tasks, and where it did not."""
    declared = any(task.get("answer_format", {}).get("kind") == "label" for task in (base, head))
    if not declared and not (_seems_labelled(base) and _seems_labelled(head)):
        return None
    before, after = _counted(base), _counted(head)
    if before == after:
        return None
    texts = sorted(before | after, key=lambda text: (-after[text], -before[text], text))
    return LabelDifferences(
        declared=declared,
        labels=tuple(Label(text, before[text], after[text]) for text in texts),
        gained=tuple(text for text in texts if text not in before),
        lost=tuple(text for text in texts if text not in after),
    )


def _seems_labelled(task: Row) -> bool:
    rows = task["instances"]
    if len(set(_outputs(islice(rows, GLANCE)))) > MOST_LABELS:
        return False
    return 1 < len(set(_outputs(rows))) <= min(MOST_LABELS, len(rows) // LEAST_PER_LABEL)


def _counted(task: Row) -> Counter[str]:
    return Counter(_outputs(task["instances"]))


def _outputs(rows: Any) -> Iterator[str]:
    return chain.from_iterable(row["output"] for row in rows)
