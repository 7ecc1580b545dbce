"""Self-Instruct tasks: one row per task, with an instruction and its instances.

Read: the seed tasks (`id`, `name`, `instruction`, `instances`, `is_classification`) and the
user-oriented instructions (with `motivation_app`, without `name`). The name of a task is made of
its id and its name. A classification task gets the answer format `label` without a list of labels,
as the row has none. Other fields go to `extras.self_instruct`.

Written: one row per task. Everything that the row has no field for goes to the column `taskschema`
of the row and of each instance, so nothing is lost.
"""

from collections.abc import Iterable, Iterator
from typing import Any

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
    SourceCounts,
    tasks_in,
)
from taskschema.convert.shared.rows.extras_fields import split_extras, with_extras
from taskschema.convert.shared.rows.row_fields import fields_of, json_type, other_fields
from taskschema.convert.shared.rows.self_instruct import LABEL, with_merged_inputs
from taskschema.convert.shared.rows.task_names import TaskNames
from taskschema.convert.shared.rows.tasks_from_rows import BROKEN_COLUMN, with_ids
from taskschema.convert.shared.rows.taskschema_column import COLUMN
from taskschema.convert.shared.sources.data_rows import rows_of
from taskschema.schema.versions import NEWEST, fits

OWN = "self_instruct"
NAME_FIELDS = ("id", "name")
KNOWN = ("instruction", "instances", "is_classification", COLUMN)
KNOWN_OF_INSTANCE = ("input", "output", COLUMN)
ELSEWHERE = ("schema_version", "name", "definition", "instances", "extras")
WORDS = 8  # of an instruction, in the name of a task without id and name


def sniff(sample: Sample) -> bool:
    """Return whether the rows have an instruction and instances."""
    return sample.has("instruction", "instances")


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Yield one task per row."""
    names = TaskNames(options.name)
    for found in rows_of(source):
        fault = found if isinstance(found, Problem) else _fault(*found)
        if fault:
            yield fault
            yield SourceCounts(1, 0, 1)
        elif not isinstance(found, Problem):
            yield from _pieces(*found, names, options)


def _fault(place: Place, row: Document) -> Problem | None:
    """Return the first problem of a row, its instances aside."""
    texts = fields_of(place, row, ("instruction",))
    if isinstance(texts, Problem):
        return texts
    shapes: tuple[tuple[str, Any, str], ...] = (
        ("instances", list, "a list"),
        ("is_classification", (bool, type(None)), "true or false"),
        (COLUMN, dict, "an object"),
    )
    for key, types, expected in shapes:
        if key in row and not isinstance(row[key], types):
            inner = place._replace(pointer=f"{place.pointer}/{key}")
            message = f"`{key}` is {json_type(row[key])}, not {expected}. Correct it."
            return Problem(inner, "wrong-shape", message)
    if not row.get("instances") and COLUMN not in row:
        return Problem(place, "missing-answer", "has no `instances`. Add one or remove the row.")
    return None


def _pieces(
    place: Place, row: Document, names: TaskNames, options: ConvertOptions
) -> Iterator[Piece]:
    """Yield the task of a row, and the problems of its instances."""
    column, rows = row.get(COLUMN, {}), row.get("instances", [])
    instances = []
    for index, inner in enumerate(rows):
        at = place._replace(pointer=f"{place.pointer}/instances/{index}")
        instance = _instance(at, inner, is_ours="task" in column)
        if isinstance(instance, Problem):
            yield instance
        else:
            instances.append(instance)
    refused = len(rows) - len(instances)
    kept = list(with_merged_inputs(instances)) if options.merge and COLUMN not in row else instances
    if kept or not refused:
        name = column["task"] if "task" in column else names.of(*_name_of(row))
        task = _task(name, row, column, kept, options)
        if fits(task, NEWEST):
            yield task
        else:
            yield Problem(place, "wrong-shape", BROKEN_COLUMN)
            refused, instances, kept = len(rows), [], []
    yield SourceCounts(len(rows), len(instances) - len(kept), refused)


def _instance(place: Place, row: Any, *, is_ours: bool) -> Document | Problem:
    if not isinstance(row, dict):
        message = f"is {json_type(row)}, not an object with `input` and `output`. Write it as one."
        return Problem(place, "wrong-shape", message)
    texts = fields_of(place, row, ("output",), ("input",))
    if isinstance(texts, Problem):
        return texts
    if not is_ours and not texts["output"].strip():
        message = "has no output. Write the answer or remove the instance."
        return Problem(place, "missing-answer", message)
    column = row.get(COLUMN, {})
    if not isinstance(column, dict):
        return Problem(place, "wrong-shape", BROKEN_COLUMN)
    output = column.get("output")
    is_current = isinstance(output, list) and output[:1] == [texts["output"]]
    texts_now = {"input": texts["input"], "output": output if is_current else [texts["output"]]}
    return with_extras(column | texts_now, OWN, other_fields(row, KNOWN_OF_INSTANCE))


def _task(
    name: Any, row: Document, column: Document, instances: list[Document], options: ConvertOptions
) -> Document:
    """Return the task of a row and its column; where they differ, the row wins."""
    instruction = row["instruction"]
    if not instruction.strip() and not column:
        instruction = options.instruction or instruction
    paraphrases = column.get("definition", [])
    is_list = isinstance(paraphrases, list)
    task = {key: value for key, value in column.items() if key != "task"} | {
        "schema_version": NEWEST,
        "name": name,
        "definition": [instruction, *paraphrases] if is_list else paraphrases,
        "instances": [],
    }
    is_classification = row.get("is_classification")
    if is_classification is not None and is_classification != _is_classification(task):
        task.pop("answer_format", None)
        if is_classification:
            task["answer_format"] = LABEL
    invented = [key for key in NAME_FIELDS if key in row and row[key] == column.get("task")]
    task = with_extras(task, OWN, other_fields(row, (*KNOWN, *invented)))
    return task | {"instances": list(with_ids(str(name), instances))}


def _is_classification(task: Document) -> bool:
    answer_format = task.get("answer_format")
    return isinstance(answer_format, dict) and answer_format.get("kind") == LABEL["kind"]


def _name_of(row: Document) -> tuple[str, str]:
    """Return the words of a task's name, and the key that distinguishes it from other tasks."""
    values = [row[key] for key in NAME_FIELDS if type(row.get(key)) in (str, int)]
    named_by = [str(value) for value in values if str(value).strip()]
    if named_by:
        return "_".join(named_by), "\n".join(named_by)
    return "_".join(row["instruction"].split()[:WORDS]), row["instruction"]


