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
from itertools import chain, groupby
from typing import Any

import orjson

from taskschema.formats import (
    Beside,
    Chunk,
    Counted,
    Document,
    Format,
    Loss,
    Options,
    Piece,
    Place,
    Problem,
    Sample,
    Source,
    documents,
)
from taskschema.formats._carried import COLUMN
from taskschema.formats._difference import is_head, is_row, overlaid
from taskschema.formats._drop.answers import ANSWER, VALIDATED, fault, from_columns, from_spans
from taskschema.formats._drop.pairs import (
    SECTION,
    Asked,
    Passage,
    instance_of,
    pair_of,
    passage_of,
)
from taskschema.formats._fields import fields_of, kind, rest
from taskschema.formats._loose import NOT_OURS, identified
from taskschema.formats._parts import named, parts
from taskschema.formats._sets import completed, definition_of, set_format
from taskschema.formats._wholes import objects_of, told_in
from taskschema.places import escape
from taskschema.slugs import slug

Row = tuple[Place, Document]

FLAT = ("section_id", "query_id", "passage", "question")
SPANS = "answers_spans"
OF_FILES = "attachments"
DEMONSTRATIONS = ("positive_demonstrations", "negative_demonstrations")
ANY_SET = {"kind": "set", "separator": "; "}
NO_TASK = {"answer_format": ANY_SET}
CURE = "Correct it, or leave the question out."
NO_HEAD = "is no task without its instances. Correct it, or remove the key."
NO_ANSWER = "has no answer. Write it, or leave the question out."
ASSUMED = (
    "the spans of all annotators stand in one list. A number or a date was taken for an answer of "
    "its own, and spans for one set until one of them came again; look whether that is right."
)
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


def read(source: Source, options: Options) -> Iterator[Piece]:
    """The questions of a file as one task; in parts where it is large and was none before."""
    rows = objects_of(source)
    reading = _Reading(source, next(rows, None))
    head = reading.head
    name = slug(options.name) if options.name else head.get("name") or slug(source.name)
    instances = reading.instances(rows)
    for each, part in [(name, list(instances))] if head else named(name, parts(instances)):
        yield from reading.told()
        yield _task(each, head, part, options)
    yield from reading.told()
    yield Counted(reading.read, 0, reading.refused)


def _task(name: str, head: Document, instances: list[Document], options: Options) -> Document:
    if not head:
        sets = [members for instance in instances for members in instance["answer"]]
        answer_format = set_format(sets)
        definition = options.instruction or definition_of(DEFINITION, answer_format)
        head = {"schema_version": 3, "definition": [definition], "answer_format": answer_format}
    whole = [completed(instance, head.get("answer_format", {})) for instance in instances]
    return head | {"name": name, "instances": list(identified(name, whole))}


