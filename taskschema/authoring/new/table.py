"""Reads the rows of a table as instances of a new task, and counts skipped and merged rows."""

import json
import tempfile
from dataclasses import dataclass
from operator import ne
from pathlib import Path
from typing import Any

from taskschema.authoring.new.encodings import utf_8_file
from taskschema.authoring.new.request import TableOptions
from taskschema.authoring.new.row_outputs import combine_outputs, split_outputs
from taskschema.convert.format import ConvertOptions
from taskschema.convert.pieces import ConversionSource
from taskschema.convert.rows import SourceRows, read_rows
from taskschema.convert.sources import local_copy
from taskschema.core.errors import SourceError
from taskschema.core.findings import Finding, Report
from taskschema.core.plugin_settings import cure
from taskschema.core.storage.paths import location
from taskschema.core.text.printing import printable

__all__ = ["TableRows", "read_table"]

SUFFIXES = {".tsv": "tsv", ".tab": "tsv", ".csv": "csv"}
JSON_BEGINS = (b"{", b"[")
PARQUET, ZIPPED = b"PAR1", b"PK\x03\x04"
HEAD = 1 << 16  # bytes
ASSUMED = "assumed"
MOST_REPORTED = 10  # findings per rule

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRows:
    """The rows of a table as instances."""

    instances: list[Row]
    """The instances; only ids of the table itself are set."""
    definition: str
    """The instruction that all rows share; empty if they have none or several."""
    step: Row
    """The conversion, for `provenance`."""
    findings: tuple[Finding, ...]
    """Findings of rows, and assumptions about the table."""
    refused: int
    """Number of skipped rows."""
    merged: int
    """Number of rows merged into others with the same input."""
    disputed: tuple[str, ...]
    """Inputs with different outputs in several rows, all of which became acceptable."""
    stripped: int = 0
    """Number of rows with white space around a cell, which was removed."""


def read_table(source: str, name: str, options: TableOptions) -> TableRows:
    """Read the rows of a file, a folder of `datasets` or standard input.

    Args:
        source: a path, an address, or `-` for standard input.
        name: the name of the task.
        options: the options of the table.

    Raises:
        SourceError: the source does not exist or cannot be read.
        UnclearColumnsError: options must name the columns.
        ConfigError: the format has no such setting.
    """
    if not source or (source != "-" and not location(source).exists()):
        raise SourceError(f"{source}: does not exist. Name a file or a folder of `datasets`.")
    with tempfile.TemporaryDirectory(prefix="taskschema-") as scratch:
        path = local_copy(source, Path(scratch))
        label = Path(source) if source == "-" else location(source)
        if not path.is_dir():
            path = utf_8_file(path, source, options.encoding, Path(scratch))
        kind = _format_of(path, label)
        read = read_rows(
            ConversionSource(path=path, label=label, name=name),
            kind,
            ConvertOptions(
                input_column=next(iter(options.input_columns), None),
                output_column=next(iter(options.output_columns), None),
                id_column=options.id_column or None,
                instruction_column=options.instruction_column or None,
                configuration=options.configuration,
            ),
        )
    return _cleaned(read, _combined(read.instances, kind, source, options), options)


def _combined(instances: list[Row], kind: str, source: str, options: TableOptions) -> list[Row]:
    """Return the rows with their input and outputs from all columns that the options name."""
    for columns in (options.input_columns, options.output_columns):
        _require_columns(instances, columns[1:], kind, source)
    combined = []
    for instance in instances:
        row = _with_joined_input(instance, options.input_columns, kind)
        row = combine_outputs(row, options.output_columns, kind, as_fields=options.has_fields)
        combined.append(split_outputs(row, options.output_separator, source))
    return combined


def _cleaned(read: SourceRows, instances: list[Row], options: TableOptions) -> TableRows:
    """Return the rows without white space around cells and without repeated inputs."""
    clean = [_stripped(row) for row in instances]
    merged, disputed = _merged(clean)
    return TableRows(
        instances=merged,
        definition=read.definition,
        step=read.step,
        findings=_findings(read.report, options),
        refused=read.refused,
        merged=len(instances) - len(merged),
        disputed=disputed,
        stripped=sum(map(ne, clean, instances)),
    )


def _format_of(path: Path, label: Path) -> str:
    if path.is_dir():
        return "datasets"
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip():
        raise SourceError(
            f"{label}: is empty. Write a header with the names of the columns, then rows."
        )
    if head.startswith(ZIPPED):
        raise SourceError(
            f"{label}: is a spreadsheet or an archive. Save it as CSV in UTF-8 and give that file."
        )
    if head.startswith(PARQUET):
        return "parquet"
    if suffix := SUFFIXES.get(label.suffix.lower()):
        return suffix
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(JSON_BEGINS):
        return "jsonl"
    return "tsv" if b"\t" in head.lstrip().partition(b"\n")[0] else "csv"


def _findings(report: Report, options: TableOptions) -> tuple[Finding, ...]:
    """Return the findings, without the assumptions about columns if several hold the input."""
    has_several = len(options.input_columns) > 1
    found = report.capped(MOST_REPORTED).findings
    return tuple(
        one for one in found if not (has_several and one.name == ASSUMED and not one.pointer)
    )


def _require_columns(rows: list[Row], columns: tuple[str, ...], kind: str, source: str) -> None:
    """Raise SourceError if a column is empty or missing in all rows."""
    existing = {name for row in rows for name in row.get("extras", {}).get(kind, {})}
    for name in columns if rows else ():
        if name not in existing:
            message = f"{source}: has no other column `{printable(name)}` that is not empty."
            raise SourceError(f"{message} {cure(name, sorted(existing))}")


def _with_joined_input(row: Row, columns: tuple[str, ...], kind: str) -> Row:
    """Return the row with one input of several columns: a line `NAME: CELL` per column."""
    if len(columns) < 2:  # noqa: PLR2004 - the cell of one column is the input
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
    """Merge rows without an id that share an input; also return inputs with different outputs."""
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
