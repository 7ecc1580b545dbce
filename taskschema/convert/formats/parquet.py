"""Parquet files, with options that say which of their columns hold what.

`--input-column`, `--output-column`, `--instruction-column` and `--id-column` name columns, or parts
of nested ones by JSON pointers, such as `/answers/text`. Where they are not given, plain names such
as `input` and `output` are taken, and it is told. A list of outputs holds alternatives, and rows
with one id and input become one instance with several. `--config` takes `task_column`, whose cells
name the task of each row. Numbers that the metadata of `datasets` calls labels become these labels,
and an output of labels gives the task its answer format. All other columns go to `extras.parquet`;
bytes, images and sounds are not kept.

What is written has the columns instruction, input, output, which is a list, id and task, those
fields in `extras` that are text, numbers or truth values, and `taskschema` with all else as JSON;
`--bare` leaves that out.
"""

from collections.abc import Iterable, Iterator

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.pieces import (
    Chunk,
    CompanionFile,
    ConversionSource,
    Document,
    Piece,
    Problem,
    Sample,
)
from taskschema.convert.shared.rows.taskschema_column import COLUMN_LOSSES
from taskschema.convert.shared.tables.arrow_reader import arrow_file
from taskschema.convert.shared.tables.arrow_rows import arrow_table
from taskschema.convert.shared.tables.column_mapping import COLUMNS, SETTINGS
from taskschema.convert.shared.tables.parquet_writer import parquet_bytes
from taskschema.convert.shared.tables.tasks_from_table import tasks_from_table

MARK = "PAR1"


def sniff(sample: Sample) -> bool:
    """Whether it begins as such files do."""
    return not sample.names and sample.head.startswith(MARK)


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """The tasks of the rows."""
    table = arrow_table("parquet", arrow_file(source.path, source.place()))
    yield from tasks_from_table(table, source, options)


def write(
    items: Iterable[Document | CompanionFile], options: ConvertOptions
) -> Iterator[Chunk | Problem]:
    """A row for each instance."""
    for data in parquet_bytes(items, "parquet", options):
        yield Chunk("", data)


FORMAT = Format(
    title="Parquet files, with a mapping of their columns",
    sniff=sniff,
    read=read,
    write=write,
    loses=COLUMN_LOSSES,
    suffix=".parquet",
    is_fallback=True,
    modules=("pyarrow",),
    extra="hf",
    takes=COLUMNS,
    settings=SETTINGS,
)