class _Reading:
    """A file as it is read, with what is to be told of it."""

    def __init__(self, source: Source, first: Row | Problem | None) -> None:
        self.source, self.first = source, first
        self.problems: list[Problem] = []
        self.read = self.refused = 0
        self.assumed = False
        self.head: Document = {}
        self.is_whole = False
        if first is not None and not isinstance(first, Problem):
            self._look_at(*first)
        self.format = self.head.get("answer_format", {"kind": "text"}) if self.head else ANY_SET

    def _look_at(self, place: Place, row: Document) -> None:
        """Take from the first row what concerns all."""
        self.is_whole = not _is_flat(row)
        if _has_head(row):
            place = place._replace(pointer=f"{place.pointer}/{COLUMN}/{COLUMN}")
            head = row[COLUMN][COLUMN]
            if isinstance(head, dict) and "name" in head and is_head(head):
                self.head = head
            else:
                self.problems.append(Problem(place, "wrong-shape", NO_HEAD))

    def told(self) -> Iterator[Problem]:
        """What there is to tell, each time only what is new."""
        problems, self.problems = self.problems, []
        if self.is_whole:
            yield from told_in(self.source, [each for each in problems if each.place.line == 1])
            problems = [each for each in problems if each.place.line > 1]
        yield from problems

    def instances(self, others: Iterable[Row | Problem]) -> Iterator[Document]:
        """Those of all questions that have answers; sets are still without `output`."""
        for row in chain([self.first] if self.first else [], others):
            for asked in [row] if isinstance(row, Problem) else self._asked(*row):
                found = asked if isinstance(asked, Problem) else self._instance(asked)
                self.read += 1
                if isinstance(found, Problem):
                    self.refused += 1
                    self.problems.append(found)
                else:
                    yield found

    def _asked(self, place: Place, row: Document) -> Iterator[Asked | Problem]:
        if _is_flat(row):
            yield self._of_row(place, row)
            return
        keys = [key for key in row if key != COLUMN or not _has_head(row)]
        for number, key in enumerate(keys, 1):
            at = place._replace(pointer=place.pointer + escape(key))
            is_made = bool(self.head) and key == _numbered(self.head["name"], number)
            yield from _of_section(at, "" if is_made else key, row[key])

    def _of_row(self, place: Place, row: Document) -> Asked | Problem:
        """The question of a row of the Hub."""
        texts = fields_of(place, row, ("passage", "question"), ("section_id", "query_id"))
        if isinstance(texts, Problem):
            return texts
        pair = rest(row, ("passage", "section_id"))
        if SPANS in row:
            found = from_spans(pair.pop(SPANS))
            if isinstance(found, str):
                at = place._replace(pointer=f"{place.pointer}/{SPANS}")
                return Problem(at, "wrong-shape", f"{found}. {CURE}")
            if sum(len(answer["spans"]) for answer in found) > 1 and not self.assumed:
                self.assumed = True
                self.problems.append(Problem(place, "assumed", ASSUMED, refuses=False))
            pair |= {ANSWER: found[0] if found else None, VALIDATED: found[1:]}
        elif VALIDATED in pair:
            pair[VALIDATED] = from_columns(pair[VALIDATED])
        return Asked(place, Passage(texts["section_id"], texts["passage"], {}), pair)

    def _instance(self, asked: Asked) -> Document | Problem:
        place, pair = asked.place, asked.pair
        if wrong := fault(pair):
            at = place._replace(pointer=place.pointer + wrong[0])
            return Problem(at, "wrong-shape", f"{wrong[1]}. {CURE}")
        instance = instance_of(asked.passage, pair, self.format["kind"])
        if COLUMN in pair:
            column = pair[COLUMN]
            instance = overlaid(instance, column) if isinstance(column, dict) else {}
            if not is_row({"id": "a", "output": [""]} | instance, self.head or NO_TASK):
                at = place._replace(pointer=f"{place.pointer}/{COLUMN}")
                return Problem(at, "wrong-shape", NOT_OURS)
        texts = chain(*instance.get("answer", ())) if self.format["kind"] == "set" else ()
        if not self.head:
            is_answered = any(map(str.strip, texts))
        else:
            is_answered = "output" in completed(instance, self.format)
        return instance if is_answered else Problem(place, "missing-answer", NO_ANSWER)


def _is_flat(row: Document) -> bool:
    """Whether a row is of the Hub, and no object of passages."""
    return "question" in row or isinstance(row.get("passage"), str)


def _has_head(row: Document) -> bool:
    return isinstance(row.get(COLUMN), dict) and COLUMN in row[COLUMN]


def _of_section(place: Place, key: str, section: Any) -> Iterator[Asked | Problem]:
    """The questions of one passage."""
    if not isinstance(section, dict):
        message = f"is {kind(section)}, not a passage with `qa_pairs`. Mend it, or leave it out."
        yield Problem(place, "wrong-shape", message)
        return
    texts = fields_of(place, section, ("passage",))
    if isinstance(texts, Problem):
        yield texts
        return
    pairs = section.get("qa_pairs")
    if not isinstance(pairs, list):
        message = f"`qa_pairs` is {kind(pairs)}, not a list of questions. Mend it."
        at = place._replace(pointer=f"{place.pointer}/qa_pairs")
        yield Problem(at, "wrong-shape", message)
        return
    passage = Passage(key, texts["passage"], rest(section, SECTION))
    for index, pair in enumerate(pairs):
        at = place._replace(pointer=f"{place.pointer}/qa_pairs/{index}")
        if not isinstance(pair, dict):
            message = f"is {kind(pair)}, not an object with a question and an answer. Mend it."
            yield Problem(at, "wrong-shape", message)
            continue
        asked = fields_of(at, pair, ("question",), ("query_id",))
        yield asked if isinstance(asked, Problem) else Asked(at, passage, pair)


def write(items: Iterable[Document | Beside], options: Options) -> Iterator[Chunk | Problem]:
    """A file for each task, with a passage on each line; the first entry carries the rest."""
    for task in documents(items):
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
        made = key = _numbered(task["name"], number)
        if passage.key and passage.key not in taken:
            key = passage.key
        while key in taken:
            key += "-again"
        taken.add(key)
        found = passage._replace(key="" if key == made else key)
        pairs = [pair_of(instance, found, answer_format, bare=bare) for instance in instances]
        yield key, {"passage": passage.text, **passage.others, "qa_pairs": pairs}


def _head(task: Document) -> Document:
    """The task but for its instances and its files."""
    head = rest(task, ("instances", OF_FILES))
    for key in DEMONSTRATIONS:
        if key in head:
            head[key] = [_without_files(row) for row in head[key]]
    return head


def _without_files(instance: Document) -> Document:
    return rest(instance, (OF_FILES,))


def _numbered(name: str, number: int) -> str:
    """The id of a passage that has none."""
    return f"{name}-{number}"


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
