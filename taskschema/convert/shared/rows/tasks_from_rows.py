"""ForeignRow rows, each with its own instruction, become tasks by a rule that can be turned round.

Rows that say in their column `taskschema` to which task they belong make up that task again. Of all
others, `--group` decides:

- `collection`: they become one task, in parts where they are many. Its definition says to follow
  the instruction, the input of an instance is instruction and input with a blank line between, and
  `extras.instruction` of the instance says where to part them again.
- `instruction`: rows with one and the same instruction become one task, whose definition it is.

Rows with equal inputs in one task, or one part of it, are merged into one instance that lists all
their outputs, unless they differ in more than outputs: in their ids, where they have some. Rows
that we wrote are instances already, and never merged.
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
from taskschema.convert.shared.rows.json_difference import is_head, is_row, overlaid
from taskschema.convert.shared.rows.row_fields import other_fields
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
    "GENERIC_DEFINITION",
    "GONE",
    "BROKEN_COLUMN",
    "ForeignRow",
    "tasks_from_rows",
    "with_ids",
]

GENERIC_DEFINITION = "Follow the instruction."
DIGITS = 12  # hexadecimal, of the digest in an id or a name
WORDS = 60  # characters of an instruction in the name of its task
MERGED = frozenset({"id", "input", "output", "context", "extras"})
GONE = (
    "the row is gone whose `taskschema` holds what is said once for the task, such as its "
    "demonstrations. Put it back if you want them."
)
NAMED = "rows say in `taskschema` of which task they are, so that --name is not heeded for them."
CHANGED = (
    "its output is not the one that `taskschema` holds alternatives of; they are left out. Write "
    "them there as well if you want them."
)
BROKEN_COLUMN = (
    "its column `taskschema` is not as it was written. Mend the column, or leave it out."
)


def tasks_from_rows(
    rows: Iterable[ForeignRow | Problem], source: ConversionSource, options: ConvertOptions
) -> Iterator[Piece]:
    """The tasks of the rows: the collection's as it grows, then those that had to be sorted."""
    name = slug(options.name or source.name)
    generic = options.instruction or GENERIC_DEFINITION
    collection = _Task(name, options)
    read = merged = refused = 0
    told = not options.name
    with DiskGroups() as spill:
        for row in rows:
            if isinstance(row, Problem):
                refused += row.refuses
                yield row
            elif reason := _unanswered(row):
                refused += 1
                yield Problem(row.place, "missing-answer", reason)
            elif row.column and not _is_ours(row):
                refused += 1
                yield Problem(row.place, "wrong-shape", BROKEN_COLUMN)
            else:
                read += 1
                if _is_changed(row):
                    yield Problem(row.place, "assumed", CHANGED, refuses=False)
                if key := _key(row, options):
                    spill.add(key, [row.instruction, row.instance, row.column])
                else:
                    instance = with_instruction(row.instruction, row.instance)
                    yield from collection.add(generic, instance, row.column)
        yield from collection.strays(source)
        yield from collection.finish()
        merged += collection.merged
        for members in spill.groups():
            first = next(members)
            own = first[2].get("task") or _name_of(name, first[0] or generic)
            task = _Task(own, options, is_whole="id" in first[2])
            for instruction, instance, column in chain([first], members):
                said = instruction if "task" in column else instruction or generic
                definition = column.get("definition", said)
                yield from task.add(definition, _own(instruction, instance, column), column)
            if task.is_ours and not told:
                told = True
                yield Problem(source.place(), "assumed", NAMED, refuses=False)
            if task.is_headless:
                yield Problem(source.place(), "assumed", f"task `{own}`: {GONE}", refuses=False)
            yield from task.strays(source)
            yield from task.finish()
            merged += task.merged
    yield SourceCounts(read + refused, merged, refused)


