"""Reading MultiModalQA: documents into a store, files of questions into tasks."""

from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from taskschema.convert.format import ConvertOptions
from taskschema.convert.formats.multimodalqa.documents import attached, bytes_of, fault, name_of
from taskschema.convert.formats.multimodalqa.files import (
    FOLDER,
    KINDS,
    OTHERS,
    PREFIX,
    Files,
    file_at,
    image_in,
    is_plain,
    packed_rows,
    stem_of,
)
from taskschema.convert.formats.multimodalqa.questions import OWN, Wrong, instance_of, kinds_in
from taskschema.convert.formats.multimodalqa.store import Store
from taskschema.convert.pieces import (
    CompanionFile,
    ConversionSource,
    Document,
    Piece,
    Place,
    Problem,
    SourceCounts,
)
from taskschema.convert.shared.rows.answer_sets import definition_of, set_format, with_output
from taskschema.convert.shared.rows.json_difference import overlaid
from taskschema.convert.shared.rows.row_fields import fields_of
from taskschema.convert.shared.rows.schema_fit import fits_as_instance, fits_without_instances
from taskschema.convert.shared.rows.task_parts import in_parts, named_parts
from taskschema.convert.shared.rows.tasks_from_rows import BROKEN_COLUMN, HEAD_MISSING, with_ids
from taskschema.convert.shared.rows.taskschema_column import COLUMN
from taskschema.convert.shared.sources.json_files import label_of
from taskschema.core.text.slugs import slug

__all__ = ["ALSO", "DOCUMENTS", "OF_FILES", "MultimodalqaReader", "stored"]

DOCUMENTS = "documents"
OF_FILES = "attachments"
ALSO = "of_task"  # what every row carries of its task, for those that are left of it
ANY_SET = {"kind": "set", "separator": "; "}
NO_ANSWER = "has no answer. Write it, or leave the question out."
DEFINITION = (
    "Answer the question from the table, the texts and the images that go with it. An answer is a "
    "name, a number or another short text, or yes or no; where there are several, give all of "
    "them with {separator} between them."
)


def stored(source: ConversionSource, files: Files, store: Store) -> Iterator[Problem]:
    """Take in the documents by the names of the attachments that they become."""
    for kind, path in files.documents:
        for found in packed_rows(source, path):
            if isinstance(found, Problem):
                yield found
                continue
            place, row = found
            if wrong := fault(kind, row):
                at = place._replace(pointer=place.pointer + wrong[0])
                yield Problem(at, "wrong-shape", wrong[1])
            elif not store.put(name_of(row["id"]), kind, orjson.dumps(row)):
                message = f"there is another document {row['id']!r} before this one. Rename one."
                yield Problem(place, "not-kept", message, refuses=False)


