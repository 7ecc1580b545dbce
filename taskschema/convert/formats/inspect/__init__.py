"""Samples of Inspect, for evaluations: `input`, `target`, and maybe `choices`, `id`, `metadata`.

The input is a text, or a list of messages: the first one of the system is the definition, the last
one of the user the input, and those between are the context. A target that is a list holds several
right outputs. Where all samples of a task have choices and targets among them, as letters or as
texts, the choices are its answers, scored 1 and 0; else they are kept beside the output. Images and
sounds are refused. Of `files`, `sandbox` and `setup` nothing is opened or run.

All else that a sample holds goes to `extras.inspect` of the instance, and so does what it says in
another way than it is said here; both are written again. What a sample cannot say of its instance
stands under `taskschema` in its metadata, which Inspect keeps in its logs.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.formats.inspect.samples import FIELDS, Heard, heard, kept, laid_out
from taskschema.convert.pieces import Beside, Chunk, Document, Piece, Place, Problem, documents
from taskschema.convert.shared.rows.extras import joined
from taskschema.convert.shared.rows.fields import kind, rest
from taskschema.convert.shared.rows.tasks_from_rows import GENERIC, Loose, gathered
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
from taskschema.core.syntax import strict_json
from taskschema.schema.row_instructions import instruction_and_input

OWN, METADATA = "inspect", "metadata"


def sniff(sample: Sample) -> bool:
    """Whether the rows have an input and a target, and no instruction."""
    return sample.has("input", "target") and not sample.has("instruction")


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Samples of a file; those we wrote become their tasks again."""
    ours: set[str] = set()
    for piece in gathered(_rows(source, ours), source, options):
        if isinstance(piece, dict) and piece["name"] not in ours:
            yield _scored(piece)
        else:
            yield piece


def _rows(source: ConversionSource, ours: set[str]) -> Iterator[Loose | Problem]:
    for found in rows_of(source):
        row = found if isinstance(found, Problem) else _loose(*found)
        if isinstance(row, Loose) and "task" in row.column:
            ours.add(row.column["task"])
        yield row


def _loose(place: Place, row: Document) -> Loose | Problem:
    said = heard(place, row)
    if isinstance(said, Problem):
        return said
    metadata = _metadata(place, row)
    if isinstance(metadata, Problem):
        return metadata
    own = kept(rest(row, (METADATA,)), said)
    if others := rest(metadata, (COLUMN,)):
        own[METADATA] = others
    return Loose(
        place=place,
        instruction=said.instruction or "",
        instance=joined(said.instance, OWN, own),
        column=column_of(metadata),
    )


def _metadata(place: Place, row: Document) -> Document | Problem:
    """The metadata, which may stand in a text."""
    value = row.get(METADATA)
    if isinstance(value, str):
        value, faults = strict_json.parse(value.encode())
        if faults:
            value = row[METADATA]
    if value is None or isinstance(value, dict):
        return value or {}
    inner = place._replace(pointer=f"{place.pointer}/{METADATA}")
    message = f"`{METADATA}` is {kind(value)}, not an object. Write it as one."
    return Problem(inner, "wrong-shape", message)


def _scored(task: Document) -> Document:
    """The task with choices as its answers, where all instances have some."""
    if all("answer" in instance for instance in task["instances"]):
        return task | {"answer_format": {"kind": "choices"}}
    return task | {"instances": [_unscored(instance) for instance in task["instances"]]}


def _unscored(instance: Document) -> Document:
    """The instance with its choices as they stand in a sample, beside the output."""
    if "answer" not in instance:
        return instance
    row = laid_out(None, rest(instance, ("context",)))
    fields = {"choices": row["choices"], "target": row["target"]}
    own = fields | instance.get("extras", {}).get(OWN, {})
    return joined(rest(instance, ("answer",)), OWN, own)


def write(items: Iterable[Document | Beside], options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """A sample a line, of each instance."""
    for task in documents(items):
        shared = carrier(task, options)
        for instance in task["instances"]:
            row = _row(shared, task, instance)
            yield Chunk("", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _row(shared: Document, task: Document, instance: Document) -> Document:
    """The sample, as it was before where that still says the same."""
    place = Place(Path())
    row = laid_out(*_said(task, instance))
    own = foreign(instance, OWN, ())
    metadata = own.get(METADATA)
    metadata = rest(metadata, (COLUMN,)) if isinstance(metadata, dict) else {}
    before = row | {key: own[key] for key in FIELDS if key in own}
    made, again = heard(place, row), heard(place, before)
    if isinstance(made, Heard) and isinstance(again, Heard) and made.same(again):
        row = before
    row |= rest(own, (*FIELDS, METADATA))
    read_again = _loose(place, row | {METADATA: metadata})
    if isinstance(read_again, Problem):
        read_again = Loose(place=place, instruction="", instance={})
    metadata = metadata | carried(shared, task, instance, read_again)
    return row | ({METADATA: metadata} if metadata else {})


def _said(task: Document, instance: Document) -> tuple[str | None, Document]:
    """Instruction and instance as a sample says them; None where there is none to be said.

    Nobody needs to be told the definition that loose rows have in common.
    """
    instruction, text = instruction_and_input(task, instance)
    is_common = text == instance["input"] and instruction in ("", GENERIC)
    begins = [turn["role"] for turn in instance.get("context", [])[:1]]
    return None if is_common and begins != ["system"] else instruction, instance | {"input": text}


FORMAT = Format(
    title="Samples of Inspect: input, target, choices, metadata",
    sniff=sniff,
    read=read,
    write=write,
    loses=LOSES,
    suffix=".jsonl",
)
