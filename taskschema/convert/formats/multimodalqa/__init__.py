"""MultiModalQA: questions about tables, texts and images, which stand in files beside them.

The source is the folder, or a file of questions with the documents beside it or in `--data`; the
files may be packed (`.jsonl.gz`). Each file of questions becomes a task. The documents that a
question refers to become attachments, its answers one set. Answers with the places where they
stand, modalities, intermediate answers and whatever else a row holds are kept under
`extras.multimodalqa`. A question without answers is left out, and so is one that refers to a
document that is not there.

On writing there is a file of questions for each task, and one for the tables, the texts and the
images of all. Text, JSON tables and images among the attachments are written as such; files of
other kinds stay as they are, below the folder `files`. What a row has no field for is under its key
`taskschema`: of an instance in its own row, of the task in the first row, and in all others what
must not be lost with that, such as canary and licences.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from taskschema.convert.format import ConvertOptions, Format, Loss
from taskschema.convert.formats.multimodalqa.files import PREFIX, kind_in, laid_out, stem_of
from taskschema.convert.formats.multimodalqa.packed import first_bytes
from taskschema.convert.formats.multimodalqa.reading import MultimodalqaReader, stored
from taskschema.convert.formats.multimodalqa.store import Store
from taskschema.convert.formats.multimodalqa.writing import Writing
from taskschema.convert.pieces import (
    Chunk,
    CompanionFile,
    ConversionSource,
    Document,
    Piece,
    Problem,
    Sample,
)
from taskschema.convert.shared.rows.disk_sort import DiskGroups
from taskschema.core.syntax import strict_json

ASKED = ("qid", "question", "metadata")
HEAD = 1 << 20  # bytes


def sniff(sample: Sample) -> bool:
    """Whether there are questions, or a folder with documents and questions."""
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
    """A task for each file of questions; in parts where it is large and was none before."""
    with Store() as store:
        for found in laid_out(source, options):
            if isinstance(found, Problem):
                yield found
                continue
            yield from stored(source, found, store)
            if not found.questions:
                message = f"holds no file of questions, such as {PREFIX}dev.jsonl. Add one."
                yield Problem(source.place(), "wrong-shape", message)
            reading = MultimodalqaReader(source, options, found, store)
            for path in found.questions:
                yield from reading.pieces(path)
            yield from reading.told()


def write(
    items: Iterable[Document | CompanionFile], options: ConvertOptions
) -> Iterator[Chunk | Problem]:
    """Questions of each task, then the documents of all."""
    with Store() as files, Store() as documents, DiskGroups() as rows:
        writing = Writing(files, documents, rows)
        for item in items:
            if isinstance(item, CompanionFile):
                writing.take(item)
            else:
                yield from writing.task(item, bare=options.bare)
        yield from writing.ending()


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
