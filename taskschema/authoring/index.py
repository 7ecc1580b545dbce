"""The listing of tasks in `README.md` of their folder: a table between two marks, never by hand.

What stands round the marks is the collection's own, and stays.
"""

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from urllib.parse import quote

from taskschema.collection.collection import Collection, collect
from taskschema.collection.reading import read
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
    """The file that lists the tasks, as it is and as it should be."""

    path: Path
    before: bytes | None
    """None where there is no such file yet."""
    after: bytes
    tasks: int
    findings: tuple[Finding, ...] = ()
    """Why some files cannot be read as tasks; the listing would lack those."""

    @property
    def is_stale(self) -> bool:
        """Whether the file differs from what it should be."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class _Listed:
    """One task, or why there is none."""

    path: Path
    cells: tuple[str, ...] = ()
    name: str = ""
    findings: tuple[Finding, ...] = ()


def index_of_tasks(path: Path, workers: Workers = LOCAL) -> TaskListing:
    """The listing of the collection that a folder belongs to; nothing is written.

    Args:
        path: the collection's folder, or one in it where `taskschema.toml` says what belongs to it.
        workers: who reads the tasks.

    Raises:
        ConfigError: the path is an address.
        DestinationError: the path is a file, or the `README.md` that is there has no place for the
            table.
        NoTasksError: there are no tasks.
    """
    if is_remote(path):
        raise ConfigError(f"{path}: is elsewhere, and the listing is written here. Copy it first.")
    if path.is_file():
        raise DestinationError(f"{path}: is a file. Name the folder of tasks.")
    collection = collect([path])
    if collection.config.path:
        collection = collect([collection.config.root], collection.config)
    target = _target(collection)
    before = _bytes(target, collection.config.root)
    work = partial(_listed, root=collection.config.root)
    listed = sorted(workers.in_order(work, collection.paths), key=lambda one: (one.name, one.path))
    found = [one for one in listed if not one.findings]
    rows = [(_link(one, target.parent), *one.cells) for one in found]
    after = _filled(target, before, _table(HEAD, rows))
    findings = tuple(chain.from_iterable(one.findings for one in listed))
    return TaskListing(target, before, after, len(found), findings)


def write(index: TaskListing) -> None:
    """Write the listing.

    Raises:
        DestinationError: the folder or the disk does not take it.
    """
    write_atomically(index.path, index.after)


def _target(collection: Collection) -> Path:
    """The file that lists the tasks: the first that is there, else where it belongs."""
    config = collection.config
    names = config.tasks or ("tasks", ".")
    folders = [folder for name in names if (folder := config.root / name).is_dir()]
    candidates = [folder / INDEX for folder in folders]
    if not config.tasks:
        return candidates[0]  # the README of a repository is about more than its tasks
    return next(filter(os.path.lexists, candidates), candidates[0])


def _bytes(target: Path, root: Path) -> bytes | None:
    if not os.path.lexists(target):
        return None
    try:
        if not target.resolve().is_relative_to(root.resolve()):
            raise DestinationError(f"{target}: leads out of the collection. Put the file there.")
        return target.read_bytes()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DestinationError(f"{target}: cannot be read: {reason}.") from error


def _listed(path: Path, *, root: Path) -> _Listed:
    """What the table says of one task; whatever stands in the file stays text."""
    reading = read(path, root, only_look=True)
    if reading.document is None:
        return _Listed(path, findings=reading.findings)
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
    return _Listed(path, tuple(map(inline, cells)), task["name"])


def _link(one: _Listed, folder: Path) -> str:
    """The name of a task, which leads to its file."""
    target = os.path.relpath(identity(one.path), identity(folder / INDEX).parent)
    name = one.name if PLAIN.fullmatch(one.name) else inline(one.name)
    return f"[{name}]({quote(Path(target).as_posix(), errors='replace')})"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (head, ("---",) * len(head), *rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _filled(target: Path, before: bytes | None, table: str) -> bytes:
    """The file with the table between its marks."""
    if before is None:
        return f"{INTRODUCTION}{BEGIN}\n\n{table}\n{END}\n".encode()
    try:
        text = before.decode()
    except UnicodeDecodeError as error:
        raise DestinationError(f"{target}: is no UTF-8. Save it as that.") from error
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise DestinationError(
            f"{target}: has no one place for the table. Put these two lines where it should stand, "
            f"for what is between them to be replaced: {BEGIN} and {END}"
        )
    start, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    inside = f"\n\n{table}\n"
    if "\r\n" in text:
        inside = inside.replace("\n", "\r\n")
    return f"{text[:start]}{inside}{text[end:]}".encode()
