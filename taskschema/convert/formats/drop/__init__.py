"""DROP: passages with questions whose answers are sets of spans, a number or a date.

The file is one object of passages by their ids, each with its `qa_pairs`; the rows of the Hub, one
for each question, are read as well. The input of an instance is the passage, a blank line and the
question; on writing, what follows the last blank line is the question. Every answer is a set; the
answers of further people, `validated_answers`, are its alternatives.

Answers that are no plain spans, the id of the passage and whatever else a pair or passage holds
stand under `extras.drop` of the instance. What pairs have no place for is written under a key
`taskschema`: of a pair what is its own, and of an entry without questions what is the whole task's.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

import orjson

from taskschema.convert.format import ConvertOptions, Format, Loss
from taskschema.convert.formats.drop.pairs import SECTION, pair_of, passage_of
from taskschema.convert.formats.drop.reading import DropReader, is_made
from taskschema.convert.pieces import (
    Chunk,
    CompanionFile,
    ConversionSource,
    Document,
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
    """Whether there are rows of the Hub, or one object of passages with pairs."""
    if sample.has(*FLAT):
        return True
    whole = sample.rows[0] if len(sample.rows) == 1 else None
    sections = list(whole.values()) if isinstance(whole, dict) else []
    having = [part for part in sections if isinstance(part, dict) and part.keys() >= set(SECTION)]
    return 2 * len(having) > len(sections)


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """The questions of a file as one task; in parts where it is large and was none before."""
    rows = objects_of(source)
    reading = DropReader(source, next(rows, None))
    head = reading.head
    name = slug(options.name) if options.name else head.get("name") or slug(source.name)
    instances = reading.instances(rows)
    for each, part in [(name, list(instances))] if head else named_parts(name, in_parts(instances)):
        yield from reading.told()
        yield _task(each, head, part, options)
    yield from reading.told()
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


def write(
    items: Iterable[Document | CompanionFile], options: ConvertOptions
) -> Iterator[Chunk | Problem]:
    """A file for each task, with a passage on each line; the first entry carries the rest."""
    for task in tasks_in(items):
        path, before = f"{task['name']}.json", b"{\n"
        for key, section in _sections(task, bare=options.bare):
            yield Chunk(path, before + orjson.dumps(key) + b": " + orjson.dumps(section))
            before = b",\n"
        yield Chunk(path, b"{}\n" if before == b"{\n" else b"\n}\n")


def _sections(task: Document, *, bare: bool) -> Iterator[tuple[str, Document]]:
    """The passages by their ids, each with the questions about it that follow each other."""
    if not bare:
        yield COLUMN, {"passage": "", "qa_pairs": [], COLUMN: _head(task)}
    answer_format = task.get("answer_format", {"kind": "text"})
    taken = {COLUMN}
    groups = groupby(task["instances"], lambda instance: orjson.dumps([*passage_of(instance)]))
    for number, (_, group) in enumerate(groups, 1):
        instances = [_without_files(instance) for instance in group]
        passage = passage_of(instances[0])
        key = f"{task['name']}-{number}"
        if passage.key and passage.key not in taken:
            key = passage.key
        while key in taken:
            key += "-again"
        taken.add(key)
        found = passage._replace(key="" if is_made(key, task["name"]) else key)
        pairs = [pair_of(instance, found, answer_format, bare=bare) for instance in instances]
        yield key, {"passage": passage.text, **passage.others, "qa_pairs": pairs}


def _head(task: Document) -> Document:
    """The task but for its instances and its files."""
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
