"""Reader of MultiModalQA: documents into a store, files of questions into tasks."""

from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from taskschema.convert.format import ConvertOptions
from taskschema.convert.formats.multimodalqa.disk_store import DiskStore
from taskschema.convert.formats.multimodalqa.documents import (
    attachment_of,
    bytes_of,
    fault,
    name_of,
)
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
from taskschema.convert.formats.multimodalqa.questions import OWN, RowFault, instance_of, kinds_in
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

__all__ = ["DOCUMENTS", "IN_EVERY_ROW", "OF_FILES", "MultimodalqaReader", "store_documents"]

DOCUMENTS = "documents"
OF_FILES = "attachments"
IN_EVERY_ROW = "of_task"  # fields of the task in every row, for when the first row is missing
ANY_SET = {"kind": "set", "separator": "; "}
NO_ANSWER = "has no answer. Write it or remove the question."
DEFINITION = (
    "Answer the question from the table, the texts and the images that go with it. An answer is a "
    "name, a number or another short text, or yes or no; where there are several, give all of "
    "them with {separator} between them."
)


def store_documents(source: ConversionSource, files: Files, store: DiskStore) -> Iterator[Problem]:
    """Store the documents by the names of their attachments; yield the problems found."""
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
                message = f"its id {row['id']!r} is taken by an earlier document. Rename one."
                yield Problem(place, "not-kept", message, refuses=False)


class MultimodalqaReader:
    """The reader of all files of questions of a source."""

    def __init__(
        self, source: ConversionSource, options: ConvertOptions, files: Files, store: DiskStore
    ) -> None:
        self.source, self.options, self.files, self.store = source, options, files, store
        self.missing_kinds = {kind for kind in KINDS if kind not in dict(files.documents)}
        self.absent_files: dict[str, None] = {}  # paths of attachments without a file
        self.kinds_without_file: dict[str, None] = {}  # kinds of documents that are referred to

    def pieces(self, path: Path) -> Iterator[Piece]:
        """Yield the tasks of one file of questions, and its problems."""
        head, carried = yield from self._head(path)
        rows = _QuestionRows(self, path, head)
        instances = rows.instances()
        name = head["name"] if head and not self.options.name else self._name(path)
        for part_name, part in (
            [(name, list(instances))] if head else named_parts(name, in_parts(instances))
        ):
            yield from rows.new_problems()
            yield from self._task(part_name, head, carried, part)
        yield from rows.new_problems()
        yield SourceCounts(rows.read, 0, rows.refused)

    def _name(self, path: Path) -> str:
        stem = stem_of(path.name) or self.source.name
        if path == self.source.path:
            return slug(self.options.name or stem)
        return slug(f"{self.options.name}-{stem}" if self.options.name else stem)

    def _head(self, path: Path) -> Generator[Problem, None, tuple[Document, Document]]:
        """Return the task fields in the rows: the task without instances, and its attachments."""
        head: Document = {}
        carried: Document = {}
        spare: Any = None
        for found in packed_rows(self.source, path):
            column = None if isinstance(found, Problem) else found[1].get(COLUMN)
            if isinstance(found, Problem) or not isinstance(column, dict):
                continue
            spare = spare or column.get(IN_EVERY_ROW)
            if "task" not in column:
                continue
            place = found[0]._replace(pointer=f"{found[0].pointer}/{COLUMN}")
            task, files = column["task"], column.get(OF_FILES, {})
            if head:
                message = "belongs to another task; its questions are added to the first task."
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
        """Yield one task, preceded by its files."""
        attachments, documents = {}, {}
        for attachment in dict.fromkeys(
            name for row in instances for name in row.get(OF_FILES, ())
        ):
            if kept := self.store.get(attachment):
                entry, own = attachment_of(kept.kind, orjson.loads(kept.data))
                attachments[attachment] = entry
                if own:
                    documents[attachment] = own
        derived: Document = {"extras": {OWN: {DOCUMENTS: documents}}} if documents else {}
        if not head:
            sets = [members for instance in instances for members in instance["answer"]]
            answer_format = set_format(sets)
            definition = self.options.instruction or definition_of(DEFINITION, answer_format)
            head = {"schema_version": 3, "definition": [definition], "answer_format": answer_format}
        task = overlaid(derived, head)
        if attachments or carried:
            task[OF_FILES] = attachments | carried
            yield from self._companion_files(task[OF_FILES])
        whole = [with_output(instance, task.get("answer_format", {})) for instance in instances]
        yield task | {"name": name, "instances": list(with_ids(name, whole))}

    def _companion_files(self, attachments: Mapping[str, Document]) -> Iterator[CompanionFile]:
        """Yield the files of attachments: from documents, image folders, or the folder `files`."""
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
                self.absent_files[path] = None
            else:
                yield CompanionFile(path, data)

    def shared_problems(self) -> Iterator[Problem]:
        """Yield the problems that concern all files together."""
        place = self.source.place()
        for kind in self.kinds_without_file:
            message = (
                f"there is no file of {kind}, such as {PREFIX}{kind}.jsonl, so questions have no "
                f"{kind}; their ids are kept. Add the file or give its folder with --data."
            )
            yield Problem(place, "not-kept", message, refuses=False)
        if self.absent_files:
            first, *others = self.absent_files
            more = f", and {len(others):,} other files are missing" if others else ""
            message = f"{first} does not exist{more}. Put images in the folder `{FOLDER}`."
            yield Problem(place, "not-kept", message, refuses=False)


class _QuestionRows:
    """The reader of the rows of one file, which collects the problems found."""

    def __init__(self, reading: MultimodalqaReader, path: Path, head: Document) -> None:
        self.reading, self.path, self.head = reading, path, head
        self.format = head.get("answer_format", {"kind": "text"}) if head else ANY_SET
        # Files that taskschema wrote may refer to documents that were already missing then.
        self.missing_kinds = set(KINDS) if head else reading.missing_kinds
        self.problems: list[Problem] = []
        self.read = self.refused = 0

    def new_problems(self) -> Iterator[Problem]:
        """Yield the problems found since the last call."""
        problems, self.problems = self.problems, []
        yield from problems

    def instances(self) -> Iterator[Document]:
        """Yield the instances of all valid rows; those of sets still without `output`."""
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
        made = instance_of(row, self.format["kind"], self.reading.store.kind_of, self.missing_kinds)
        if isinstance(made, RowFault):
            at = place._replace(pointer=place.pointer + made.pointer)
            return Problem(at, "wrong-shape", made.message)
        if not self.head:
            lacking = kinds_in(row) & self.missing_kinds
            self.reading.kinds_without_file |= dict.fromkeys(
                kind for kind in KINDS if kind in lacking
            )
        if COLUMN in row:
            column = row[COLUMN]
            inner = column.get("instance", {}) if isinstance(column, dict) else None
            made = overlaid(made, inner) if isinstance(inner, dict) else {}
            head = {"answer_format": self.format}
            if not fits_as_instance({"id": "a", "output": [""]} | made, head):
                at = place._replace(pointer=f"{place.pointer}/{COLUMN}")
                return Problem(at, "wrong-shape", BROKEN_COLUMN)
        if not self.head:
            is_answered = any(
                text.strip() for members in made.get("answer", ()) for text in members
            )
        else:
            is_answered = "output" in with_output(made, self.format)
        return made if is_answered else Problem(place, "missing-answer", NO_ANSWER)
