"""What a model answered to Self-Instruct: an instruction with the raw text of its instances.

A row of `machine_generated_instances.jsonl` becomes a task. `raw_instances` is parsed as the
original program parses it: of a generation after each `Example` an input and its `Output:`, of a
classification after each `Class label:` a line with the label, and below it the input. What that
program leaves out is left out and told: instances that were cut off, have no output, end with a
colon or have their input as output; and all, where one input has different outputs. It draws at
most five of a task, and sometimes cuts the name of a field off an input; here all stay as they are.

Whether an instruction is a classification stands in a file of its own (`is_clf_or_not_*.jsonl`),
which `--data` names. Without it, `is_classification` in the row says so, or else a `Class label:`
in the text. All other fields go to `extras.self_instruct_generated`, with the raw text as it is.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.pieces import (
    ConversionSource,
    Document,
    Piece,
    Place,
    Problem,
    Sample,
    SourceCounts,
)
from taskschema.convert.shared.rows.row_fields import fields_of, json_type, other_fields
from taskschema.convert.shared.rows.self_instruct import (
    CLASS_LABEL,
    LABEL,
    ParsedInstance,
    filtered,
    parsed,
    with_merged_inputs,
)
from taskschema.convert.shared.rows.task_names import TaskNames
from taskschema.convert.shared.rows.tasks_from_rows import with_ids
from taskschema.convert.shared.sources.data_rows import rows_of
from taskschema.schema.versions import NEWEST

OWN = "self_instruct_generated"
ANSWER = "is_classification"
TRUE = ("Yes", "yes", "YES")
WORDS = 8  # of an instruction, in the name of its task
NO_INSTANCE = (
    "`raw_instances` holds no instance: no `Example`, `Output:` or `Class label:` that parts it. "
    "Write them so, or leave the row out."
)


def sniff(sample: Sample) -> bool:
    """Whether the rows have an instruction and a raw text of instances."""
    return sample.has("instruction", "raw_instances")


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """A task for each row that has an instance."""
    names = TaskNames(options.name)
    kinds: dict[bytes, bool] = {}
    if options.data:
        other = ConversionSource(path=options.data, label=options.data, name=options.data.stem)
        yield from _kinds(other, kinds)
    for found in rows_of(source):
        checked = found if isinstance(found, Problem) else _checked(*found)
        if isinstance(checked, Problem):
            yield checked
            yield SourceCounts(1, 0, 1)
        elif not isinstance(found, Problem):
            place, row = found
            said = kinds.get(_digest(row["instruction"]), checked)
            is_classification = CLASS_LABEL in row["raw_instances"] if said is None else said
            yield from _pieces(place, row, names, options, is_classification=is_classification)


def _kinds(source: ConversionSource, kinds: dict[bytes, bool]) -> Iterator[Problem]:
    """Take in which instructions are classifications; what is wrong with the file comes out."""
    for found in rows_of(source):
        if isinstance(found, Problem):
            yield found
            continue
        place, row = found
        texts = fields_of(place, row, ("instruction",))
        said = texts if isinstance(texts, Problem) else _said(place, row)
        if isinstance(said, Problem):
            yield said
        elif said is not None:
            kinds[_digest(row["instruction"])] = said


def _digest(instruction: str) -> bytes:
    return sha256(instruction.encode()).digest()


def _checked(place: Place, row: Document) -> bool | Problem | None:
    """Whether a row says that it is a classification, or what is wrong with it as a whole."""
    texts = fields_of(place, row, ("instruction", "raw_instances"))
    return texts if isinstance(texts, Problem) else _said(place, row)


def _said(place: Place, row: Document) -> bool | Problem | None:
    value = row.get(ANSWER)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value.strip() in TRUE
    inner = place._replace(pointer=f"{place.pointer}/{ANSWER}")
    message = f"`{ANSWER}` is {json_type(value)}, not true, false or a text. Write it as such."
    return Problem(inner, "wrong-shape", message)


def _pieces(
    place: Place,
    row: Document,
    names: TaskNames,
    options: ConvertOptions,
    *,
    is_classification: bool,
) -> Iterator[Piece]:
    """The task of a row, and the instances that are left out of it."""
    instruction, raw = row["instruction"], row["raw_instances"]
    at = place._replace(pointer=f"{place.pointer}/raw_instances")
    found = parsed(raw, is_classification=is_classification)
    if not found:
        yield Problem(at, "missing-answer", NO_INSTANCE)
        yield SourceCounts(1, 0, 1)
        return
    taken: list[ParsedInstance] = []
    for number, instance in enumerate(filtered(found, cut_off=_cut_off(row)), 1):
        if isinstance(instance, ParsedInstance):
            taken.append(instance)
        else:
            message = f"instance {number} {instance}. Write it again, or leave it out."
            yield Problem(at, "not-applicable", message)
    instances: list[Document] = [
        {"input": text, "output": [output]} for text, output in dict.fromkeys(taken)
    ]
    kept = list(with_merged_inputs(instances)) if options.merge else instances
    if kept:
        name = names.of("_".join(instruction.split()[:WORDS]), instruction)
        yield {
            "schema_version": NEWEST,
            "name": name,
            "definition": [instruction.strip() or options.instruction or instruction],
            **({"answer_format": LABEL} if is_classification else {}),
            "provenance": {"method": "generated", "from": OWN, **_generator(row)},
            "instances": list(with_ids(name, kept)),
            "extras": {OWN: other_fields(row, ("instruction", ANSWER))},
        }
    yield SourceCounts(len(found), len(taken) - len(kept), len(found) - len(taken))


def _cut_off(row: Document) -> bool:
    """Whether the model had no room to end its answer."""
    choices = _response(row).get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    return isinstance(first, dict) and first.get("finish_reason") == "length"


def _generator(row: Document) -> Document:
    """The model, where the row names it."""
    model = _response(row).get("model")
    return {"generator": model} if isinstance(model, str) else {}


def _response(row: Document) -> dict[str, Any]:
    """What the service sent, as the row keeps it."""
    metadata = row.get("instance_metadata")
    response = metadata.get("response") if isinstance(metadata, dict) else None
    return response if isinstance(response, dict) else {}


FORMAT = Format(
    title="Self-Instruct, as a model answered: instruction and raw_instances; read, never written",
    sniff=sniff,
    read=read,
    takes=frozenset({"data"}),
)
