"""Inspect samples: `input`, `target` and optional `choices`, `id` and `metadata`.

Read: the input is a text or a list of messages. In a list, a first system message is the
definition, a last user message the input, and the messages between are the context. A target that
is a list holds alternative outputs. If all samples of a task have choices and their targets are
among them, as letters or texts, the choices are its answers, scored 1 and 0; otherwise they are
kept next to the output. Images and audio are refused. `files`, `sandbox` and `setup` are neither
opened nor run.

All other fields of a sample, and values in another form than taskschema writes them, go to
`extras.inspect` of the instance and are written back. Everything that a sample has no field for
goes to `taskschema` in its metadata, which Inspect keeps in its logs.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.formats.inspect.samples import (
    FIELDS,
    ParsedSample,
    parse_sample,
    sample_of,
    unparsed_fields,
)
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
from taskschema.convert.shared.rows.extras_fields import with_extras
from taskschema.convert.shared.rows.row_fields import json_type, other_fields
from taskschema.convert.shared.rows.tasks_from_rows import (
    GENERIC_DEFINITION,
    ForeignRow,
    tasks_from_rows,
)
from taskschema.convert.shared.rows.taskschema_column import (
    COLUMN,
    COLUMN_LOSSES,
    kept_fields,
    read_column,
    row_column,
    shared_column,
)
from taskschema.convert.shared.sources.data_rows import rows_of
from taskschema.core.syntax import strict_json
from taskschema.schema.row_instructions import instruction_and_input

OWN, METADATA = "inspect", "metadata"


def sniff(sample: Sample) -> bool:
    """Return whether the rows have an input and a target, and no instruction."""
    return sample.has("input", "target") and not sample.has("instruction")


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Yield the tasks of samples; samples that taskschema wrote become their tasks again."""
    ours: set[str] = set()
    for piece in tasks_from_rows(_rows(source, ours), source, options):
        if isinstance(piece, dict) and piece["name"] not in ours:
            yield _scored(piece)
        else:
            yield piece


def _rows(source: ConversionSource, ours: set[str]) -> Iterator[ForeignRow | Problem]:
    for found in rows_of(source):
        row = found if isinstance(found, Problem) else _loose(*found)
        if isinstance(row, ForeignRow) and "task" in row.column:
            ours.add(row.column["task"])
        yield row


def _loose(place: Place, row: Document) -> ForeignRow | Problem:
    parsed = parse_sample(place, row)
    if isinstance(parsed, Problem):
        return parsed
    metadata = _metadata(place, row)
    if isinstance(metadata, Problem):
        return metadata
    own = unparsed_fields(other_fields(row, (METADATA,)), parsed)
    if others := other_fields(metadata, (COLUMN,)):
        own[METADATA] = others
    return ForeignRow(
        place=place,
        instruction=parsed.instruction or "",
        instance=with_extras(parsed.instance, OWN, own),
        column=read_column(metadata),
    )


def _metadata(place: Place, row: Document) -> Document | Problem:
    """Return the metadata, which may be an object in a text, or its problem."""
    value = row.get(METADATA)
    if isinstance(value, str):
        value, faults = strict_json.parse(value.encode())
        if faults:
            value = row[METADATA]
    if value is None or isinstance(value, dict):
        return value or {}
    inner = place._replace(pointer=f"{place.pointer}/{METADATA}")
    message = f"`{METADATA}` is {json_type(value)}, not an object. Write it as one."
    return Problem(inner, "wrong-shape", message)


def _scored(task: Document) -> Document:
    """Return the task with the answer format `choices` if all instances have choices."""
    if all("answer" in instance for instance in task["instances"]):
        return task | {"answer_format": {"kind": "choices"}}
    return task | {"instances": [_unscored(instance) for instance in task["instances"]]}


def _unscored(instance: Document) -> Document:
    """Return the instance with its choices in the extras instead of the answer."""
    if "answer" not in instance:
        return instance
    row = sample_of(None, other_fields(instance, ("context",)))
    fields = {"choices": row["choices"], "target": row["target"]}
    own = fields | instance.get("extras", {}).get(OWN, {})
    return with_extras(other_fields(instance, ("answer",)), OWN, own)


def write(items: Iterable[Item], options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """Yield one sample per instance, one per line."""
    for task in tasks_in(items):
        shared = shared_column(task, options)
        for instance in task["instances"]:
            row = _row(shared, task, instance)
            yield Chunk("", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _row(shared: Document, task: Document, instance: Document) -> Document:
    """Return the sample of an instance; fields kept from reading are used if they still fit."""
    place = Place(Path())
    row = sample_of(*_instruction_and_instance(task, instance))
    own = kept_fields(instance, OWN, ())
    metadata = own.get(METADATA)
    metadata = other_fields(metadata, (COLUMN,)) if isinstance(metadata, dict) else {}
    before = row | {key: own[key] for key in FIELDS if key in own}
    parsed, parsed_before = parse_sample(place, row), parse_sample(place, before)
    if (
        isinstance(parsed, ParsedSample)
        and isinstance(parsed_before, ParsedSample)
        and parsed.same(parsed_before)
    ):
        row = before
    row |= other_fields(own, (*FIELDS, METADATA))
    read_again = _loose(place, row | {METADATA: metadata})
    if isinstance(read_again, Problem):
        read_again = ForeignRow(place=place, instruction="", instance={})
    metadata = metadata | row_column(shared, task, instance, read_again)
    return row | ({METADATA: metadata} if metadata else {})


def _instruction_and_instance(task: Document, instance: Document) -> tuple[str | None, Document]:
    """Return the instruction that a sample starts with, or None, and the instance.

    The generic definition of rows without an instruction is not written.
    """
    instruction, text = instruction_and_input(task, instance)
    is_common = text == instance["input"] and instruction in ("", GENERIC_DEFINITION)
    begins = [turn["role"] for turn in instance.get("context", [])[:1]]
    return None if is_common and begins != ["system"] else instruction, instance | {"input": text}


FORMAT = Format(
    title="Inspect samples: input, target, choices, metadata",
    sniff=sniff,
    read=read,
    write=write,
    loses=COLUMN_LOSSES,
    suffix=".jsonl",
)
