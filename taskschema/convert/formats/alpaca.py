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
from taskschema.convert.pieces import Beside, Chunk, Document, Piece, Place, Problem, documents
from taskschema.convert.shared.rows.fields import fields_of, rest
from taskschema.convert.shared.rows.tasks_from_rows import Loose, gathered
from taskschema.convert.shared.rows.taskschema_column import (
    COLUMN,
    LOSES,
    carried,
    carrier,
    column_of,
    foreign,
)
from taskschema.convert.shared.sources.data_rows import rows_of
from taskschema.convert.source import ConversionSource, Sample
from taskschema.schema.row_instructions import spoken

NEEDED = ("instruction", "output")
KNOWN = ("instruction", "input", "output", COLUMN)


def sniff(sample: Sample) -> bool:
    """Return whether the rows have the three fields and their outputs are not lists."""
    rows = (row for row in sample.rows if isinstance(row, dict))
    lists = sum(isinstance(row.get("output"), list) for row in rows)
    return sample.has("instruction", "input", "output") and 2 * lists < len(sample.rows)


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Yield the tasks of a file; other fields go to `extras.alpaca` of the instance."""
    return gathered(_rows(source), source, options)


def _rows(source: ConversionSource) -> Iterator[Loose | Problem]:
    for found in rows_of(source):
        if isinstance(found, Problem):
            yield found
            continue
        place, row = found
        texts = fields_of(place, row, NEEDED, ("input",))
        yield texts if isinstance(texts, Problem) else _loose(place, row)


def _loose(place: Place, row: Document) -> Loose:
    instance: Document = {"input": row.get("input") or "", "output": [row["output"]]}
    if others := rest(row, KNOWN):
        instance["extras"] = {"alpaca": others}
    return Loose(
        place=place,
        instruction=row["instruction"],
        instance=instance,
        column=column_of(row),
    )


def write(items: Iterable[Document | Beside], options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """Yield one line per instance, with its first output."""
    for task in documents(items):
        shared = carrier(task, options)
        for instance in task["instances"]:
            instruction, text = spoken(task, instance)
            row = {
                "instruction": instruction,
                "input": text,
                "output": instance["output"][0],
                **foreign(instance, "alpaca", KNOWN),
            }
            row |= carried(shared, task, instance, _loose(Place(Path()), row))
            yield Chunk("", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


FORMAT = Format(
    title="Alpaca rows: instruction, input, output",
    sniff=sniff,
    read=read,
    write=write,
    loses=LOSES,
    suffix=".jsonl",
)
