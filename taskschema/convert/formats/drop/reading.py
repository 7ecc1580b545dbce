"""Files of DROP as they are read: passages with their questions, or rows of the Hub."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from taskschema.convert.formats.drop.answers import (
    ANSWER,
    VALIDATED,
    fault,
    from_columns,
    from_spans,
)
from taskschema.convert.formats.drop.pairs import SECTION, DropPassage, DropQuestion, instance_of
from taskschema.convert.pieces import ConversionSource, Document, Place, Problem
from taskschema.convert.shared.rows.answer_sets import with_output
from taskschema.convert.shared.rows.json_difference import overlaid
from taskschema.convert.shared.rows.row_fields import fields_of, json_type, other_fields
from taskschema.convert.shared.rows.schema_fit import fits_as_instance, fits_without_instances
from taskschema.convert.shared.rows.tasks_from_rows import BROKEN_COLUMN
from taskschema.convert.shared.rows.taskschema_column import COLUMN
from taskschema.convert.shared.sources.single_objects import located_in
from taskschema.core.syntax.json_pointers import escape

__all__ = ["DropReader", "is_made"]

Row = tuple[Place, Document]

SPANS = "answers_spans"
ANY_SET = {"kind": "set", "separator": "; "}
NO_TASK = {"answer_format": ANY_SET}
CURE = "Correct it, or leave the question out."
NO_HEAD = "is no task without its instances. Correct it, or remove the key."
NO_ANSWER = "has no answer. Write it, or leave the question out."
ASSUMED = (
    "the spans of all annotators stand in one list. A number or a date was taken for an answer of "
    "its own, and spans for one set until one of them came again; look whether that is right."
)


class DropReader:
    """A file as it is read, with what is to be told of it."""

    def __init__(self, source: ConversionSource, first: Row | Problem | None) -> None:
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
            if isinstance(head, dict) and fits_without_instances(head):
                self.head = head
            else:
                self.problems.append(Problem(place, "wrong-shape", NO_HEAD))

    def told(self) -> Iterator[Problem]:
        """What there is to tell, each time only what is new."""
        problems, self.problems = self.problems, []
        if self.is_whole:
            yield from located_in(self.source, [each for each in problems if each.place.line == 1])
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

    def _asked(self, place: Place, row: Document) -> Iterator[DropQuestion | Problem]:
        if _is_flat(row):
            yield self._of_row(place, row)
            return
        keys = [key for key in row if key != COLUMN or not _has_head(row)]
        for key in keys:
            at = place._replace(pointer=place.pointer + escape(key))
            has_none = bool(self.head) and is_made(key, self.head["name"])
            yield from _of_section(at, "" if has_none else key, row[key])

    def _of_row(self, place: Place, row: Document) -> DropQuestion | Problem:
        """The question of a row of the Hub."""
        texts = fields_of(place, row, ("passage", "question"), ("section_id", "query_id"))
        if isinstance(texts, Problem):
            return texts
        pair = other_fields(row, ("passage", "section_id"))
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
        return DropQuestion(place, DropPassage(texts["section_id"], texts["passage"], {}), pair)

    def _instance(self, asked: DropQuestion) -> Document | Problem:
        place, pair = asked.place, asked.pair
        if wrong := fault(pair):
            at = place._replace(pointer=place.pointer + wrong[0])
            return Problem(at, "wrong-shape", f"{wrong[1]}. {CURE}")
        instance = instance_of(asked.passage, pair, self.format["kind"])
        if COLUMN in pair:
            column = pair[COLUMN]
            instance = overlaid(instance, column) if isinstance(column, dict) else {}
            if not fits_as_instance({"id": "a", "output": [""]} | instance, self.head or NO_TASK):
                at = place._replace(pointer=f"{place.pointer}/{COLUMN}")
                return Problem(at, "wrong-shape", BROKEN_COLUMN)
        texts = chain(*instance.get("answer", ())) if self.format["kind"] == "set" else ()
        if not self.head:
            is_answered = any(map(str.strip, texts))
        else:
            is_answered = "output" in with_output(instance, self.format)
        return instance if is_answered else Problem(place, "missing-answer", NO_ANSWER)


def _is_flat(row: Document) -> bool:
    """Whether a row is of the Hub, and no object of passages."""
    return "question" in row or isinstance(row.get("passage"), str)


def _has_head(row: Document) -> bool:
    return isinstance(row.get(COLUMN), dict) and COLUMN in row[COLUMN]


def _of_section(place: Place, key: str, section: Any) -> Iterator[DropQuestion | Problem]:
    """The questions of one passage."""
    if not isinstance(section, dict):
        message = (
            f"is {json_type(section)}, not a passage with `qa_pairs`. Mend it, or leave it out."
        )
        yield Problem(place, "wrong-shape", message)
        return
    texts = fields_of(place, section, ("passage",))
    if isinstance(texts, Problem):
        yield texts
        return
    pairs = section.get("qa_pairs")
    if not isinstance(pairs, list):
        message = f"`qa_pairs` is {json_type(pairs)}, not a list of questions. Mend it."
        at = place._replace(pointer=f"{place.pointer}/qa_pairs")
        yield Problem(at, "wrong-shape", message)
        return
    passage = DropPassage(key, texts["passage"], other_fields(section, SECTION))
    for index, pair in enumerate(pairs):
        at = place._replace(pointer=f"{place.pointer}/qa_pairs/{index}")
        if not isinstance(pair, dict):
            message = f"is {json_type(pair)}, not an object with a question and an answer. Mend it."
            yield Problem(at, "wrong-shape", message)
            continue
        asked = fields_of(at, pair, ("question",), ("query_id",))
        yield asked if isinstance(asked, Problem) else DropQuestion(at, passage, pair)


def is_made(key: str, name: str) -> bool:
    """Whether the id of a passage is one that it gets on writing, as it has none."""
    return key.removeprefix(f"{name}-").isdecimal() and key.startswith(f"{name}-")
