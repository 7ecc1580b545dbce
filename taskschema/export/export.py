"""Write a collection as a folder: whole or not at all, and never over what is not an export."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from taskschema.collection import export_manifest
from taskschema.collection.collection import Collection
from taskschema.collection.commit import commit_of
from taskschema.collection.export_manifest import Manifest
from taskschema.collection.reading import read
from taskschema.collection.splits.lists import split_lists
from taskschema.collection.splits.tracks import (
    EVALUATION,
    EXCLUDED,
    Track,
    require_splits,
    shortened,
    track_of,
)
from taskschema.convert.account import ProblemLog
from taskschema.core.errors import ConfigError, DestinationError, NoTasksError
from taskschema.core.findings import Finding
from taskschema.core.parallel.workers import LOCAL, Workers
from taskschema.core.storage.paths import is_remote, remote
from taskschema.core.text.printing import several
from taskschema.dataset.filters import Filters, part
from taskschema.dataset.transfers import upload
from taskschema.export.exporter import EXPORTERS, Exporter, ExportOptions
from taskschema.export.options import made_with, validated
from taskschema.schema.columns import Columns

__all__ = [
    "ExportChoice",
    "export",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportChoice:
    """What of a collection is exported, and into which splits."""

    track: str | None = None
    """The folder of split lists; without one, `default` if it is there."""
    splits: Sequence[str] = ()
    """Those that are wanted; without any, all."""
    filters: Filters = field(default_factory=Filters)


EVERYTHING = ExportChoice()
USUAL = ExportOptions()


def export(
    kind: str,
    out: Path,
    collection: Collection,
    *,
    skip: Callable[[tuple[Finding, ...]], None],
    choice: ExportChoice = EVERYTHING,
    options: ExportOptions = USUAL,
    workers: Workers = LOCAL,
) -> Manifest:
    """Export all tasks that can be read, in the order of their names.

    Args:
        kind: the name of an exporter.
        out: a folder that does not exist, is empty, or holds an earlier export, which is replaced;
            elsewhere too, file by file.
        collection: the tasks.
        skip: given the findings of every file that does not parse or does not fit its schema, and
            of all that the exporter leaves out.
        choice: which tasks and instances, and in which splits.
        options: for the exporter; the split lists are those of the collection, and `say` is given
            a line on what is left out.
        workers: who read the tasks and prepare what is written of them.

    Raises:
        ConfigError: an option that the exporter does not take, or a wrong value; no such track or
            split; options that make no sense together.
        NoTasksError: no file could be read, or no task is wanted; what was there before is left as
            it was.
        DestinationError: `out` holds something else, or cannot be written.
        ExecutorError: there is nobody to work, or no longer.
    """
    exporter = EXPORTERS.load(kind)
    for module in exporter.modules:
        if find_spec(module) is None:
            install = f'pip install "taskschema[{exporter.extra}]"'
            raise DestinationError(f"export {kind} needs {module}. Install it: {install}")
    problems = ProblemLog()
    lists = split_lists(collection.config.root, strict=True)
    chosen = replace(
        validated(kind, exporter, options, is_sampled=bool(choice.filters.max_instances)),
        lists=lists,
        tell=problems.add_problem,
    )
    made = made_with(exporter, chosen, choice.track, choice.splits, choice.filters)
    chosen = replace(chosen, made=made)
    out = out.resolve()
    _require_replaceable(out)
    is_whole = exporter.keeps_lists and not (choice.track or choice.splits)
    track = Track() if is_whole else track_of(lists, choice.track)
    require_splits(track, choice.splits, (EVALUATION,) if options.evaluation_split else ())
    if options.evaluation_split and not exporter.divides_tasks and {*choice.splits} != {EVALUATION}:
        raise ConfigError(
            f"--evaluation-split: export {kind} writes each task to one split. "
            f"Leave it out, or give --split {EVALUATION} alone."
        )
    for doubt in track.doubts:
        options.say(doubt)
    commit = commit_of(collection, out)
    job = _Job(
        root=collection.config.root,
        exporter=exporter,
        choice=choice,
        # Those who prepare a task say nothing, so that it does not matter where they are.
        options=replace(chosen, tell=USUAL.tell, say=USUAL.say),
        track=track,
    )
    reading = _Reading(job, collection.paths, workers, skip)
    try:
        beside = _beside(out)
        try:
            manifest = exporter.write(reading.parts(), beside, chosen)
            if problems.findings:
                skip(problems.report.findings)
            if reading.unlisted:
                options.say(_left_out(reading.unlisted, track))
            if manifest.tasks == 0:
                wanted = "no task is wanted. Leave out a filter, or correct the split lists"
                why = wanted if reading.readable else "no file could be read"
                raise NoTasksError(f"{out}: nothing was written, as {why}.")
            manifest = replace(manifest, source_commit=commit, options=made)
            export_manifest.write(beside, manifest)
            _put(out, beside, manifest)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise DestinationError(f"{out}: cannot be written: {error.strerror or error}") from error
    return manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """What is done with each task, wherever that is."""

    root: Path
    exporter: Exporter
    choice: ExportChoice
    options: ExportOptions
    track: Track

    def prepared(self, path: Path) -> "_Prepared":
        """What an exporter writes of the task in a file, if it is wanted."""
        reading = read(path, self.root)
        if reading.document is None:
            return _Prepared(findings=reading.findings)
        columns = Columns(reading.upgraded(), path=path, root=self.root)
        split = self.track.split_of(columns)
        if split is None:
            return _Prepared(unlisted=columns.name)
        wanted = self._wanted(columns, split)
        return _Prepared(part=None if wanted is None else self._part(wanted))

    def _part(self, columns: Columns) -> Any:
        return self.exporter.prepare(columns, self.options)

    def _wanted(self, columns: Columns, split: str) -> Columns | None:
        """What is wanted of a task, if anything."""
        if split == EXCLUDED or not self.choice.filters.take(columns):
            return None
        columns.split = split
        if self.choice.splits and split not in self.choice.splits:
            if not (self.options.evaluation_split and EVALUATION in self.choice.splits):
                return None
            chosen = frozenset(columns.task.get("evaluation", {}).get("instances", ()))
            columns = part(columns, [at for at, name in enumerate(columns.ids) if name in chosen])
            if not columns.instances:
                return None
        return self.choice.filters.drawn(columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    """What has become of one file."""

    findings: tuple[Finding, ...] = ()
    """Why there is no task."""
    unlisted: str = ""
    """The name of a task that no split list has."""
    part: Any = None
    """What the exporter writes of it; None where it is not wanted."""


def _left_out(names: Sequence[str], track: Track) -> str:
    return (
        f"{several(len(names), 'task')} left out, as no list of the track `{track.name}` has them: "
        f"{shortened(names)}. Add them to a list, or name another --track."
    )


@dataclass(slots=True)
class _Reading:
    """The tasks of a collection as they are read, and what is to be said of them."""

    job: _Job
    paths: Sequence[Path]
    workers: Workers
    skip: Callable[[tuple[Finding, ...]], None]
    unlisted: list[str] = field(default_factory=list)
    readable: int = 0

    def parts(self) -> Iterator[Any]:
        """What is written of those that are wanted, in the order of their names."""
        paths = sorted(self.paths, key=lambda path: (path.stem, path))
        for prepared in self.workers.in_order(self.job.prepared, paths):
            if prepared.findings:
                self.skip(prepared.findings)
            else:
                self.readable += 1
            if prepared.unlisted:
                self.unlisted.append(prepared.unlisted)
            if prepared.part is not None:
                yield prepared.part


def _require_replaceable(out: Path) -> None:
    """Nothing that an export did not write may be lost to one."""
    if not is_remote(out):
        _refuse_others(out)
        return
    try:
        _refuse_others(out)
    except OSError as error:
        raise DestinationError(f"{out}: cannot be read: {error.strerror}.") from error


def _refuse_others(out: Path) -> None:
    if out.is_dir() and export_manifest.is_export(out):
        for stranger in export_manifest.strangers(out):
            raise DestinationError(
                f"{out}: holds {stranger.relative_to(out)}, which no export wrote. "
                "Move it away, or name a new folder."
            )
    elif out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise DestinationError(
            f"{out}: exists and is no export of taskschema. Name a new folder, or remove it."
        )


def _beside(out: Path) -> Path:
    """An empty folder: beside the one to write, so that it can be renamed, where that is here."""
    if is_remote(out):
        return Path(tempfile.mkdtemp(prefix="taskschema-"))
    out.parent.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))


def _put(out: Path, beside: Path, manifest: Manifest) -> None:
    """Put the finished folder where it is wanted."""
    if elsewhere := remote(out):
        upload(beside, elsewhere, manifest)
    else:
        _replace(out, beside)


def _replace(out: Path, beside: Path) -> None:
    """Put the finished folder in place; a failure leaves the old one there."""
    beside.chmod(0o755)
    if not out.exists():
        beside.replace(out)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{out.name}.old.", dir=out.parent))
    out.replace(old / out.name)
    try:
        beside.replace(out)
    except OSError:
        (old / out.name).replace(out)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
