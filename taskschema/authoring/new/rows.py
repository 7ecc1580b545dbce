"""The rows of a table as instances of a new task, and an account of what became of them."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from operator import ne
from pathlib import Path
from typing import Any

from taskschema.authoring.new.answers import answered, parted
from taskschema.authoring.new.encodings import readable
from taskschema.convert.account import ConversionAccount
from taskschema.convert.detection import formats_of
from taskschema.convert.endpoints import format_of, require_modules, spooled
from taskschema.convert.format import ConvertOptions
from taskschema.convert.pieces import ColumnExamples, ConversionSource, Problem, SourceCounts
from taskschema.convert.shared.rows.task_parts import part_name
from taskschema.convert.shared.rows.tasks_from_rows import GENERIC_DEFINITION, with_ids
from taskschema.core.errors import SourceError, TaskSchemaError
from taskschema.core.findings import Finding
from taskschema.core.plugin_settings import Setting, cure, fit, require_known
from taskschema.core.storage.paths import location
from taskschema.core.text.printing import printable

__all__ = ["TableOptions", "TableRows", "UnclearColumnsError", "rows_of"]

SUFFIXES = {".tsv": "tsv", ".tab": "tsv", ".csv": "csv"}
JSON_BEGINS = (b"{", b"[")
PARQUET, ZIPPED = b"PAR1", b"PK\x03\x04"
HEAD = 1 << 16  # bytes
TABLES = ("csv", "tsv", "jsonl", "parquet", "datasets")
OURS = "taskschema"
ASSUMED = "assumed"
MOST_TOLD = 10  # findings of one kind

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOptions:
    """What a person said of a table."""

    input_columns: tuple[str, ...] = ()
    """Of several, an input names each on a line of its own."""
    output_columns: tuple[str, ...] = ()
    """Of several, each cell with anything in it is an acceptable output, or a field of the one."""
    has_fields: bool = False
    """Whether several output columns are the fields of one output."""
    id_column: str = ""
    instruction_column: str = ""
    output_separator: str = ""
    """Between acceptable outputs in one cell."""
    encoding: str = ""
    configuration: Mapping[str, Any] = field(default_factory=dict)
    """What else the format takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRows:
    """The instances of a table, those without an id of their own still without."""

    instances: list[Row]
    definition: str
    """The instruction that all of them have; empty where they have none, or many."""
    step: Row
    """The conversion that they went through, for the provenance."""
    findings: tuple[Finding, ...]
    """What is wrong with rows, and what was taken for granted."""
    refused: int
    merged: int
    disputed: tuple[str, ...]
    """The inputs that came with different outputs, all of which are acceptable now."""
    stripped: int = 0
    """Rows that had white space round a cell, which is a fault in a task."""


