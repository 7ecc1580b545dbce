"""Parquet files, with options that map their columns.

Read: `--input-column`, `--output-column`, `--instruction-column` and `--id-column` select columns
by name, or nested values by JSON pointer, such as `/answers/text`. Without them, columns with
common names such as `input` and `output` are used, and the choice is reported. A list of outputs
holds alternatives. Rows with the same id and input become one instance with several outputs.
`--config` takes `task_column`, whose cells name the task of each row. Class label columns in the
metadata of `datasets` are read as the names of their labels, and an output column of labels sets
the answer format of the task. All other columns go to `extras.parquet`; bytes, images and audio are
not kept.

Written: the columns instruction, input, output (a list), id and task, the fields of
`extras.parquet` that are texts, numbers or booleans, and `taskschema` with everything else as JSON.
`--bare` omits `taskschema`.
"""

from collections.abc import Iterable, Iterator

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.pieces import Chunk, ConversionSource, Item, Piece, Problem, Sample
from taskschema.convert.shared.rows.taskschema_column import COLUMN_LOSSES
from taskschema.convert.shared.tables.arrow_reader import arrow_file
from taskschema.convert.shared.tables.arrow_rows import arrow_table
from taskschema.convert.shared.tables.column_mapping import COLUMNS, SETTINGS
from taskschema.convert.shared.tables.parquet_writer import parquet_bytes
from taskschema.convert.shared.tables.tasks_from_table import tasks_from_table

MARK = "PAR1"


def sniff(sample: Sample) -> bool:
    """Return whether the file starts with the magic bytes of Parquet."""
    return not sample.names and sample.head.startswith(MARK)


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Yield the tasks of the rows; other columns go to `extras.parquet`."""
    table = arrow_table("parquet", arrow_file(source.path, source.place()))
    yield from tasks_from_table(table, source, options)


def write(items: Iterable[Item], options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """Yield a Parquet file with one row per instance."""
    for data in parquet_bytes(items, "parquet", options):
        yield Chunk("", data)


FORMAT = Format(
    title="Parquet files, with options that map their columns",
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
