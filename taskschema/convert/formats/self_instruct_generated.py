"""Self-Instruct generations: an instruction with the raw text of its instances.

A row of `machine_generated_instances.jsonl` becomes a task. `raw_instances` is parsed like in the
original program: in a generation task, each `Example` has an input and its `Output:`; in a
classification task, each `Class label:` is followed by the label on its line and the input below
it. Instances that the original program drops are skipped and reported: instances that are cut off,
have no output, end with a colon, or have their input as output; and all instances if one input has
different outputs. Two steps of the original are not applied: it samples at most five instances per
task, and it sometimes strips the name of a field from an input.

Whether an instruction is a classification task is in a separate file (`is_clf_or_not_*.jsonl`);
give it with `--data`. Without it, `is_classification` of the row decides, or else a `Class label:`
in the text. All other fields, including the raw text, go to `extras.self_instruct_generated`.
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
    "`raw_instances` has no `Example`, `Output:` or `Class label:`, so it has no instance. "
    "Add these marks or remove the row."
)


def sniff(sample: Sample) -> bool:
    """Return whether the rows have an instruction and a raw text of instances."""
    return sample.has("instruction", "raw_instances")


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Yield one task per row that has an instance."""
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
            stated = kinds.get(_digest(row["instruction"]), checked)
            is_classification = CLASS_LABEL in row["raw_instances"] if stated is None else stated
            yield from _pieces(place, row, names, options, is_classification=is_classification)


def _kinds(source: ConversionSource, kinds: dict[bytes, bool]) -> Iterator[Problem]:
    """Fill `kinds` with which instructions are classification tasks; yield the file's problems."""
    for found in rows_of(source):
        if isinstance(found, Problem):
            yield found
            continue
        place, row = found
        texts = fields_of(place, row, ("instruction",))
        stated = texts if isinstance(texts, Problem) else _stated_kind(place, row)
        if isinstance(stated, Problem):
            yield stated
        elif stated is not None:
            kinds[_digest(row["instruction"])] = stated


def _digest(instruction: str) -> bytes:
    return sha256(instruction.encode()).digest()


def _checked(place: Place, row: Document) -> bool | Problem | None:
    """Return the row's `is_classification`, None without one, or the first problem of the row."""
    texts = fields_of(place, row, ("instruction", "raw_instances"))
    return texts if isinstance(texts, Problem) else _stated_kind(place, row)


def _stated_kind(place: Place, row: Document) -> bool | Problem | None:
    value = row.get(ANSWER)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value.strip() in TRUE
    inner = place._replace(pointer=f"{place.pointer}/{ANSWER}")
    message = f"`{ANSWER}` is {json_type(value)}, not true, false or a text. Correct it."
    return Problem(inner, "wrong-shape", message)


def _pieces(
    place: Place,
    row: Document,
    names: TaskNames,
    options: ConvertOptions,
    *,
    is_classification: bool,
) -> Iterator[Piece]:
    """Yield the task of a row, and a problem for each skipped instance."""
    instruction, raw = row["instruction"], row["raw_instances"]
    at = place._replace(pointer=f"{place.pointer}/raw_instances")
    found = parsed(raw, is_classification=is_classification)
    if not found:
        yield Problem(at, "missing-answer", NO_INSTANCE)
        yield SourceCounts(1, 0, 1)
        return
    accepted: list[ParsedInstance] = []
    for number, instance in enumerate(filtered(found, cut_off=_cut_off(row)), 1):
        if isinstance(instance, ParsedInstance):
            accepted.append(instance)
        else:
            message = f"instance {number} {instance}. Correct it or remove it."
            yield Problem(at, "not-applicable", message)
    instances: list[Document] = [
        {"input": text, "output": [output]} for text, output in dict.fromkeys(accepted)
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
    yield SourceCounts(len(found), len(accepted) - len(kept), len(found) - len(accepted))


def _cut_off(row: Document) -> bool:
    """Return whether the answer of the model was cut off by its length limit."""
    choices = _response(row).get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    return isinstance(first, dict) and first.get("finish_reason") == "length"


def _generator(row: Document) -> Document:
    """Return the name of the model as provenance, if the row has it."""
    model = _response(row).get("model")
    return {"generator": model} if isinstance(model, str) else {}


def _response(row: Document) -> dict[str, Any]:
    """Return the response of the API that is stored in the row."""
    metadata = row.get("instance_metadata")
    response = metadata.get("response") if isinstance(metadata, dict) else None
    return response if isinstance(response, dict) else {}


FORMAT = Format(
    title="Self-Instruct generations: instruction and raw_instances; read only",
    sniff=sniff,
    read=read,
    takes=frozenset({"data"}),
)
