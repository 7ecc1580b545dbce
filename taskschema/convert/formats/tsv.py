"""Tab-separated values, with a header that names the columns.

All is as in `csv`, but for the tab between cells. Cells stand in quotation marks where they hold
tabs or line breaks; a file whose quotation marks are text like any other is read with
`--config '{"quotes": false}'`.
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

TAB = "\t"


def sniff(sample: Sample) -> bool:
    """Whether it is called so, and begins with a header."""
    header = sample.head.lstrip().partition("\n")[0]
    return sample.suffix in (".tsv", ".tab") and is_header(header, TAB)


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """The tasks of the rows; the other columns go to `extras.tsv`."""
    return read_table("tsv", TAB, source, options)


def write(
    items: Iterable[Document | CompanionFile], options: ConvertOptions
) -> Iterator[Chunk | Problem]:
    """A header and a row for each instance."""
    return write_table("tsv", TAB, items, options)


FORMAT = Format(
    title="Tab-separated values with a header",
    sniff=sniff,
    read=read,
    write=write,
    loses=COLUMN_LOSSES,
    suffix=".tsv",
    takes=COLUMNS,
    settings=SETTINGS,
)