class MultimodalqaReader:
    """The files of questions as they are read."""

    def __init__(
        self, source: ConversionSource, options: ConvertOptions, files: Files, store: Store
    ) -> None:
        self.source, self.options, self.files, self.store = source, options, files, store
        self.missing = {kind for kind in KINDS if kind not in dict(files.documents)}
        self.absent: dict[str, None] = {}  # files that are named and not there
        self.unknown: dict[str, None] = {}  # kinds that are referred to and have no file

    def pieces(self, path: Path) -> Iterator[Piece]:
        """What one file of questions becomes."""
        head, carried = yield from self._head(path)
        rows = _Rows(self, path, head)
        instances = rows.instances()
        name = head["name"] if head and not self.options.name else self._name(path)
        for each, part in (
            [(name, list(instances))] if head else named_parts(name, in_parts(instances))
        ):
            yield from rows.told()
            yield from self._task(each, head, carried, part)
        yield from rows.told()
        yield SourceCounts(rows.read, 0, rows.refused)

    def _name(self, path: Path) -> str:
        stem = stem_of(path.name) or self.source.name
        if path == self.source.path:
            return slug(self.options.name or stem)
        return slug(f"{self.options.name}-{stem}" if self.options.name else stem)

    def _head(self, path: Path) -> Generator[Problem, None, tuple[Document, Document]]:
        """What a row carries of the whole task."""
        head: Document = {}
        carried: Document = {}
        spare: Any = None
        for found in packed_rows(self.source, path):
            column = None if isinstance(found, Problem) else found[1].get(COLUMN)
            if isinstance(found, Problem) or not isinstance(column, dict):
                continue
            spare = spare or column.get(ALSO)
            if "task" not in column:
                continue
            place = found[0]._replace(pointer=f"{found[0].pointer}/{COLUMN}")
            task, files = column["task"], column.get(OF_FILES, {})
            if head:
                message = "carries another task; its questions become part of the one before it."
                yield Problem(place, "not-kept", message, refuses=False)
            elif isinstance(task, dict) and fits_without_instances(
                overlaid({}, task) | {OF_FILES: files}
            ):
                head, carried = task, files
            else:
                yield Problem(place, "wrong-shape", BROKEN_COLUMN)
        if not head and isinstance(spare, dict) and fits_without_instances(spare):
            head = spare
            place = Place(label_of(self.source, path))
            yield Problem(place, "assumed", f"task `{head['name']}`: {HEAD_MISSING}", refuses=False)
        return head, carried

    def _task(
        self, name: str, head: Document, carried: Document, instances: list[Document]
    ) -> Iterator[Piece]:
        """One task, with its files before it."""
        attachments, documents = {}, {}
        for each in dict.fromkeys(name for row in instances for name in row.get(OF_FILES, ())):
            if kept := self.store.get(each):
                entry, own = attached(kept.kind, orjson.loads(kept.data))
                attachments[each] = entry
                if own:
                    documents[each] = own
        have: Document = {"extras": {OWN: {DOCUMENTS: documents}}} if documents else {}
        if not head:
            sets = [members for instance in instances for members in instance["answer"]]
            answer_format = set_format(sets)
            definition = self.options.instruction or definition_of(DEFINITION, answer_format)
            head = {"schema_version": 3, "definition": [definition], "answer_format": answer_format}
        task = overlaid(have, head)
        if attachments or carried:
            task[OF_FILES] = attachments | carried
            yield from self._beside(task[OF_FILES])
        whole = [with_output(instance, task.get("answer_format", {})) for instance in instances]
        yield task | {"name": name, "instances": list(with_ids(name, whole))}

    def _beside(self, attachments: Mapping[str, Document]) -> Iterator[CompanionFile]:
        """The files of attachments: out of the documents, of images, or as they lie there."""
        for name, entry in attachments.items():
            path = entry.get("path")
            if path is None:
                continue
            kept = self.store.get(name)
            data: bytes | Path | None
            if kept and kept.kind == "images":
                data = image_in(self.files.root, orjson.loads(kept.data)["path"])
            elif kept:
                data = bytes_of(kept.kind, orjson.loads(kept.data))
            else:
                data = file_at(self.files.root, f"{OTHERS}/{path}")
            if data is None or not is_plain(path):
                self.absent[path] = None
            else:
                yield CompanionFile(path, data)

    def told(self) -> Iterator[Problem]:
        """What is there to tell of all files together."""
        place = self.source.place()
        for kind in self.unknown:
            message = (
                f"there is no file of {kind}, such as {PREFIX}{kind}.jsonl, so that questions have "
                "none; their ids are kept. Put it there, or name its folder with --data."
            )
            yield Problem(place, "not-kept", message, refuses=False)
        if self.absent:
            first, *others = self.absent
            more = f", nor are {len(others):,} others" if others else ""
            message = f"{first} is not there{more}. Put images in the folder `{FOLDER}`."
            yield Problem(place, "not-kept", message, refuses=False)


class _Rows:
    """The rows of one file of questions, with what is to be told of them."""

    def __init__(self, reading: MultimodalqaReader, path: Path, head: Document) -> None:
        self.reading, self.path, self.head = reading, path, head
        self.format = head.get("answer_format", {"kind": "text"}) if head else ANY_SET
        # What we wrote ourselves may refer to what was missing then.
        self.missing = set(KINDS) if head else reading.missing
        self.problems: list[Problem] = []
        self.read = self.refused = 0

    def told(self) -> Iterator[Problem]:
        """What there is to tell, each time only what is new."""
        problems, self.problems = self.problems, []
        yield from problems

    def instances(self) -> Iterator[Document]:
        """Those of all rows without a fault; sets are still without `output`."""
        for row in packed_rows(self.reading.source, self.path):
            found = row if isinstance(row, Problem) else self._instance(*row)
            self.read += 1
            if isinstance(found, Problem):
                self.refused += 1
                self.problems.append(found)
            else:
                yield found

    def _instance(self, place: Place, row: Document) -> Document | Problem:
        texts = fields_of(place, row, ("question",), ("qid",))
        if isinstance(texts, Problem):
            return texts
        made = instance_of(row, self.format["kind"], self.reading.store.kind_of, self.missing)
        if isinstance(made, Wrong):
            at = place._replace(pointer=place.pointer + made.pointer)
            return Problem(at, "wrong-shape", made.message)
        if not self.head:
            lacking = kinds_in(row) & self.missing
            self.reading.unknown |= dict.fromkeys(kind for kind in KINDS if kind in lacking)
        if COLUMN in row:
            column = row[COLUMN]
            inner = column.get("instance", {}) if isinstance(column, dict) else None
            made = overlaid(made, inner) if isinstance(inner, dict) else {}
            head = {"answer_format": self.format}
            if not fits_as_instance({"id": "a", "output": [""]} | made, head):
                at = place._replace(pointer=f"{place.pointer}/{COLUMN}")
                return Problem(at, "wrong-shape", BROKEN_COLUMN)
        if not self.head:
            is_answered = any(text.strip() for each in made.get("answer", ()) for text in each)
        else:
            is_answered = "output" in with_output(made, self.format)
        return made if is_answered else Problem(place, "missing-answer", NO_ANSWER)