def write(items: Iterable[Item], options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """Yield one row per task."""
    for task in tasks_in(items):
        row = _row(task, options)
        yield Chunk("", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _row(task: Document, options: ConvertOptions) -> Document:
    name, definition, extras = task["name"], task["definition"], task.get("extras", {})
    own = extras.get(OWN)
    named_by = {key: own[key] for key in NAME_FIELDS if key in own} if isinstance(own, dict) else {}
    # A field that equals the name is indistinguishable from one generated here.
    equal = [key for key, value in named_by.items() if value == name]
    fields, others = split_extras(extras, OWN, (*KNOWN, *equal))
    row = (named_by or dict.fromkeys(NAME_FIELDS, name)) | {
        "instruction": definition[0],
        "instances": [_row_of_instance(instance, options) for instance in task["instances"]],
        "is_classification": _is_classification(task),
        **fields,
    }
    if options.bare:
        return row
    column = {"task": name} | other_fields(task, ELSEWHERE) | ({"extras": others} if others else {})
    if column.get("answer_format") == LABEL:
        del column["answer_format"]
    if definition[1:]:
        column["definition"] = definition[1:]
    return row | {COLUMN: column}


def _row_of_instance(instance: Document, options: ConvertOptions) -> Document:
    fields, others = split_extras(instance.get("extras", {}), OWN, KNOWN_OF_INSTANCE)
    row = {"input": instance["input"], "output": instance["output"][0], **fields}
    if options.bare:
        return row
    column = other_fields(instance, ("input", "output", "extras")) | (
        {"extras": others} if others else {}
    )
    if instance["output"][1:]:
        column["output"] = instance["output"]
    return row | {COLUMN: column}


FORMAT = Format(
    title="Self-Instruct tasks: instruction, instances, is_classification",
    sniff=sniff,
    read=read,
    write=write,
    suffix=".jsonl",
)
