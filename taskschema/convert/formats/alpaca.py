"""Stanford Alpaca: rows with an instruction, an input that may be empty, and an output.

Read: a JSON list, such as `alpaca_data.json`, or JSON Lines, such as
`all_generated_instances.jsonl` of Self-Instruct. Other fields of a row go to `extras.alpaca` of the
instance.

Written: JSON Lines, one row per instance, with its first output.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.pieces import (
    Chunk,
    ConversionSource,
    Document,
    Item,
    Piece,
    Place,
    Problem,
    Sample,
    tasks_in,
)
from taskschema.convert.shared.rows.row_fields import fields_of, other_fields
from taskschema.convert.shared.rows.tasks_from_rows import ForeignRow, tasks_from_rows
from taskschema.convert.shared.rows.taskschema_column import (
    COLUMN,
    COLUMN_LOSSES,
    kept_fields,
    read_column,
    row_column,
    shared_column,
)
from taskschema.convert.shared.sources.data_rows import rows_of
from taskschema.schema.row_instructions import instruction_and_input

NEEDED = ("instruction", "output")
KNOWN = ("instruction", "input", "output", COLUMN)


def sniff(sample: Sample) -> bool:
    """Return whether the rows have the three fields and their outputs are not lists."""
    rows = (row for row in sample.rows if isinstance(row, dict))
    lists = sum(isinstance(row.get("output"), list) for row in rows)
    return sample.has("instruction", "input", "output") and 2 * lists < len(sample.rows)


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Yield the tasks of a file; other fields go to `extras.alpaca` of the instance."""
    return tasks_from_rows(_rows(source), source, options)


def _rows(source: ConversionSource) -> Iterator[ForeignRow | Problem]:
    for found in rows_of(source):
        if isinstance(found, Problem):
            yield found
            continue
        place, row = found
        texts = fields_of(place, row, NEEDED, ("input",))
        yield texts if isinstance(texts, Problem) else _loose(place, row)


def _loose(place: Place, row: Document) -> ForeignRow:
    instance: Document = {"input": row.get("input") or "", "output": [row["output"]]}
    if others := other_fields(row, KNOWN):
        instance["extras"] = {"alpaca": others}
    return ForeignRow(
        place=place,
        instruction=row["instruction"],
        instance=instance,
        column=read_column(row),
    )


def write(items: Iterable[Item], options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """Yield one line per instance, with its first output."""
    for task in tasks_in(items):
        shared = shared_column(task, options)
        for instance in task["instances"]:
            instruction, text = instruction_and_input(task, instance)
            row = {
                "instruction": instruction,
                "input": text,
                "output": instance["output"][0],
                **kept_fields(instance, "alpaca", KNOWN),
            }
            row |= row_column(shared, task, instance, _loose(Place(Path()), row))
            yield Chunk("", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


FORMAT = Format(
    title="Alpaca rows: instruction, input, output",
    sniff=sniff,
    read=read,
    write=write,
    loses=COLUMN_LOSSES,
    suffix=".jsonl",
)
