"""Reader of DROP files: passages with their questions, or rows of the Hub version."""

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
from taskschema.convert.formats.drop.questions import (
    SECTION,
    DropPassage,
    DropQuestion,
    instance_of,
)
from taskschema.convert.pieces import ConversionSource, Document, Place, Problem
from taskschema.convert.shared.rows.answer_sets import with_output
from taskschema.convert.shared.rows.json_difference import overlaid
from taskschema.convert.shared.rows.row_fields import fields_of, json_type, other_fields
from taskschema.convert.shared.rows.schema_fit import fits_as_instance, fits_without_instances
from taskschema.convert.shared.rows.tasks_from_rows import BROKEN_COLUMN
from taskschema.convert.shared.rows.taskschema_column import COLUMN
from taskschema.convert.shared.sources.single_objects import located_in
from taskschema.core.syntax.json_pointers import escape

__all__ = ["DropReader", "is_generated_key"]

Row = tuple[Place, Document]

SPANS = "answers_spans"
ANY_SET = {"kind": "set", "separator": "; "}
NO_TASK = {"answer_format": ANY_SET}
FIX = "Correct it or remove the question."
NO_HEAD = "is not a valid task without instances. Correct it or remove the key."
NO_ANSWER = "has no answer. Write it or remove the question."
ASSUMED = (
    "the spans of all annotators are in one list. Each number or date is treated as an answer of "
    "its own, and spans as one set until a span repeats. Check that this is right."
)


class DropReader:
    """The reader of one file, which collects the problems found."""

    def __init__(self, source: ConversionSource, first: Row | Problem | None) -> None:
        self.source, self.first = source, first
        self.problems: list[Problem] = []
        self.read = self.refused = 0
        self.is_assumption_reported = False
        self.head: Document = {}
        self.fits_without_instances = False
        if first is not None and not isinstance(first, Problem):
            self._read_head(*first)
        self.format = self.head.get("answer_format", {"kind": "text"}) if self.head else ANY_SET

    def _read_head(self, place: Place, row: Document) -> None:
        """Set the task fields and the layout of the file from its first row."""
        self.fits_without_instances = not _is_flat(row)
        if _has_head(row):
            place = place._replace(pointer=f"{place.pointer}/{COLUMN}/{COLUMN}")
            head = row[COLUMN][COLUMN]
            if isinstance(head, dict) and fits_without_instances(head):
                self.head = head
            else:
                self.problems.append(Problem(place, "wrong-shape", NO_HEAD))

    def new_problems(self) -> Iterator[Problem]:
        """Yield the problems found since the last call."""
        problems, self.problems = self.problems, []
        if self.fits_without_instances:
            yield from located_in(
                self.source, [problem for problem in problems if problem.place.line == 1]
            )
            problems = [problem for problem in problems if problem.place.line > 1]
        yield from problems

    def instances(self, others: Iterable[Row | Problem]) -> Iterator[Document]:
        """Yield the instances of all answered questions; those of sets still without `output`."""
        for row in chain([self.first] if self.first else [], others):
            for question in [row] if isinstance(row, Problem) else self._questions_of(*row):
                found = question if isinstance(question, Problem) else self._instance(question)
                self.read += 1
                if isinstance(found, Problem):
                    self.refused += 1
                    self.problems.append(found)
                else:
                    yield found

    def _questions_of(self, place: Place, row: Document) -> Iterator[DropQuestion | Problem]:
        if _is_flat(row):
            yield self._question_of_row(place, row)
            return
        keys = [key for key in row if key != COLUMN or not _has_head(row)]
        for key in keys:
            at = place._replace(pointer=place.pointer + escape(key))
            has_none = bool(self.head) and is_generated_key(key, self.head["name"])
            yield from _questions_of_passage(at, "" if has_none else key, row[key])

    def _question_of_row(self, place: Place, row: Document) -> DropQuestion | Problem:
        """Return the question of a row of the Hub version, or its problem."""
        texts = fields_of(place, row, ("passage", "question"), ("section_id", "query_id"))
        if isinstance(texts, Problem):
            return texts
        pair = other_fields(row, ("passage", "section_id"))
        if SPANS in row:
            found = from_spans(pair.pop(SPANS))
            if isinstance(found, str):
                at = place._replace(pointer=f"{place.pointer}/{SPANS}")
                return Problem(at, "wrong-shape", f"{found}. {FIX}")
            if (
                sum(len(answer["spans"]) for answer in found) > 1
                and not self.is_assumption_reported
            ):
                self.is_assumption_reported = True
                self.problems.append(Problem(place, "assumed", ASSUMED, refuses=False))
            pair |= {ANSWER: found[0] if found else None, VALIDATED: found[1:]}
        elif VALIDATED in pair:
            pair[VALIDATED] = from_columns(pair[VALIDATED])
        return DropQuestion(place, DropPassage(texts["section_id"], texts["passage"], {}), pair)

    def _instance(self, question: DropQuestion) -> Document | Problem:
        place, pair = question.place, question.pair
        if wrong := fault(pair):
            at = place._replace(pointer=place.pointer + wrong[0])
            return Problem(at, "wrong-shape", f"{wrong[1]}. {FIX}")
        instance = instance_of(question.passage, pair, self.format["kind"])
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
    """Return whether a row is of the Hub version, not an object of passages."""
    return "question" in row or isinstance(row.get("passage"), str)


def _has_head(row: Document) -> bool:
    return isinstance(row.get(COLUMN), dict) and COLUMN in row[COLUMN]


def _questions_of_passage(place: Place, key: str, section: Any) -> Iterator[DropQuestion | Problem]:
    """Yield the questions of one passage, and their problems."""
    if not isinstance(section, dict):
        message = f"is {json_type(section)}, not a passage with `qa_pairs`. Fix it or remove it."
        yield Problem(place, "wrong-shape", message)
        return
    texts = fields_of(place, section, ("passage",))
    if isinstance(texts, Problem):
        yield texts
        return
    pairs = section.get("qa_pairs")
    if not isinstance(pairs, list):
        message = f"`qa_pairs` is {json_type(pairs)}, not a list of questions. Write a list."
        at = place._replace(pointer=f"{place.pointer}/qa_pairs")
        yield Problem(at, "wrong-shape", message)
        return
    passage = DropPassage(key, texts["passage"], other_fields(section, SECTION))
    for index, pair in enumerate(pairs):
        at = place._replace(pointer=f"{place.pointer}/qa_pairs/{index}")
        if not isinstance(pair, dict):
            message = (
                f"is {json_type(pair)}, not an object with a question and an answer. Correct it."
            )
            yield Problem(at, "wrong-shape", message)
            continue
        question = fields_of(at, pair, ("question",), ("query_id",))
        yield question if isinstance(question, Problem) else DropQuestion(at, passage, pair)


def is_generated_key(key: str, name: str) -> bool:
    """Return whether the id of a passage is one that the writer generates."""
    return key.removeprefix(f"{name}-").isdecimal() and key.startswith(f"{name}-")
