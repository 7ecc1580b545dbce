"""DROP: passages with questions whose answers are sets of spans, a number or a date.

Read: one object of passages by id, each with its `qa_pairs`, or the rows of the Hub version, one
per question. The input of an instance is the passage, a blank line and the question. Every answer
is a set; the answers of further annotators, `validated_answers`, are its alternatives. Answers
other than plain spans, the id of the passage and all other fields of a pair or passage are kept
under `extras.drop` of the instance.

Written: the text after the last blank line of an input is the question. Everything that a pair has
no field for goes to its key `taskschema`. Everything of the whole task goes to an entry
`taskschema` without questions.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

import orjson

from taskschema.convert.format import ConvertOptions, Format, Loss
from taskschema.convert.formats.drop.questions import SECTION, pair_of, passage_of
from taskschema.convert.formats.drop.reading import DropReader, is_generated_key
from taskschema.convert.pieces import (
    Chunk,
    ConversionSource,
    Document,
    Item,
    Piece,
    Problem,
    Sample,
    SourceCounts,
    tasks_in,
)
from taskschema.convert.shared.rows.answer_sets import definition_of, set_format, with_output
from taskschema.convert.shared.rows.row_fields import other_fields
from taskschema.convert.shared.rows.task_parts import in_parts, named_parts
from taskschema.convert.shared.rows.tasks_from_rows import with_ids
from taskschema.convert.shared.rows.taskschema_column import COLUMN
from taskschema.convert.shared.sources.single_objects import objects_of
from taskschema.core.text.slugs import slug

FLAT = ("section_id", "query_id", "passage", "question")
OF_FILES = "attachments"
DEMONSTRATIONS = ("positive_demonstrations", "negative_demonstrations")
DEFINITION = (
    "Read the passage and answer the question below it. An answer is a name, a number, a date or "
    "another short text; where there are several, give all of them with {separator} between them."
)


def sniff(sample: Sample) -> bool:
    """Return whether the file has rows of the Hub version, or one object of passages."""
    if sample.has(*FLAT):
        return True
    whole = sample.rows[0] if len(sample.rows) == 1 else None
    sections = list(whole.values()) if isinstance(whole, dict) else []
    having = [part for part in sections if isinstance(part, dict) and part.keys() >= set(SECTION)]
    return 2 * len(having) > len(sections)


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Yield one task per file; a large file that taskschema did not write is split into parts."""
    rows = objects_of(source)
    reading = DropReader(source, next(rows, None))
    head = reading.head
    name = slug(options.name) if options.name else head.get("name") or slug(source.name)
    instances = reading.instances(rows)
    for part_name, part in (
        [(name, list(instances))] if head else named_parts(name, in_parts(instances))
    ):
        yield from reading.new_problems()
        yield _task(part_name, head, part, options)
    yield from reading.new_problems()
    yield SourceCounts(reading.read, 0, reading.refused)


def _task(
    name: str, head: Document, instances: list[Document], options: ConvertOptions
) -> Document:
    if not head:
        sets = [members for instance in instances for members in instance["answer"]]
        answer_format = set_format(sets)
        definition = options.instruction or definition_of(DEFINITION, answer_format)
        head = {"schema_version": 3, "definition": [definition], "answer_format": answer_format}
    whole = [with_output(instance, head.get("answer_format", {})) for instance in instances]
    return head | {"name": name, "instances": list(with_ids(name, whole))}


def write(items: Iterable[Item], options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """Yield one file per task with one passage per line, after an entry for the task itself."""
    for task in tasks_in(items):
        path, before = f"{task['name']}.json", b"{\n"
        for key, section in _sections(task, bare=options.bare):
            yield Chunk(path, before + orjson.dumps(key) + b": " + orjson.dumps(section))
            before = b",\n"
        yield Chunk(path, b"{}\n" if before == b"{\n" else b"\n}\n")


def _sections(task: Document, *, bare: bool) -> Iterator[tuple[str, Document]]:
    """Yield id and content of each passage, with the consecutive questions about it."""
    if not bare:
        yield COLUMN, {"passage": "", "qa_pairs": [], COLUMN: _head(task)}
    answer_format = task.get("answer_format", {"kind": "text"})
    used = {COLUMN}
    groups = groupby(task["instances"], lambda instance: orjson.dumps([*passage_of(instance)]))
    for number, (_, group) in enumerate(groups, 1):
        instances = [_without_files(instance) for instance in group]
        passage = passage_of(instances[0])
        key = f"{task['name']}-{number}"
        if passage.key and passage.key not in used:
            key = passage.key
        while key in used:
            key += "-again"
        used.add(key)
        found = passage._replace(key="" if is_generated_key(key, task["name"]) else key)
        pairs = [pair_of(instance, found, answer_format, bare=bare) for instance in instances]
        yield key, {"passage": passage.text, **passage.others, "qa_pairs": pairs}


def _head(task: Document) -> Document:
    """Return the task without its instances and attachments."""
    head = other_fields(task, ("instances", OF_FILES))
    for key in DEMONSTRATIONS:
        if key in head:
            head[key] = [_without_files(row) for row in head[key]]
    return head


def _without_files(instance: Document) -> Document:
    return other_fields(instance, (OF_FILES,))


FORMAT = Format(
    title="DROP: passages with questions, answered by spans, numbers and dates",
    sniff=sniff,
    read=read,
    write=write,
    loses={
        f"/{OF_FILES}": Loss("attachments"),
        f"/*/*/{OF_FILES}": Loss("attachments of instances and demonstrations"),
    },
)
