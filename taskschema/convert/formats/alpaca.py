"""Stanford Alpaca: a list of rows with an instruction, an input that may be empty, and an output.

The file `alpaca_data.json` is one JSON list; the same rows a line each are read as well, among them
the `all_generated_instances.jsonl` of Self-Instruct. What is written is a row a line.
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
from taskschema.schema.row_instructions import instruction_and_input

NEEDED = ("instruction", "output")
KNOWN = ("instruction", "input", "output", COLUMN)


def sniff(sample: Sample) -> bool:
    """Whether the rows have the three fields, and their outputs are no lists."""
    rows = (row for row in sample.rows if isinstance(row, dict))
    lists = sum(isinstance(row.get("output"), list) for row in rows)
    return sample.has("instruction", "input", "output") and 2 * lists < len(sample.rows)


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Rows of a file; fields beside the three go to `extras.alpaca` of the instance."""
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
    instruction, column = row["instruction"], column_of(row)
    return Loose(place=place, instruction=instruction, instance=instance, column=column)


def write(items: Iterable[Document | Beside], options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """A row a line, of each instance with its first output."""
    for task in documents(items):
        shared = carrier(task, options)
        for instance in task["instances"]:
            instruction, text = instruction_and_input(task, instance)
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
