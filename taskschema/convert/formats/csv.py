"""Comma-separated values, with a header that names the columns.

`--input-column`, `--output-column`, `--instruction-column` and `--id-column` say what the columns
hold; where they are not given, plain names such as `input` and `output` are taken, and it is told.
Rows with one id and input become one instance with several outputs. `--config` takes `task_column`,
whose cells name the task of each row, `delimiter`, by default `,` or `;` as in the header, and
`"quotes": false` and `"header": false` for a file without them.

What is written begins with the columns instruction, input, output, id and task. The last one,
`taskschema`, holds as JSON all that the others do not say; `--bare` leaves it out, and writes a row
for each output. A table that was edited in a spreadsheet reads back with all that it does not show.
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
from taskschema.convert.shared.tables.column_mapping import COLUMNS
from taskschema.convert.shared.tables.text_tables import (
    SETTINGS,
    is_header,
    read_table,
    write_table,
)

DELIMITERS = ",;"


def sniff(sample: Sample) -> bool:
    """Whether it is called so, and begins with a header."""
    header = sample.head.lstrip().partition("\n")[0]
    return sample.suffix == ".csv" and any(is_header(header, mark) for mark in DELIMITERS)


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """The tasks of the rows; the other columns go to `extras.csv`."""
    return read_table("csv", DELIMITERS, source, options)


def write(
    items: Iterable[Document | CompanionFile], options: ConvertOptions
) -> Iterator[Chunk | Problem]:
    """A header and a row for each instance."""
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
