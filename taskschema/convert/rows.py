"""Reads the rows of one source as the instances of one task, for commands that write a new task."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any

from taskschema.convert.account import ProblemLog
from taskschema.convert.detection import formats_of
from taskschema.convert.format import ConvertOptions, find_format, require_modules
from taskschema.convert.options import require_accepted
from taskschema.convert.pieces import (
    ColumnExamples,
    CompanionFile,
    ConversionSource,
    Document,
    Problem,
    SourceCounts,
)
from taskschema.convert.shared.rows.task_parts import part_name
from taskschema.convert.shared.rows.tasks_from_rows import GENERIC_DEFINITION, with_ids
from taskschema.convert.sources import STANDARD
from taskschema.core.errors import SourceError, TaskSchemaError
from taskschema.core.findings import Finding, Report

__all__ = ["SourceRows", "UnclearColumnsError", "read_rows"]

NATIVE = "taskschema"
TABLES = ("csv", "tsv", "jsonl", "parquet", "datasets")
DELIMITED = ("csv", "tsv")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRows:
    """The rows of a source as instances."""

    instances: list[Document]
    """None is merged with another; those without an id in the source have none."""
    definition: str
    """The instruction of all rows; empty if they have none, or several."""
    step: Document
    """This conversion, for the provenance of a task."""
    report: Report
    """Rows with problems, and what was assumed."""
    refused: int
    """Rows that are skipped because of a problem."""


class UnclearColumnsError(TaskSchemaError):
    """The columns of inputs and outputs cannot be determined."""

    def __init__(self, message: str, examples: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.examples = examples
        """By name of the column, its first cell that is not empty."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The tasks and problems of a source."""

    tasks: list[Document]
    log: ProblemLog
    refused: int


def read_rows(source: ConversionSource, format_name: str, options: ConvertOptions) -> SourceRows:
    """Read a file or a folder of one format as the rows of a single task.

    Args:
        source: the file or folder; its name is the name of the task.
        format_name: the name of its format.
        options: columns and configuration.

    Raises:
        SourceError: the rows belong to several tasks, or the source is of another format.
        UnclearColumnsError: the options must name the columns.
        ConfigError: an option that the format does not take, or a wrong value.
    """
    name, format_ = find_format(format_name)
    require_modules(name, format_)
    require_accepted(options, {name: format_})
    chosen = replace(
        options,
        name=source.name,
        merge=False,
        # Otherwise rows without an instruction give a warning.
        instruction=GENERIC_DEFINITION,
    )
    reading = _read(name, source, replace(chosen, group="instruction"))
    if len(reading.tasks) > 1:  # each row has its own instruction
        reading = _read(name, source, replace(chosen, group="collection"))
    tasks = reading.tasks
    _require_one_task(tasks, name, source)
    definition = tasks[0]["definition"][0] if tasks else ""
    return SourceRows(
        instances=[
            _without_made_id(task["name"], row) for task in tasks for row in task["instances"]
        ],
        definition="" if definition == GENERIC_DEFINITION else definition,
        step=_step(name, source),
        report=reading.log.report,
        refused=reading.refused,
    )


def _read(name: str, source: ConversionSource, options: ConvertOptions) -> _Reading:
    _, format_ = find_format(name)
    log = ProblemLog()
    tasks: list[Document] = []
    refused = 0
    for piece in format_.read(source, options) if format_.read else ():
        if isinstance(piece, Problem):
            log.add_problem(piece)
        elif isinstance(piece, Finding):
            log.add_finding(piece)
        elif isinstance(piece, SourceCounts):
            refused += piece.refused
        elif isinstance(piece, ColumnExamples):
            _require_table(source)
            reasons = [one.message for one in log.report.findings if one.severity == "error"]
            message = f"{source.label}: {' '.join(reasons)}"
            if name in DELIMITED and options.configuration.get("header", True):
                message += """ If its first row is no header: --config '{"header": false}'."""
            raise UnclearColumnsError(message, piece.examples)
        elif not isinstance(piece, CompanionFile):
            tasks.append(piece)
    return _Reading(tasks, log, refused)


def _require_table(source: ConversionSource) -> None:
    """Raise SourceError if a source without clear columns is of a format that is not a table."""
    others = [name for name in formats_of(source.path) if name not in TABLES]
    if others == [NATIVE]:
        raise SourceError(
            f"{source.label}: is a task already. Copy it under a new name, and change its `name`."
        )
    if len(others) == 1:
        raise SourceError(
            f"{source.label}: is a {others[0]} file, not a table. Convert it: "
            f"`taskschema convert {source.label} tasks/`."
        )


def _require_one_task(tasks: list[Document], name: str, source: ConversionSource) -> None:
    """Raise SourceError unless several tasks are the parts of one."""
    stem = tasks[0]["name"].rpartition("-")[0] if tasks else ""
    parts = [part_name(stem, number) for number in range(1, len(tasks) + 1)]
    if len(tasks) > 1 and [task["name"] for task in tasks] != parts:
        raise SourceError(
            f"{source.label}: holds the rows of {len(tasks):,} tasks. Convert it to a file for "
            f"each: `taskschema convert {source.label} tasks/ --from {name}`."
        )


def _step(name: str, source: ConversionSource) -> Document:
    by = f"taskschema {version('taskschema')}"
    if source.label.name in ("", STANDARD):
        return {"format": name, "by": by}
    return {"format": name, "source": source.label.name, "by": by}


def _without_made_id(name: str, row: Document) -> Document:
    """The row without its id, if that was made from its content while reading."""
    bare = {key: value for key, value in row.items() if key != "id"}
    (made,) = with_ids(name, [bare])
    known: str = row["id"]
    is_made = known == made["id"] or (
        known.startswith(f"{made['id']}-") and known.removeprefix(f"{made['id']}-").isdecimal()
    )
    return bare if is_made else row
