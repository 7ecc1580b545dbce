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

from taskschema import jsonio
from taskschema.formats import (
    Beside,
    Chunk,
    Document,
    Format,
    Options,
    Piece,
    Place,
    Problem,
    Sample,
    Source,
    documents,
)
from taskschema.formats._carried import COLUMN, column_of
from taskschema.formats._extras import joined
from taskschema.formats._fields import kind, rest, rows_of
from taskschema.formats._inspect_rows import FIELDS, Heard, heard, kept, laid_out
from taskschema.formats._instances import (
    FORMATTED,
    LOSES_OF_TASKS,
    Formats,
    answered,
    column_for,
    plain_of,
    restored,
    shared_by,
)
from taskschema.formats._loose import Loose, gathered

OWN, METADATA = "inspect", "metadata"
STALE = (
    "tells how the sample was written, and it says something else now; it is written anew. "
    "Take `{}` out of it."
)


def sniff(sample: Sample) -> bool:
    """Whether the rows have an input and a target, and no instruction."""
    return sample.has("input", "target") and not sample.has("instruction")


def read(source: Source, options: Options) -> Iterator[Piece]:
    """Samples of a file; those we wrote become their tasks again."""
    formats: Formats = {}
    loose = gathered(_rows(source, formats), source, options)
    return answered(loose, source, formats, _scored)


def _rows(source: Source, formats: Formats) -> Iterator[Loose | Problem]:
    for found in rows_of(source):
        yield found if isinstance(found, Problem) else _loose(*found, formats)


def _loose(place: Place, row: Document, formats: Formats) -> Loose | Problem:
    """A sample; what its task says of answers is put into `formats`."""
    said = heard(place, row)
    if isinstance(said, Problem):
        return said
    metadata = _metadata(place, row)
    if isinstance(metadata, Problem):
        return metadata
    own = kept(rest(row, (METADATA,)), said)
    if others := rest(metadata, (COLUMN,)):
        own[METADATA] = others
    instance: Document | Problem = joined(said.instance, OWN, own)
    if COLUMN in metadata and isinstance(instance, dict):
        inner = place._replace(pointer=f"{place.pointer}/{METADATA}/{COLUMN}")
        instance = restored(inner, instance, metadata[COLUMN], formats)
    if isinstance(instance, Problem):
        return instance
    return Loose(
        place=place,
        instruction=said.instruction or "",
        instance=instance,
        column=rest(column_of(metadata), ("output",)),
    )


def _metadata(place: Place, row: Document) -> Document | Problem:
    """The metadata, which may stand in a text."""
    value = row.get(METADATA)
    if isinstance(value, str):
        value, faults = jsonio.parse(value.encode())
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
        return task | {FORMATTED: {"kind": "choices"}}
    return task | {"instances": [_unscored(instance) for instance in task["instances"]]}


def _unscored(instance: Document) -> Document:
    """The instance with its choices as they stand in a sample, beside the output."""
    if "answer" not in instance:
        return instance
    row = laid_out(None, rest(instance, ("context",)))
    fields = {"choices": row["choices"], "target": row["target"]}
    own = fields | instance.get("extras", {}).get(OWN, {})
    return joined(rest(instance, ("answer",)), OWN, own)


def write(items: Iterable[Document | Beside], options: Options) -> Iterator[Chunk | Problem]:
    """A sample a line, of each instance."""
    for task in documents(items):
        shared = shared_by(task, options)
        for index, instance in enumerate(task["instances"]):
            row, is_stale = _row(shared, task, instance)
            if is_stale:
                place = Place(Path(task["name"]), pointer=f"/instances/{index}/extras/{OWN}")
                yield Problem(place, "not-kept", STALE.format("`, `".join(FIELDS)), refuses=False)
            yield Chunk("", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _row(shared: Document, task: Document, instance: Document) -> tuple[Document, bool]:
    """The sample, and whether what is kept of an earlier one no longer says the same."""
    instruction, plain = plain_of(task, instance)
    context = instance.get("context", [])
    if instruction is None and context and context[0]["role"] == "system":
        instruction = task["definition"][0]
    row = laid_out(instruction, plain)
    own = instance.get("extras", {}).get(OWN)
    own = own if isinstance(own, dict) else {}
    metadata = own.get(METADATA)
    metadata = rest(metadata, (COLUMN,)) if isinstance(metadata, dict) else {}
    place = Place(Path())
    as_before = row | {key: own[key] for key in FIELDS if key in own}
    made, again = heard(place, row), heard(place, as_before)
    is_stale = not (isinstance(made, Heard) and isinstance(again, Heard) and made.same(again))
    row = (row if is_stale else as_before) | rest(own, (*FIELDS, METADATA))
    if shared:
        base = _loose(place, row | {METADATA: metadata}, {})
        said = base.instance if isinstance(base, Loose) else {}
        column = column_for(shared, task, instance, said, is_silent=instruction is None)
        metadata = metadata | {COLUMN: column}
    return row | ({METADATA: metadata} if metadata else {}), is_stale


FORMAT = Format(
    title="Samples of Inspect: input, target, choices, metadata",
    sniff=sniff,
    read=read,
    write=write,
    loses=LOSES_OF_TASKS,
    suffix=".jsonl",
)