def with_ids(name: str, instances: Iterable[Document]) -> Iterator[Document]:
    """The instances with an id each: their own, or one from the name and the content.

    The same instances get the same ids, and equal ones are told apart by a number.
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
    """What one task has come to, before it has a name."""

    definition: dict[str, None] = field(default_factory=dict)
    paraphrases: list[str] = field(default_factory=list)
    head: Document = field(default_factory=dict)
    instances: list[Document] = field(default_factory=list)
    size: int = 0
    """Characters of all texts, about."""

    def take_head(self, column: Document) -> None:
        """What the rows say of their task; several licences and sources are all kept."""
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
        """The task of that name."""
        return {
            "schema_version": 3,
            "name": name,
            "definition": [*self.definition, *self.paraphrases],
            **self.head,
            "instances": list(with_ids(name, self.instances)),
        }


class _Task:
    """One task as its rows come in; where one part is full, another begins."""

    def __init__(self, name: str, options: ConvertOptions, *, is_whole: bool = False) -> None:
        self.name = name
        self.merge = options.merge
        self.is_whole = is_whole  # it was one task before, and stays one
        self.is_ours = self.has_head = False
        self.merged = 0
        self.same: dict[bytes, Document] = {}
        self.canaries: dict[str, None] = {}
        self.part = _Part()
        self.waiting: _Part | None = None
        self.parts = 0

    def add(self, instruction: str, instance: Document, column: Document) -> Iterator[Document]:
        """Take a row in; a part comes out when it is known not to be the only one."""
        if self.part.instances and not self.is_whole and self._is_full():
            yield from self._next()
        self.part.definition[instruction] = None
        self.part.take_head(column)
        self.canaries |= dict.fromkeys([column["canary"]] if "canary" in column else [])
        is_ours = "task" in column and "id" in column
        self.is_ours |= is_ours
        self.has_head |= "head" in column
        if self.merge and not is_ours and MERGED.issuperset(instance):
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
        """What is left; nothing where no row came."""
        if self.part.instances and not self.waiting:
            yield self.part.named(self.name)
        elif self.part.instances:
            yield from self._next()
            yield from self._next()

    def strays(self, source: ConversionSource) -> Iterator[Problem]:
        """The canaries of rows beside the first one; a task has but one."""
        for canary in [*self.canaries][1:]:
            message = (
                f"task `{self.name}`: its rows have several canaries, and {quote(canary)} is not "
                "kept. Part the rows into tasks of one canary each."
            )
            yield Problem(source.place(), "not-kept", message, refuses=False)

    @property
    def is_headless(self) -> bool:
        """Whether its rows were ours, and none brings what is said once for all."""
        return self.is_ours and not self.has_head

    def _is_full(self) -> bool:
        return self.part.size >= PART_SIZE or len(self.part.instances) >= PART_ROWS

    def _next(self) -> Iterator[Document]:
        """The part before this one, which waits in its place."""
        if self.waiting:
            self.parts += 1
            yield self.waiting.named(part_name(self.name, self.parts))
        self.waiting, self.part, self.same = self.part, _Part(), {}


def _is_ours(row: ForeignRow) -> bool:
    """Whether a task could hold what the column says."""
    column = row.column
    if BROKEN in column:
        return False
    head = column.get("head", {})
    said = {key: column[key] for key in HEAD_KEYS if key in column}
    named = {"name": column["task"]} if "task" in column else {}
    format_ = {key: part[key] for part in (column, head) for key in part if key == "answer_format"}
    if head.keys() & {"name", "schema_version", *HEAD_KEYS} or not is_head(head | said | named):
        return False
    instance = {"id": "a"} | _own(row.instruction, row.instance, column)
    return is_row(instance, format_) and is_head(format_)


def _is_changed(row: ForeignRow) -> bool:
    """Whether the output is another than that whose alternatives the column holds."""
    alternatives: list[str] = row.column.get("output", [])
    return bool(alternatives) and alternatives[:1] != row.instance["output"][:1]


def _unanswered(row: ForeignRow) -> str:
    """What is wrong with a foreign row without an answer; what we wrote is taken as it is."""
    if "task" in row.column or any(text.strip() for text in row.instance["output"]):
        return ""
    return "has no output. Write the answer, or leave the row out."


def _key(row: ForeignRow, options: ConvertOptions) -> str:
    """What rows of one task have in common; empty for the rows of a collection."""
    if name := row.column.get("task"):
        return f"task {name}"
    # A row without an instruction belongs to those that say the one it is given.
    instruction = row.instruction or options.instruction or GENERIC_DEFINITION
    return f"instruction {instruction}" if options.group == "instruction" else ""


def _own(instruction: str, instance: Document, column: Document) -> Document:
    """The instance with what its row carries for it: its id, all alternatives, all else."""
    if "definition" in column:
        instance = with_instruction(instruction, instance)
    if "id" in column:
        instance = instance | {"id": column["id"]}
    if column.get("output", [])[:1] == instance["output"][:1]:
        instance = instance | {"output": column["output"]}
    return overlaid(instance, column.get("instance", {}))


def _name_of(name: str, instruction: str) -> str:
    """A name that tells people what it is about, and by a digest is like no other."""
    digest = sha256(instruction.encode()).hexdigest()[:DIGITS]
    about = slug(instruction, WORDS).replace("_", "-")
    return f"{slug(name, LONGEST - WORDS - DIGITS - 2)}-{about}-{digest}"
