"""Writer of MultiModalQA: attachments as documents, instances as questions about them."""

from collections.abc import Iterator
from pathlib import Path

import orjson

from taskschema.convert.formats.multimodalqa.disk_store import DiskStore
from taskschema.convert.formats.multimodalqa.documents import (
    attachment_of,
    fault,
    is_image,
    payload_of,
)
from taskschema.convert.formats.multimodalqa.documents import row_of as document_of
from taskschema.convert.formats.multimodalqa.files import FOLDER, OTHERS, PREFIX, kind_in
from taskschema.convert.formats.multimodalqa.questions import OWN, row_of
from taskschema.convert.formats.multimodalqa.reading import DOCUMENTS, IN_EVERY_ROW, OF_FILES
from taskschema.convert.pieces import Chunk, CompanionFile, Document
from taskschema.convert.shared.rows.disk_sort import DiskGroups
from taskschema.convert.shared.rows.json_difference import difference, same
from taskschema.convert.shared.rows.row_fields import other_fields
from taskschema.convert.shared.rows.taskschema_column import COLUMN, HEAD_KEYS
from taskschema.core.syntax import strict_json

__all__ = ["MultimodalqaWriter"]

IN_EACH = ("schema_version", "name", "definition", "answer_format", *HEAD_KEYS)
INLINE, ON_DISK = "inline", "on disk"


class MultimodalqaWriter:
    """The writer of all tasks, which collects their documents."""

    def __init__(self, files: DiskStore, documents: DiskStore, rows: DiskGroups) -> None:
        self.files, self.documents, self.rows = files, documents, rows
        self.images: dict[str, str] = {}  # the id of each by its path
        self.written_paths: set[str] = set()  # paths of files that became documents

    def add_file(self, item: CompanionFile) -> None:
        """Store a file for the task that follows it."""
        if isinstance(item.data, Path):
            self.files.put(item.path, ON_DISK, str(item.data).encode())
        else:
            self.files.put(item.path, INLINE, item.data)

    def task(self, task: Document, *, bare: bool) -> Iterator[Chunk]:
        """Yield the images of a task, then its questions."""
        made: dict[str, tuple[str, Document]] = {}
        documents = task.get("extras", {}).get(OWN)
        documents = documents.get(DOCUMENTS) if isinstance(documents, dict) else None
        for name, entry in task.get(OF_FILES, {}).items():
            own = documents.get(name) if isinstance(documents, dict) else None
            found = self._document(name, entry, own if isinstance(own, dict) else {})
            if found:
                made[name] = found
                yield from self._image(entry, *found)

        def written_as(name: str) -> tuple[str, str]:
            return (made[name][0], made[name][1]["id"]) if name in made else ("", "")

        answer_format = task.get("answer_format", {"kind": "text"})
        head = _head(task, made)
        for instance in task["instances"]:
            row, carried = row_of(instance, answer_format, written_as)
            column = {} if bare else head | ({"instance": carried} if carried else {})
            whole = row | ({COLUMN: column} if column else {})
            data = orjson.dumps(whole, option=orjson.OPT_APPEND_NEWLINE)
            yield Chunk(_file_of(task["name"]), data)
            head = {IN_EVERY_ROW: {key: task[key] for key in IN_EACH if key in task}}

    def _document(self, name: str, entry: Document, own: Document) -> tuple[str, Document] | None:
        """Return kind and row of an attachment; None if it is copied as a plain file."""
        if "path" not in entry:
            return None
        kind, payload = "images", Document()
        if not is_image(entry):
            raw = self._bytes(entry["path"], strict_json.MAX_BYTES)
            found = None if raw is None else payload_of(entry["media_type"], raw)
            if not found:
                return None
            kind, payload = found
        row = document_of(kind, name, entry, own) | payload
        has_other_image = kind == "images" and self.images.get(row["path"], row["id"]) != row["id"]
        if has_other_image or fault(kind, row):
            return None
        is_new = not self.documents.kind_of(row["id"])
        if not self.documents.put(row["id"], kind, orjson.dumps(row)):
            return None
        if is_new:
            self.rows.add(kind, [kind, row])
        if kind != "images":
            self.written_paths.add(entry["path"])
        return kind, row

    def _image(self, entry: Document, kind: str, row: Document) -> Iterator[Chunk]:
        if kind != "images" or row["path"] in self.images:
            return
        data = self._bytes(entry["path"])
        if data is not None:
            self.images[row["path"]] = row["id"]
            self.written_paths.add(entry["path"])
            yield Chunk(f"{FOLDER}/{row['path']}", data)

    def _bytes(self, path: str, most: int | None = None) -> bytes | None:
        """Return the bytes of a file; None if it does not exist or is larger than `most` bytes."""
        kept = self.files.get(path)
        if not kept:
            return None
        if kept.kind == INLINE:
            return kept.data
        file = Path(kept.data.decode())
        return None if most and file.stat().st_size > most else file.read_bytes()

    def remaining_files(self) -> Iterator[Chunk]:
        """Yield the documents of all tasks, then the files that became no document."""
        for group in self.rows.groups():
            for kind, row in group:
                data = orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
                yield Chunk(f"{PREFIX}{kind}.jsonl", data)
        for path in self.files.all_keys():
            content = None if path in self.written_paths else self._bytes(path)
            if content is not None:
                yield Chunk(f"{OTHERS}/{path}", content)


def _head(task: Document, made: dict[str, tuple[str, Document]]) -> Document:
    """Return the task fields that the first row carries."""
    named = {name for instance in task["instances"] for name in instance.get(OF_FILES, ())}
    found = {name: attachment_of(*made[name]) for name in made if name in named}
    documents = {name: document.own for name, document in found.items() if document.own}
    derived: Document = {"extras": {OWN: {DOCUMENTS: documents}}} if documents else {}
    carried = {
        name: entry
        for name, entry in task.get(OF_FILES, {}).items()
        if name not in found or not same(entry, found[name].entry)
    }
    head = {"task": difference(other_fields(task, ("instances", OF_FILES)), derived)}
    return head | ({OF_FILES: carried} if carried else {})


def _file_of(name: str) -> str:
    """Return the name of a task's file of questions, which never looks like one of documents."""
    own = PREFIX.lower()
    stem = PREFIX + name.removeprefix(own) if name.startswith(own) else name
    return f"{stem}_questions.jsonl" if kind_in(stem) else f"{stem}.jsonl"