class UnclearColumnsError(TaskSchemaError):
    """Nobody can tell which column holds what; has an example of each column."""

    def __init__(self, message: str, examples: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.examples = examples


def rows_of(source: str, name: str, options: TableOptions) -> TableRows:
    """Read a file, a folder of `datasets` or the standard input.

    Args:
        source: a path, an address, or `-`.
        name: of the task.
        options: what is known of its columns.

    Raises:
        SourceError: there is no such source, or nothing of it can be read.
        UnclearColumnsError: it has to be said which column holds what.
        ConfigError: a setting that the format does not take.
    """
    if not source or (source != "-" and not location(source).exists()):
        raise SourceError(f"{source}: does not exist. Name a file, or a folder of datasets.")
    with tempfile.TemporaryDirectory(prefix="taskschema-") as scratch:
        path = spooled(source, Path(scratch))
        label = Path(source) if source == "-" else location(source)
        if not path.is_dir():
            path = readable(path, source, options.encoding, Path(scratch))
        kind = _format_of(path, label)
        _, reader = format_of(kind)
        require_modules(kind, reader)
        settings = reader.settings or {}
        require_known(options.configuration, settings, f"--config: {kind} takes no")
        for key, value in options.configuration.items():
            fit(key, value, settings.get(key, Setting(str, key)), "--config: ")
        origin = ConversionSource(path=path, label=label, name=name)
        asked = ConvertOptions(
            name=name,
            group="instruction",
            merge=False,
            instruction=GENERIC_DEFINITION,  # so that nobody is asked for a definition here
            input_column=next(iter(options.input_columns), None),
            output_column=next(iter(options.output_columns), None),
            id_column=options.id_column or None,
            instruction_column=options.instruction_column or None,
            configuration=options.configuration,
        )
        tasks, account = _read(kind, origin, asked)
        if len(tasks) > 1:
            tasks, account = _read(kind, origin, replace(asked, group="collection"))
    parts = [part_name(tasks[0]["name"].rpartition("-")[0], at + 1) for at in range(len(tasks))]
    if len(tasks) > 1 and [task["name"] for task in tasks] != parts:
        raise SourceError(
            f"{source}: holds the rows of {len(tasks):,} tasks. Make a file of each: "
            f"`taskschema convert {source} tasks/ --from {kind}`."
        )
    instances = [_without_made_id(task["name"], row) for task in tasks for row in task["instances"]]
    for columns in (options.input_columns, options.output_columns):
        _require_columns(instances, columns[1:], kind, source)
    instances = [_joined(row, options.input_columns, kind) for row in instances]
    instances = [
        answered(row, options.output_columns, kind, as_fields=options.has_fields)
        for row in instances
    ]
    instances = [parted(row, options.output_separator, source) for row in instances]
    bare = [_stripped(row) for row in instances]
    stripped = sum(map(ne, bare, instances))
    merged, disputed = _merged(bare)
    said = tasks[0]["definition"][0] if tasks else ""
    step = {"format": kind, "by": f"taskschema {version('taskschema')}"}
    if label.name not in ("", "-"):
        step = {"format": kind, "source": label.name, "by": step["by"]}
    return TableRows(
        instances=merged,
        definition="" if said == GENERIC_DEFINITION else said,
        step=step,
        findings=_findings(account, options),
        refused=account.refused,
        merged=len(instances) - len(merged),
        disputed=disputed,
        stripped=stripped,
    )


def _format_of(path: Path, label: Path) -> str:
    if path.is_dir():
        return "datasets"
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip():
        raise SourceError(f"{label}: is empty. Write a header with the columns' names, and rows.")
    if head.startswith(ZIPPED):
        raise SourceError(
            f"{label}: is a spreadsheet or an archive. Save it as CSV in UTF-8, and name that."
        )
    if head.startswith(PARQUET):
        return "parquet"
    if suffix := SUFFIXES.get(label.suffix.lower()):
        return suffix
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(JSON_BEGINS):
        return "jsonl"
    return "tsv" if b"\t" in head.lstrip().partition(b"\n")[0] else "csv"


def _read(
    kind: str, source: ConversionSource, options: ConvertOptions
) -> tuple[list[Row], ConversionAccount]:
    _, reader = format_of(kind)
    account = ConversionAccount(kind, "taskschema")
    tasks: list[Row] = []
    glance: ColumnExamples | None = None
    for piece in reader.read(source, options) if reader.read else ():
        if isinstance(piece, Problem):
            account.problem(piece)
        elif isinstance(piece, Finding):
            account.tell(piece)
        elif isinstance(piece, SourceCounts):
            account.count(piece)
        elif isinstance(piece, ColumnExamples):
            glance = piece
        elif isinstance(piece, dict):
            tasks.append(piece)
    if glance:
        reasons = [one.message for one in account.report.findings if one.severity == "error"]
        message = f"{source.label}: {' '.join(reasons)}"
        if kind in ("csv", "tsv") and options.configuration.get("header", True):
            message += """ If its first row is no header: --config '{"header": false}'."""
        _require_table(source)
        raise UnclearColumnsError(message, glance.examples)
    return tasks, account


def _require_table(source: ConversionSource) -> None:
    """Raise SourceError where what has no plain columns is surely of another format."""
    others = [name for name in formats_of(source.path) if name not in TABLES]
    if others == [OURS]:
        raise SourceError(
            f"{source.label}: is a task already. Copy it under another name, with that name inside."
        )
    if len(others) == 1:
        raise SourceError(
            f"{source.label}: is {others[0]}, and no table. Make tasks of it: "
            f"`taskschema convert {source.label} tasks/`."
        )


def _findings(account: ConversionAccount, options: TableOptions) -> tuple[Finding, ...]:
    """What was told, but for what is said of the columns where several hold the input."""
    several = len(options.input_columns) > 1
    found = account.report.capped(MOST_TOLD).findings
    return tuple(one for one in found if not (several and one.name == ASSUMED and not one.pointer))


def _without_made_id(name: str, row: Row) -> Row:
    """The row without an id that reading made for it."""
    bare = {key: value for key, value in row.items() if key != "id"}
    (made,) = with_ids(name, [bare])
    known: str = row["id"]
    is_made = known == made["id"] or (
        known.startswith(f"{made['id']}-") and known.removeprefix(f"{made['id']}-").isdecimal()
    )
    return bare if is_made else row


def _require_columns(rows: list[Row], columns: tuple[str, ...], kind: str, source: str) -> None:
    """Raise SourceError where no row has a column, which would be an empty part of each input."""
    there = {name for row in rows for name in row.get("extras", {}).get(kind, {})}
    for name in columns if rows else ():
        if name not in there:
            message = f"{source}: has no other column `{printable(name)}` with anything in it."
            raise SourceError(f"{message} {cure(name, sorted(there))}")


def _joined(row: Row, columns: tuple[str, ...], kind: str) -> Row:
    """The row whose input has a line for each of several columns, with the column's name."""
    if len(columns) < 2:  # noqa: PLR2004 - one column is the input as it stands
        return row
    others = dict(row.get("extras", {}).get(kind, {}))
    cells = [row["input"], *(others.pop(name, "") for name in columns[1:])]
    text = "\n".join(
        f"{name}: {cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)}"
        for name, cell in zip(columns, cells, strict=True)
    )
    new = {key: value for key, value in row.items() if key != "extras"} | {"input": text}
    return new | ({"extras": {kind: others}} if others else {})


def _stripped(row: Row) -> Row:
    outputs = [text.strip() or text for text in row["output"]]
    return row | {"input": row["input"].strip() or row["input"], "output": outputs}


def _merged(rows: list[Row]) -> tuple[list[Row], tuple[str, ...]]:
    """Rows without an id, one for each input, and the inputs whose outputs differed."""
    by_input: dict[str, Row] = {}
    merged, disputed = [], dict[str, None]()
    for row in rows:
        if "id" in row or (first := by_input.setdefault(row["input"], row)) is row:
            merged.append(row)
            continue
        if set(first["output"]) != set(row["output"]):
            disputed[row["input"]] = None
            first["output"] = list(dict.fromkeys((*first["output"], *row["output"])))
    return merged, tuple(disputed)
