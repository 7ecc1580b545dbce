"""Groups loose rows, each with its own instruction, into tasks; the grouping can be reversed.

Rows whose column `taskschema` names their task are put together to that task again. `--group`
decides about all other rows:

- `collection`: they become one task, split into parts if it is large. Its definition says to follow
  the instruction. The input of an instance is instruction and input with a blank line between, and
  its `extras.instruction` holds the instruction, so that the two can be separated again.
- `instruction`: rows with the same instruction become one task, with it as the definition.

Rows of a task, or of one part of it, that differ only in their outputs are merged into one instance
that lists them all. Rows with different ids are not merged, and neither are rows written by
taskschema, which are instances already.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain

import orjson

from taskschema.convert.format import ConvertOptions
from taskschema.convert.pieces import ConversionSource, Document, Piece, Problem, SourceCounts
from taskschema.convert.shared.rows.disk_sort import DiskGroups
from taskschema.convert.shared.rows.json_difference import overlaid
from taskschema.convert.shared.rows.row_fields import other_fields
from taskschema.convert.shared.rows.schema_fit import fits_as_head, fits_as_instance
from taskschema.convert.shared.rows.task_parts import PART_ROWS, PART_SIZE, part_name
from taskschema.convert.shared.rows.taskschema_column import (
    BROKEN,
    HEAD_KEYS,
    ForeignRow,
    with_instruction,
)
from taskschema.core.text.printing import quote
from taskschema.core.text.slugs import LONGEST, slug

__all__ = [
    "BROKEN_COLUMN",
    "GENERIC_DEFINITION",
    "HEAD_MISSING",
    "ForeignRow",
    "tasks_from_rows",
    "with_ids",
]

GENERIC_DEFINITION = "Follow the instruction."
DIGITS = 12  # hexadecimal, of the digest in an id or a name
WORDS = 60  # characters of an instruction in the name of its task
MERGED = frozenset({"id", "input", "output", "context", "extras"})
HEAD_MISSING = (
    "the row is missing whose `taskschema` holds the rest of the task, such as its demonstrations. "
    "Put it back to keep them."
)
NAME_IGNORED = "--name is ignored for rows that name their task in `taskschema`."
OUTPUT_CHANGED = (
    "its output differs from the one in `taskschema`, so the other outputs there are dropped. "
    "Change the output in `taskschema` too to keep them."
)
BROKEN_COLUMN = "its column `taskschema` is damaged. Fix the column, or remove it."


def tasks_from_rows(
    rows: Iterable[ForeignRow | Problem], source: ConversionSource, options: ConvertOptions
) -> Iterator[Piece]:
    """Yield the tasks of the rows: first those of the collection, then those grouped on disk."""
    name = slug(options.name or source.name)
    generic = options.instruction or GENERIC_DEFINITION
    collection = _Task(name, options)
    read = merged = refused = 0
    is_noted = not options.name
    with DiskGroups() as grouped:
        for row in rows:
            if isinstance(row, Problem):
                refused += row.refuses
                yield row
            elif reason := _unanswered(row):
                refused += 1
                yield Problem(row.place, "missing-answer", reason)
            elif row.column and not _fits_column(row):
                refused += 1
                yield Problem(row.place, "wrong-shape", BROKEN_COLUMN)
            else:
                read += 1
                if _is_changed(row):
                    yield Problem(row.place, "assumed", OUTPUT_CHANGED, refuses=False)
                if key := _key(row, options):
                    grouped.add(key, [row.instruction, row.instance, row.column])
                else:
                    instance = with_instruction(row.instruction, row.instance)
                    yield from collection.add(generic, instance, row.column)
        yield from collection.extra_canaries(source)
        yield from collection.finish()
        merged += collection.merged
        for members in grouped.groups():
            first = next(members)
            task_name = first[2].get("task") or _name_of(name, first[0] or generic)
            task = _Task(task_name, options, is_whole="id" in first[2])
            for instruction, instance, column in chain([first], members):
                shared = instruction if "task" in column else instruction or generic
                definition = column.get("definition", shared)
                yield from task.add(definition, _with_column(instruction, instance, column), column)
            if task.is_from_taskschema and not is_noted:
                is_noted = True
                yield Problem(source.place(), "assumed", NAME_IGNORED, refuses=False)
            if task.is_headless:
                yield Problem(
                    source.place(), "assumed", f"task `{task_name}`: {HEAD_MISSING}", refuses=False
                )
            yield from task.extra_canaries(source)
            yield from task.finish()
            merged += task.merged
    yield SourceCounts(read + refused, merged, refused)


def with_ids(name: str, instances: Iterable[Document]) -> Iterator[Document]:
    """Yield the instances with an id each: their own, or one made of the name and the content.

    The same instances always get the same ids; equal instances get a number.
    """
    seen: Counter[str] = Counter()
    for instance in instances:
        if "id" in instance:
            yield {"id": instance["id"]} | instance
            continue
        content = [instance["input"], instance["output"], instance.get("context", [])]
        digest = sha256(orjson.dumps(content)).hexdigest()[:DIGITS]
        seen[digest] += 1
        ordinal = f"-{seen[digest]}" if seen[digest] > 1 else ""
        yield {"id": f"{name}-{digest}{ordinal}"} | instance


@dataclass(slots=True)
class _Part:
    """One part of a task, before it has a name."""

    definition: dict[str, None] = field(default_factory=dict)
    paraphrases: list[str] = field(default_factory=list)
    head: Document = field(default_factory=dict)
    instances: list[Document] = field(default_factory=list)
    size: int = 0
    """Characters of all texts, roughly."""

    def take_head(self, column: Document) -> None:
        """Add what a row carries for its task; all licenses and sources are kept."""
        if "answer_format" in column:
            self.head.setdefault("answer_format", column["answer_format"])
        if "head" in column:
            self.head |= other_fields(column["head"], ("definition",))
            self.paraphrases = column["head"].get("definition", [])
        for key in HEAD_KEYS:
            if isinstance(column.get(key), list):
                known = self.head.setdefault(key, [])
                known += [entry for entry in column[key] if entry not in known]
            elif key in column:
                self.head.setdefault(key, column[key])

    def named(self, name: str) -> Document:
        """Return the task under a name."""
        return {
            "schema_version": 3,
            "name": name,
            "definition": [*self.definition, *self.paraphrases],
            **self.head,
            "instances": list(with_ids(name, self.instances)),
        }


class _Task:
    """One task while its rows are read; when a part is full, the next one starts."""

    def __init__(self, name: str, options: ConvertOptions, *, is_whole: bool = False) -> None:
        self.name = name
        self.merge = options.merge
        self.is_whole = is_whole  # it was one task before, and is not split
        self.is_from_taskschema = self.has_head = False
        self.merged = 0
        self.same: dict[bytes, Document] = {}
        self.canaries: dict[str, None] = {}
        self.part = _Part()
        self.waiting: _Part | None = None
        self.parts = 0

    def add(self, instruction: str, instance: Document, column: Document) -> Iterator[Document]:
        """Add a row; yield a part as soon as it is known not to be the only one."""
        if self.part.instances and not self.is_whole and self._is_full():
            yield from self._next()
        self.part.definition[instruction] = None
        self.part.take_head(column)
        self.canaries |= dict.fromkeys([column["canary"]] if "canary" in column else [])
        is_from_taskschema = "task" in column and "id" in column
        self.is_from_taskschema |= is_from_taskschema
        self.has_head |= "head" in column
        if self.merge and not is_from_taskschema and MERGED.issuperset(instance):
            content = {key: value for key, value in instance.items() if key != "output"}
            key = sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).digest()
            if earlier := self.same.get(key):
                earlier["output"] = list(dict.fromkeys((*earlier["output"], *instance["output"])))
                self.merged += 1
                return
            self.same[key] = instance
        self.part.instances.append(instance)
        self.part.size += len(instance["input"]) + sum(map(len, instance["output"]))

    def finish(self) -> Iterator[Document]:
        """Yield the remaining parts; none without a row."""
        if self.part.instances and not self.waiting:
            yield self.part.named(self.name)
        elif self.part.instances:
            yield from self._next()
            yield from self._next()

    def extra_canaries(self, source: ConversionSource) -> Iterator[Problem]:
        """Yield a warning for each canary but the first, as a task has only one."""
        for canary in [*self.canaries][1:]:
            message = (
                f"task `{self.name}`: its rows have several canaries, and {quote(canary)} is not "
                "kept. Split the rows into tasks with one canary each."
            )
            yield Problem(source.place(), "not-kept", message, refuses=False)

    @property
    def is_headless(self) -> bool:
        """Whether taskschema wrote its rows, and the one with the rest of the task is missing."""
        return self.is_from_taskschema and not self.has_head

    def _is_full(self) -> bool:
        return self.part.size >= PART_SIZE or len(self.part.instances) >= PART_ROWS

    def _next(self) -> Iterator[Document]:
        """Start the next part; yield the one before the current part, if it waits."""
        if self.waiting:
            self.parts += 1
            yield self.waiting.named(part_name(self.name, self.parts))
        self.waiting, self.part, self.same = self.part, _Part(), {}


def _fits_column(row: ForeignRow) -> bool:
    """Whether the content of the column fits the schema."""
    column = row.column
    if BROKEN in column:
        return False
    head = column.get("head", {})
    common = {key: column[key] for key in HEAD_KEYS if key in column}
    named = {"name": column["task"]} if "task" in column else {}
    format_ = {key: part[key] for part in (column, head) for key in part if key == "answer_format"}
    if head.keys() & {"name", "schema_version", *HEAD_KEYS} or not fits_as_head(
        head | common | named
    ):
        return False
    instance = {"id": "a"} | _with_column(row.instruction, row.instance, column)
    return fits_as_instance(instance, format_) and fits_as_head(format_)


def _is_changed(row: ForeignRow) -> bool:
    """Whether the output is not the first of the outputs in the column."""
    alternatives: list[str] = row.column.get("output", [])
    return bool(alternatives) and alternatives[:1] != row.instance["output"][:1]


def _unanswered(row: ForeignRow) -> str:
    """What is wrong with a foreign row without an answer; rows of taskschema may have none."""
    if "task" in row.column or any(text.strip() for text in row.instance["output"]):
        return ""
    return "has no output. Write the answer, or remove the row."


def _key(row: ForeignRow, options: ConvertOptions) -> str:
    """The key that the rows of a task share; empty for rows of the collection."""
    if name := row.column.get("task"):
        return f"task {name}"
    # A row without an instruction belongs to the rows that have the one given by option.
    instruction = row.instruction or options.instruction or GENERIC_DEFINITION
    return f"instruction {instruction}" if options.group == "instruction" else ""


def _with_column(instruction: str, instance: Document, column: Document) -> Document:
    """The instance with what its column carries: its id, all outputs, and other members."""
    if "definition" in column:
        instance = with_instruction(instruction, instance)
    if "id" in column:
        instance = instance | {"id": column["id"]}
    if column.get("output", [])[:1] == instance["output"][:1]:
        instance = instance | {"output": column["output"]}
    return overlaid(instance, column.get("instance", {}))


def _name_of(name: str, instruction: str) -> str:
    """A name made of the start of the instruction and of a digest."""
    digest = sha256(instruction.encode()).hexdigest()[:DIGITS]
    about = slug(instruction, WORDS).replace("_", "-")
    return f"{slug(name, LONGEST - WORDS - DIGITS - 2)}-{about}-{digest}"
