"""JSON rows of any shape, with options that map their fields.

Read: JSON Lines or one JSON list. `--input-column`, `--output-column`, `--instruction-column` and
`--id-column` select fields by name, or nested values by JSON pointer, such as `/turns/0` or
`/answers/text`. A pointer step into a list that is not a number selects that field of every item.
Without these options, fields with common names such as `input` and `output` are used, and the
choice is reported. A list of outputs holds alternatives. Rows with the same id and input become one
instance with several outputs. `--config` takes `task_column`, a field that names the task of each
row. All other fields go to `extras.jsonl`.

Many kinds of rows fit this format, so it is never detected.

Written: the fields instruction, input, output (a list), id and task, the fields of `extras.jsonl`,
and `taskschema` with everything else. `--bare` omits `taskschema`.
"""

from collections.abc import Iterable, Iterator

import orjson

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.pieces import Chunk, ConversionSource, Item, Piece, Problem
from taskschema.convert.shared.rows.taskschema_column import COLUMN_LOSSES
from taskschema.convert.shared.sources.data_rows import rows_of
from taskschema.convert.shared.tables.column_mapping import COLUMNS, SETTINGS
from taskschema.convert.shared.tables.table_rows import table_rows
from taskschema.convert.shared.tables.tasks_from_table import (
    ForeignTable,
    names_among,
    tasks_from_table,
)

OWN = "jsonl"


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Yield the tasks of the rows; other fields go to `extras.jsonl`."""
    names, rows = names_among(rows_of(source))
    table = ForeignTable(format=OWN, names=names, rows=rows)
    yield from tasks_from_table(table, source, options)


def write(items: Iterable[Item], options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """Yield one line per instance."""
    for row in table_rows(items, OWN, options, lambda _name, _value: True):
        yield Chunk("", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


FORMAT = Format(
    title="JSON rows of any shape, with options that map their fields",
    read=read,
    write=write,
    loses=COLUMN_LOSSES,
    suffix=".jsonl",
    takes=COLUMNS,
    settings=SETTINGS,
)
