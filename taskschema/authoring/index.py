"""Generated table of tasks in `README.md` of their folder, between two marker comments.

Text outside the markers is hand-written and stays unchanged.
"""

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from urllib.parse import quote

from taskschema.collection.collection import Collection, whole
from taskschema.collection.reading import Reading
from taskschema.collection.scan import map_readings
from taskschema.collection.splits.lists import INDEX
from taskschema.core.errors import ConfigError, DestinationError
from taskschema.core.findings import Finding
from taskschema.core.parallel.workers import LOCAL, Workers
from taskschema.core.storage.atomic_files import identity, write_atomically
from taskschema.core.storage.paths import is_remote
from taskschema.core.text.markdown import inline

__all__ = ["BEGIN", "END", "TaskListing", "index_of_tasks", "write"]

BEGIN = "<!-- written by `taskschema index`, not by hand: begin -->"
END = "<!-- written by `taskschema index`, not by hand: end -->"
HEAD = ("name", "summary", "categories", "languages", "kind", "instances")
INTRODUCTION = (
    "# Tasks\n\n"
    "One task is one file. The languages are those of its instruction, inputs and outputs, as\n"
    "BCP 47 tags; `zxx` is text without language, such as numbers.\n\n"
)
PLAIN = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class TaskListing:
    """The file that lists the tasks: its current content and its generated content."""

    path: Path
    before: bytes | None
    """None if the file does not exist yet."""
    after: bytes
    tasks: int
    findings: tuple[Finding, ...] = ()
    """Findings of unreadable files, which the table would lack."""

    @property
    def is_stale(self) -> bool:
        """Whether the current content differs from the generated content."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class _TableRow:
    """The cells of one task, or the findings of a file that is unreadable."""

    path: Path
    cells: tuple[str, ...] = ()
    name: str = ""
    findings: tuple[Finding, ...] = ()


def index_of_tasks(path: Path, workers: Workers = LOCAL) -> TaskListing:
    """Return the table of the collection that a folder belongs to; nothing is written.

    Args:
        path: the folder of the collection, or a folder inside a collection that has a
            `taskschema.toml`.
        workers: read the tasks.

    Raises:
        ConfigError: the path is remote.
        DestinationError: the path is a file, or the existing `README.md` lacks the markers.
        NoTasksError: the collection has no tasks.
    """
    if is_remote(path):
        raise ConfigError(f"{path}: is remote; `index` writes to local folders. Copy it first.")
    if path.is_file():
        raise DestinationError(f"{path}: is a file. Give the folder of the tasks.")
    collection = whole(path)
    target = _target(collection)
    before = _bytes(target, collection.config.root)
    rows = sorted(
        map_readings(collection, _table_row, workers, only_look=True),
        key=lambda row: (row.name, row.path),
    )
    listed = [row for row in rows if not row.findings]
    table = _table(HEAD, [(_link(row, target.parent), *row.cells) for row in listed])
    after = _filled(target, before, table)
    findings = tuple(chain.from_iterable(row.findings for row in rows))
    return TaskListing(target, before, after, len(listed), findings)


def write(index: TaskListing) -> None:
    """Write the file that lists the tasks.

    Raises:
        DestinationError: the file cannot be written.
    """
    write_atomically(index.path, index.after)


def _target(collection: Collection) -> Path:
    """Return the first existing listing, else the path of a new one."""
    config = collection.config
    names = config.tasks or ("tasks", ".")
    folders = [folder for name in names if (folder := config.root / name).is_dir()]
    candidates = [folder / INDEX for folder in folders]
    if not config.tasks:
        return candidates[0]  # the README of a repository covers more than its tasks
    return next(filter(os.path.lexists, candidates), candidates[0])


def _bytes(target: Path, root: Path) -> bytes | None:
    if not os.path.lexists(target):
        return None
    try:
        if not target.resolve().is_relative_to(root.resolve()):
            raise DestinationError(
                f"{target}: links to a file outside of the collection. "
                "Replace the link with a file."
            )
        return target.read_bytes()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DestinationError(f"{target}: cannot be read: {reason}.") from error


def _table_row(reading: Reading) -> _TableRow:
    """Return the cells of one task, with all Markdown in them escaped."""
    if reading.document is None:
        return _TableRow(reading.path, findings=reading.findings)
    task = reading.judged()
    languages = task.get("languages", {})
    tags = chain.from_iterable(languages.get(of, ()) for of in ("instruction", "input", "output"))
    cells = (
        task.get("summary", ""),
        ", ".join(task.get("categories", ())),
        ", ".join(dict.fromkeys(tags)),
        task.get("answer_format", {}).get("kind", "text"),
        str(len(task["instances"])),
    )
    return _TableRow(reading.path, tuple(map(inline, cells)), task["name"])


def _link(row: _TableRow, folder: Path) -> str:
    """Return the name of a task as a link to its file."""
    target = os.path.relpath(identity(row.path), identity(folder / INDEX).parent)
    name = row.name if PLAIN.fullmatch(row.name) else inline(row.name)
    return f"[{name}]({quote(Path(target).as_posix(), errors='replace')})"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (head, ("---",) * len(head), *rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _filled(target: Path, before: bytes | None, table: str) -> bytes:
    """Return the content of the file with the table between the markers."""
    if before is None:
        return f"{INTRODUCTION}{BEGIN}\n\n{table}\n{END}\n".encode()
    try:
        text = before.decode()
    except UnicodeDecodeError as error:
        raise DestinationError(f"{target}: is not UTF-8. Save it as UTF-8.") from error
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise DestinationError(
            f"{target}: lacks the two marker lines of the table, or has them more than once. Add "
            f"them where the table goes; the text between them is replaced: {BEGIN} and {END}"
        )
    start, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    inside = f"\n\n{table}\n"
    if "\r\n" in text:
        inside = inside.replace("\n", "\r\n")
    return f"{text[:start]}{inside}{text[end:]}".encode()
