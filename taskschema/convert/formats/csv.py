"""Comma-separated values with a header.

Read: `--input-column`, `--output-column`, `--instruction-column` and `--id-column` select the
columns. Without them, columns with common names such as `input` and `output` are used, and the
choice is reported. Rows with the same id and input become one instance with several outputs. All
other columns go to `extras.csv`.

`--config` takes `task_column` (its cells name the task of each row), `delimiter` (default: `,` or
`;`, detected from the header), and `"quotes": false` and `"header": false` for a file without
quotes or without a header.

Written: the columns instruction, input, output, id and task come first. The last column,
`taskschema`, holds everything else as JSON, so a table that was edited in a spreadsheet reads back
complete. With `--bare` that column is not written, and each output gets its own row.
"""

from collections.abc import Iterable, Iterator

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.pieces import Chunk, ConversionSource, Item, Piece, Problem, Sample
from taskschema.convert.shared.rows.taskschema_column import COLUMN_LOSSES
from taskschema.convert.shared.tables.column_mapping import COLUMNS
from taskschema.convert.shared.tables.text_tables import (
    SETTINGS,
    is_header,
    read_table,
    write_table,
)

DELIMITERS = ",;"


def sniff(sample: Sample) -> bool:
    """Return whether the file name ends in `.csv` and the file starts with a header."""
    header = sample.head.lstrip().partition("\n")[0]
    return sample.suffix == ".csv" and any(is_header(header, mark) for mark in DELIMITERS)


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Yield the tasks of the rows; other columns go to `extras.csv`."""
    return read_table("csv", DELIMITERS, source, options)


def write(items: Iterable[Item], options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """Yield a header and one row per instance."""
    return write_table("csv", ",", items, options)


FORMAT = Format(
    title="Comma-separated values with a header",
    sniff=sniff,
    read=read,
    write=write,
    loses=COLUMN_LOSSES,
    suffix=".csv",
    takes=COLUMNS,
    settings=SETTINGS,
)
