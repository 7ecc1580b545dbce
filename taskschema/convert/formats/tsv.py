"""Tab-separated values with a header.

Same as `csv`, with a tab between cells. Cells that contain tabs or line breaks are quoted. To read
a file whose quotation marks are plain text, give `--config '{"quotes": false}'`.
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

TAB = "\t"


def sniff(sample: Sample) -> bool:
    """Return whether the file has a suffix of TSV and starts with a header."""
    header = sample.head.lstrip().partition("\n")[0]
    return sample.suffix in (".tsv", ".tab") and is_header(header, TAB)


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Yield the tasks of the rows; other columns go to `extras.tsv`."""
    return read_table("tsv", TAB, source, options)


def write(items: Iterable[Item], options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """Yield a header and one row per instance."""
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
