"""Write a collection as a folder: whole or not at all, and never over what is not an export."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path

from taskschema import manifests, plugins
from taskschema.collection import Collection
from taskschema.columns import Columns
from taskschema.conversion import Conversion
from taskschema.errors import DestinationError, NoTasksError
from taskschema.export_filters import Filters, part
from taskschema.export_options import looked_at
from taskschema.exporters import Exporter, Options
from taskschema.findings import Finding
from taskschema.locations import is_remote, remote
from taskschema.manifests import Manifest
from taskschema.origins import commit_of
from taskschema.reading import read
from taskschema.splits import split_lists
from taskschema.text import several
from taskschema.tracks import EVALUATION, EXCLUDED, Track, require_splits, shortened, track_of
from taskschema.transfers import upload

__all__ = ["Choice", "export", "kinds"]

PACKAGE = "taskschema.exporters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What of a collection is exported, and into which splits."""

    track: str | None = None
    """The folder of split lists; without one, `default` if it is there."""
    splits: Sequence[str] = ()
    """Those that are wanted; without any, all."""
    filters: Filters = field(default_factory=Filters)


EVERYTHING = Choice()
USUAL = Options()


def kinds() -> tuple[str, ...]:
    """The names of the exporters."""
    return plugins.names(PACKAGE)


def export(
    kind: str,
    out: Path,
    collection: Collection,
    *,
    skip: Callable[[tuple[Finding, ...]], None],
    progress: Callable[[int, int], None] | None = None,
    choice: Choice = EVERYTHING,
    options: Options = USUAL,
) -> Manifest:
    """Export all tasks that can be read, in the order of their names.

    Args:
        kind: the name of an exporter.
        out: a folder that does not exist, is empty, or holds an earlier export, which is replaced;
            elsewhere too, file by file.
        collection: the tasks.
        skip: given the findings of every file that does not parse or does not fit its schema, and
            of all that the exporter leaves out.
        progress: told how many of how many files are done.
        choice: which tasks and instances, and in which splits.
        options: for the exporter; the split lists are those of the collection, and `say` is given
            a line on what is left out.

    Raises:
        ConfigError: an option that the exporter does not take, or a wrong value; no such track or
            split; options that make no sense together.
        NoTasksError: no file could be read, or no task is wanted; what was there before is left as
            it was.
        DestinationError: `out` holds something else, or cannot be written.
    """
    exporter: Exporter = plugins.load(PACKAGE, kind, "EXPORTER")
    for module in exporter.modules:
        if find_spec(module) is None:
            install = f'pip install "taskschema[{exporter.extra}]"'
            raise DestinationError(f"export {kind} needs {module}. Install it: {install}")
    conversion = Conversion("taskschema", kind)
    lists = split_lists(collection.config.root)
    chosen = replace(
        looked_at(kind, exporter, options, is_sampled=bool(choice.filters.max_instances)),
        lists=lists,
        tell=conversion.problem,
    )
    out = out.resolve()
    _require_replaceable(out)
    is_whole = exporter.keeps_lists and not (choice.track or choice.splits)
    track = Track() if is_whole else track_of(lists, choice.track)
    require_splits(track, choice.splits, (EVALUATION,) if options.evaluation_split else ())
    for doubt in track.doubts:
        options.say(doubt)
    commit = commit_of(collection, out)
    reading = _Reading(collection, choice, options, track, skip, progress)
    try:
        beside = _beside(out)
        try:
            manifest = exporter.write(reading.tasks(), beside, chosen)
            if conversion.findings:
                skip(conversion.report.findings)
            if reading.unlisted:
                options.say(_left_out(reading.unlisted, track))
            if manifest.tasks == 0:
                why = "no task is wanted" if reading.readable else "no file could be read"
                raise NoTasksError(f"{out}: nothing was written, as {why}.")
            manifest = replace(manifest, source_commit=commit)
            manifests.write(beside, manifest)
            _put(out, beside, manifest)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise DestinationError(f"{out}: cannot be written: {error.strerror or error}") from error
    return manifest


def _wanted(columns: Columns, split: str, choice: Choice, options: Options) -> Columns | None:
    """What is wanted of a task, if anything."""
    if split == EXCLUDED or not choice.filters.take(columns):
        return None
    columns.split = split
    if choice.splits and split not in choice.splits:
        if not (options.evaluation_split and EVALUATION in choice.splits):
            return None
        chosen = frozenset(columns.task.get("evaluation", {}).get("instances", ()))
        columns = part(columns, [at for at, name in enumerate(columns.ids) if name in chosen])
        if not columns.instances:
            return None
    return choice.filters.drawn(columns)


def _left_out(names: Sequence[str], track: Track) -> str:
    return (
        f"{several(len(names), 'task')} left out, as no list of the track `{track.name}` has them: "
        f"{shortened(names)}. Add them to a list, or name another --track."
    )


@dataclass(slots=True)
class _Reading:
    """The tasks of a collection as they are read, and what is to be said of them."""

    collection: Collection
    choice: Choice
    options: Options
    track: Track
    skip: Callable[[tuple[Finding, ...]], None]
    progress: Callable[[int, int], None] | None
    unlisted: list[str] = field(default_factory=list)
    readable: int = 0

    def tasks(self) -> Iterator[Columns]:
        """Those that are wanted, each with its split, in the order of their names."""
        root = self.collection.config.root
        paths = sorted(self.collection.paths, key=lambda path: (path.stem, path))
        for done, path in enumerate(paths):
            reading = read(path, root)
            if reading.document is None:
                self.skip(reading.findings)
            else:
                self.readable += 1
                columns = Columns(reading.upgraded(), raw=reading.raw, path=path, root=root)
                split = self.track.split_of(columns)
                if split is None:
                    self.unlisted.append(columns.name)
                elif wanted := _wanted(columns, split, self.choice, self.options):
                    yield wanted
            if self.progress:
                self.progress(done + 1, len(paths))


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
    if out.is_dir() and manifests.is_export(out):
        for stranger in manifests.strangers(out):
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
