"""Reads whole tasks from the two tables of an export: instances and tasks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, TypeAlias

import orjson

from taskschema.convert.pieces import CompanionFile, Document, Piece, Problem, SourceCounts
from taskschema.convert.shared.tables.tasks_from_table import ForeignTable, Row
from taskschema.core.syntax import strict_json
from taskschema.schema import vocabulary
from taskschema.schema.versions import NEWEST, fits

__all__ = ["exported_tasks", "is_export"]

TRAIN, TRACK = "train", "default"
SPLIT = re.compile(r"[A-Za-z0-9_]+")
TaskGroup: TypeAlias = tuple[str, list[Row]]

OF_INSTANCES = {"task", "id", "definition", "input", "output", "answer", "context", "paraphrases"}
OF_TASKS = {"task", "definition", "answer_format", "positive_demonstrations", "provenance"}
SAME = (
    *("aliases", "revision", "summary", "description", "definition", "metrics", "categories"),
    *("domains", "reasoning", "contributors", "sources", "licenses", "provenance", "canary"),
    *("positive_demonstrations", "negative_demonstrations", "answer_format", "extras"),
)
LANGUAGES = ("instruction", "input", "output")
OF_ROWS = ("id", "input", "output", "answer", "context", "attachments", "source_id", "extras")
JSON = {"answer", "answer_format", "configuration", "extras"}
"""The cells that hold JSON, at any depth."""
NOT_AS_EXPORTED = "is not as it was exported. Export it again, or remove it."


def is_export(instances: ForeignTable, tasks: ForeignTable) -> bool:
    """Whether the two tables have the columns of an export."""
    return set(instances.names) >= OF_INSTANCES and set(tasks.names) >= OF_TASKS


def exported_tasks(
    instances: Sequence[ForeignTable],
    tasks: ForeignTable,
    files: Iterator[tuple[str, CompanionFile] | Problem],
) -> Iterator[Piece]:
    """Yield the tasks in the order of their instances, then tasks without instances.

    Args:
        instances: a table for each split, in the order of splits within a task.
        tasks: the table of tasks.
        files: the files of attachments with the names of their tasks, sorted by them.
    """
    problems: list[Problem] = []
    splits: dict[str, list[str]] = {}
    waiting = next(files, None)
    heads = {row["task"]: (place, orjson.dumps(row)) for place, row in _sound(tasks.rows, problems)}
    remaining = set(heads)

    def whole(name: str, rows: list[Document]) -> Document | Problem:
        place, head = heads[name]
        task, split = _task(orjson.loads(head), rows), orjson.loads(head).get("split")
        if task is None:
            return Problem(place, "wrong-shape", f"task `{name}` {NOT_AS_EXPORTED}")
        if isinstance(split, str) and SPLIT.fullmatch(split):
            splits.setdefault(split, []).append(name)
        return task

    read = refused = 0
    for name, found in _together([_groups(table, problems) for table in instances]):
        first, rows = found[0][0], [row for _, row in found]
        read += len(rows)
        while waiting and (isinstance(waiting, Problem) or waiting[0] <= name):
            yield waiting if isinstance(waiting, Problem) else waiting[1]
            waiting = next(files, None)
        if name in remaining:
            piece = whole(name, rows)
            remaining.discard(name)
        else:
            what = "its rows are not together" if name in heads else "it has no row in `tasks`"
            message = f"task `{name}`: {what}. Export it again, or sort the rows by their task."
            piece = Problem(first, "wrong-shape", message)
        refused += len(rows) if isinstance(piece, Problem) else 0
        yield piece
    while waiting:
        yield waiting if isinstance(waiting, Problem) else waiting[1]
        waiting = next(files, None)
    yield from (whole(name, []) for name in heads if name in remaining)
    yield from _lists(splits)
    lost = sum(problem.refuses for problem in problems)
    yield from problems
    yield SourceCounts(read + lost, 0, refused + lost)


def _groups(table: ForeignTable, problems: list[Problem]) -> Iterator[TaskGroup]:
    """The name and the rows of each task."""
    for name, group in groupby(_sound(table.rows, problems), lambda found: found[1]["task"]):
        yield name, list(group)


def _together(splits: Sequence[Iterator[TaskGroup]]) -> Iterator[TaskGroup]:
    """The rows of each task from all splits, if each split is sorted by task."""
    heads = [next(split, None) for split in splits]
    while names := [head[0] for head in heads if head]:
        name, rows = min(names), []
        for index, head in enumerate(heads):
            if head and head[0] == name:
                rows += head[1]
                heads[index] = next(splits[index], None)
        yield name, rows


def _sound(rows: Iterable[Row | Problem], problems: list[Problem]) -> Iterator[Row]:
    """The rows that name their task; other rows are added to the problems."""
    for found in rows:
        if isinstance(found, Problem):
            problems.append(found)
        elif isinstance(found[1].get("task"), str):
            yield found
        else:
            problems.append(
                Problem(found[0], "wrong-shape", f"the task of the row {NOT_AS_EXPORTED}")
            )


def _lists(splits: dict[str, list[str]]) -> Iterator[CompanionFile]:
    """The split lists; none if every task is in the default split."""
    for split, names in sorted(splits.items()) if splits.keys() - {TRAIN} else ():
        lines = "".join(f"{name}\n" for name in sorted(names))
        yield CompanionFile(f"splits/{TRACK}/{split}_tasks.txt", lines.encode())


def _task(head: Document, rows: list[Document]) -> Document | None:
    """The task of a row in the table of tasks; None if it does not fit the schema."""
    try:
        given = _parsed({key: head.get(key) for key in SAME})
        languages = {key: head.get(f"{key}_language") for key in LANGUAGES}
        attachments = _parsed(head.get("attachments") or [])
        whole = given | _parsed(
            {
                "schema_version": NEWEST,
                "name": head["task"],
                "languages": _parsed(languages),
                "evaluation": _parsed({"instances": head.get("evaluation")}),
                "attachments": {entry.pop("name"): entry for entry in attachments},
            }
        )
        whole["instances"] = [_parsed({key: row.get(key) for key in OF_ROWS}) for row in rows]
        kind = whole.get("answer_format", {}).get("kind", "text")
        if tuple(whole.get("metrics", ())) == vocabulary.default_metrics(kind):
            whole.pop("metrics", None)
    except (KeyError, ValueError, TypeError, AttributeError):
        return None
    return whole if fits(whole, NEWEST) else None


def _parsed(value: Any) -> Any:
    """A value without empty members, and with its JSON cells parsed."""
    if isinstance(value, list):
        return [_parsed(part) for part in value]
    if not isinstance(value, dict):
        return value
    kept = {key: part for key, part in value.items() if part not in (None, [], {})}
    return {key: _json(part) if key in JSON else _parsed(part) for key, part in kept.items()}


def _json(text: Any) -> Any:
    value, faults = strict_json.parse(text.encode())
    if faults:
        raise ValueError(faults[0].message)
    return value
