"""Compares the rows of a task: instances, demonstrations, repeated questions and labels.

Rows are matched by equal content before equal ids. So if a row is inserted before numbered rows and
their ids shift, the result is one new row.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

from taskschema.analysis.diff.differences import (
    FieldChange,
    LabelChange,
    LabelDifferences,
    RepeatedQuestion,
    RowChange,
    RowDifferences,
)
from taskschema.analysis.diff.matching import (
    Matching,
    MatchStage,
    match,
    packed_json,
    question_key,
    row_content,
)
from taskschema.core.syntax.json_pointers import escape
from taskschema.core.text.normal_forms import normalise
from taskschema.schema.columns import Columns

__all__ = [
    "Repetitions",
    "demonstration_differences",
    "instance_differences",
    "label_differences",
    "member_changes",
]

Row = dict[str, Any]

# A classification without declared labels has few distinct outputs, each in several instances.
MOST_LABELS = 20
LEAST_PER_LABEL = 5
SAMPLE = 1000  # instances; enough to exceed MOST_LABELS if the task is no classification


def instance_differences(
    base: Sequence[Row], head: Sequence[Row], *, with_ids: bool = True
) -> RowDifferences:
    """Return the differences of instances.

    Args:
        base: the old instances.
        head: the new instances.
        with_ids: whether the files have ids; those of version 1 are made by its migration.
    """
    if base == head:
        return RowDifferences(before=len(base), after=len(head))
    stages = (
        MatchStage(lambda row: (row["id"], packed_json(row_content(row)))),
        MatchStage(lambda row: packed_json(row_content(row))),
        MatchStage(lambda row: row["id"]),
        MatchStage(question_key, unique=True),
    )
    return _rows(
        base, head, match(base, head, stages, _equal_pairs(base, head)), "id", with_ids=with_ids
    )


def demonstration_differences(base: Sequence[Row], head: Sequence[Row]) -> RowDifferences:
    """Return the differences of demonstrations of one kind, which are named by their input."""
    if base == head:
        return RowDifferences(before=len(base), after=len(head))
    stages = (
        MatchStage(lambda row: packed_json(row_content(row))),
        MatchStage(question_key),
        MatchStage(lambda row: packed_json([row["output"], row["explanation"]])),
    )
    return _rows(base, head, match(base, head, stages), "input", with_ids=False)


def _equal_pairs(base: Sequence[Row], head: Sequence[Row]) -> list[tuple[int, int]]:
    """Return pairs with equal id and content quickly; nothing if ids repeat."""
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
        if changes := tuple(member_changes(row_content(before), row_content(after), "")):
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
    """Yield the members that differ; None stands for a missing member."""
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        # In JSON, true differs from 1; and null differs from a missing member.
        if packed_json(old) != packed_json(new) or (key in before) != (key in after):
            yield FieldChange(pointer + escape(key), old, new)


class Repetitions:
    """Questions that several instances of a task share, by normalised input and context."""

    def __init__(self, task: Row) -> None:
        columns = Columns(task)
        self._columns = columns
        self._groups = {
            question_key({**row, "input": normalise(row["input"])}): group
            for group in columns.normalised_groups
            for row in (columns.instances[group[0]],)
        }

    def since(
        self, earlier: "Repetitions"
    ) -> tuple[tuple[RepeatedQuestion, ...], tuple[RepeatedQuestion, ...]]:
        """Return the contradictions and duplicates that are new since an earlier state.

        A contradiction is a question with different sets of outputs. A duplicate is a question
        that more instances share than before.
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

    def _repeated(self, group: Sequence[int]) -> RepeatedQuestion:
        return RepeatedQuestion(
            self._columns.inputs[group[0]], tuple(self._columns.ids[index] for index in group)
        )


def label_differences(base: Row, head: Row) -> LabelDifferences | None:
    """Return the change of the distribution of labels; None if there is none."""
    declared = any(task.get("answer_format", {}).get("kind") == "label" for task in (base, head))
    if not declared and not (_has_likely_labels(base) and _has_likely_labels(head)):
        return None
    before, after = _counted(base), _counted(head)
    if before == after:
        return None
    texts = sorted(before | after, key=lambda text: (-after[text], -before[text], text))
    return LabelDifferences(
        declared=declared,
        labels=tuple(LabelChange(text, before[text], after[text]) for text in texts),
        gained=tuple(text for text in texts if text not in before),
        lost=tuple(text for text in texts if text not in after),
    )


def _has_likely_labels(task: Row) -> bool:
    rows = task["instances"]
    if len(set(_outputs(islice(rows, SAMPLE)))) > MOST_LABELS:
        return False
    return 1 < len(set(_outputs(rows))) <= min(MOST_LABELS, len(rows) // LEAST_PER_LABEL)


def _counted(task: Row) -> Counter[str]:
    return Counter(_outputs(task["instances"]))


def _outputs(rows: Any) -> Iterator[str]:
    return chain.from_iterable(row["output"] for row in rows)
