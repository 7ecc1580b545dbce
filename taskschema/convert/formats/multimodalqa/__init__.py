"""MultiModalQA: questions about tables, texts and images, which are in separate files.

Read: a folder, or a file of questions with its documents in the same folder or in `--data`. Files
may be gzipped (`.jsonl.gz`). Each file of questions becomes a task. The documents that a question
refers to become attachments, its answers one set. Answers with their locations, modalities,
intermediate answers and all other fields of a row are kept under `extras.multimodalqa`. Questions
without an answer, and questions that refer to a missing document, are skipped.

Written: one file of questions per task, and one file each for the tables, texts and images of all
tasks. Attachments that are text, JSON tables or images are written as such; other files are copied
unchanged to the folder `files`. Everything that a row has no field for goes to its key
`taskschema`: the fields of an instance in its own row, the fields of the task in the first row.
Every other row repeats the fields that must survive the loss of the first row, such as canary and
licenses.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from taskschema.convert.format import ConvertOptions, Format, Loss
from taskschema.convert.formats.multimodalqa.disk_store import DiskStore
from taskschema.convert.formats.multimodalqa.files import PREFIX, find_files, kind_in, stem_of
from taskschema.convert.formats.multimodalqa.gzip_files import first_bytes
from taskschema.convert.formats.multimodalqa.reading import MultimodalqaReader, store_documents
from taskschema.convert.formats.multimodalqa.writing import MultimodalqaWriter
from taskschema.convert.pieces import (
    Chunk,
    CompanionFile,
    ConversionSource,
    Item,
    Piece,
    Problem,
    Sample,
)
from taskschema.convert.shared.rows.disk_sort import DiskGroups
from taskschema.core.syntax import strict_json

ASKED = ("qid", "question", "metadata")
HEAD = 1 << 20  # bytes


def sniff(sample: Sample) -> bool:
    """Return whether the source is a file of questions, or a folder with documents too."""
    if not sample.names:
        if sample.suffix == ".gz":
            return _begins_with_question(sample.path)
        return sample.has(*ASKED)
    stems = {name: stem for name in sample.names if "/" not in name and (stem := stem_of(name))}
    questions = [name for name, stem in stems.items() if not kind_in(stem)]
    return len(questions) < len(stems) and any(
        _begins_with_question(sample.path / name) for name in questions
    )


def _begins_with_question(path: Path) -> bool:
    line = first_bytes(path, HEAD).lstrip().partition(b"\n")[0]
    row, faults = strict_json.parse(line)
    return not faults and isinstance(row, dict) and row.keys() >= set(ASKED)


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Yield one task per file of questions; a large file from elsewhere is split into parts."""
    with DiskStore() as store:
        for found in find_files(source, options):
            if isinstance(found, Problem):
                yield found
                continue
            yield from store_documents(source, found, store)
            if not found.questions:
                message = f"has no file of questions, such as {PREFIX}dev.jsonl. Add one."
                yield Problem(source.place(), "wrong-shape", message)
            reading = MultimodalqaReader(source, options, found, store)
            for path in found.questions:
                yield from reading.pieces(path)
            yield from reading.shared_problems()


def write(items: Iterable[Item], options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """Yield the questions of each task, then the documents of all tasks."""
    with DiskStore() as files, DiskStore() as documents, DiskGroups() as rows:
        writing = MultimodalqaWriter(files, documents, rows)
        for item in items:
            if isinstance(item, CompanionFile):
                writing.add_file(item)
            else:
                yield from writing.task(item, bare=options.bare)
        yield from writing.remaining_files()


FORMAT = Format(
    title="MultiModalQA: questions about tables, texts and images",
    sniff=sniff,
    read=read,
    write=write,
    loses={"": Loss("a task without instances", lambda task: not task["instances"])},
    reads="folder",
    keeps_files=True,
    takes=frozenset({"data"}),
)
