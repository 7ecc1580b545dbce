"""Rows of JSON of any shape, with options that say which of their fields hold what.

The rows stand a line each, or in one list. `--input-column`, `--output-column`,
`--instruction-column` and `--id-column` name fields, or parts of them by JSON pointers, such as
`/turns/0` or `/answers/text`: a step into a list that is no number takes that part of each item.
Where they are not given, plain names such as `input` and `output` are taken, and it is told. A list
of outputs holds alternatives, and rows with one id and input become one instance with several.
`--config` takes `task_column`, a field that names the task of each row. All other fields go to
`extras.jsonl`.

What is written has the fields instruction, input, output, which is a list, id and task, those that
`extras` hold, and `taskschema` for all else; `--bare` leaves that out. As rows of many kinds could
be these, `--from jsonl` has to be given.
"""

from collections.abc import Iterable, Iterator

import orjson

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.pieces import (
    Chunk,
    CompanionFile,
    ConversionSource,
    Document,
    Piece,
    Problem,
)
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
    """The tasks of the rows."""
    names, rows = names_among(rows_of(source))
    table = ForeignTable(format=OWN, names=names, rows=rows)
    yield from tasks_from_table(table, source, options)


def write(
    items: Iterable[Document | CompanionFile], options: ConvertOptions
) -> Iterator[Chunk | Problem]:
    """A row a line for each instance."""
    for row in table_rows(items, OWN, options, lambda _name, _value: True):
        yield Chunk("", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


FORMAT = Format(
    title="JSON rows of any shape, with a mapping of their fields",
    read=read,
    write=write,
    loses=COLUMN_LOSSES,
    suffix=".jsonl",
    takes=COLUMNS,
    settings=SETTINGS,
)
