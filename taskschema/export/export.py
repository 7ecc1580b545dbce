"""Export a collection: write its tasks as a folder, completely or not at all.

The steps of an export, from top to bottom:

    request and collection -> plan: exporter, valid options, track           (`plan`)
    each task file -> document -> split -> filters -> part of the export     (`Exporter.prepare`)
    all parts      -> data files in a staging folder                         (`Exporter.write`)
    manifest       -> written next to the data files
    staging folder -> moved or uploaded to its destination                   (`destination`)
    all findings   -> result

A file that cannot be read is skipped and reported; the other tasks are exported.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from taskschema.collection import export_manifest
from taskschema.collection.collection import Collection
from taskschema.collection.commit import commit_of
from taskschema.collection.export_manifest import Manifest
from taskschema.collection.reading import read
from taskschema.collection.splits.tracks import EVALUATION, EXCLUDED, Track, shortened
from taskschema.convert.account import ProblemLog
from taskschema.core.findings import Finding
from taskschema.core.parallel.workers import LOCAL, Workers
from taskschema.core.text.printing import several
from taskschema.dataset.filters import evaluation_indices, select_instances
from taskschema.export.destination import put_in_place, staging_folder
from taskschema.export.exporter import WrittenExport
from taskschema.export.plan import ExportPlan, plan_export
from taskschema.export.request import ExportRequest
from taskschema.schema.columns import Columns

__all__ = ["ExportResult", "export"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportResult:
    """What an export wrote, skipped and warns about."""

    manifest: Manifest
    refusal: str = ""
    """Why nothing was written, in one line; empty if the folder was written."""
    findings: tuple[Finding, ...] = ()
    """Errors of files that were skipped, and of parts that the exporter could not write."""
    notes: tuple[str, ...] = ()
    """Warnings, a line each."""


def export(
    collection: Collection, request: ExportRequest, workers: Workers = LOCAL
) -> ExportResult:
    """Export the tasks of a collection in the order of their names.

    Without a task to write, an earlier export stays unchanged, and the result has a refusal.

    Args:
        collection: the task files.
        request: what to write, and where.
        workers: run the reading and preparing of task files.

    Raises:
        ConfigError: an option is unknown, has a wrong value, or does not suit the exporter.
        DestinationError: the destination holds other files or cannot be written, or a library is
            missing.
        ExecutorError: the workers cannot be reached.
    """
    plan = plan_export(collection, request)
    commit = commit_of(collection, plan.request.out)
    skipped = SkippedTasks()
    with staging_folder(plan.request.out) as folder:
        paths = sorted(collection.paths, key=lambda path: (path.stem, path))
        files = workers.in_order(partial(_prepare_file, plan), paths)
        written = plan.exporter.write(_parts(files, skipped), folder, plan)
        manifest = replace(
            written.manifest, source_commit=commit, options=dict(plan.changed_options)
        )
        if manifest.tasks:
            export_manifest.write(folder, manifest)
            put_in_place(folder, plan.request.out, manifest)
    return _result(plan, skipped, written, manifest)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedFile:
    """One task file after reading: findings, a task without a split, or a part to write."""

    findings: tuple[Finding, ...] = ()
    """Why the file cannot be read."""
    unlisted: str = ""
    """The name of the task, if no split list names it."""
    part: Any = None
    """The return value of `Exporter.prepare`; None if the task was not requested."""


@dataclass(slots=True)
class SkippedTasks:
    """Files and tasks that an export skips, collected while it reads."""

    findings: list[Finding] = field(default_factory=list)
    """Errors of files that cannot be read."""
    unlisted: list[str] = field(default_factory=list)
    """Names of tasks that no split list names."""
    readable: int = 0
    """The number of files that were read without an error."""

    def add(self, file: PreparedFile) -> None:
        """Record one file."""
        self.findings += file.findings
        self.readable += not file.findings
        if file.unlisted:
            self.unlisted.append(file.unlisted)


def _prepare_file(plan: ExportPlan, path: Path) -> PreparedFile:
    """Read one task file and prepare its part of the export; runs in any process."""
    reading = read(path, plan.root)
    if reading.document is None:
        return PreparedFile(findings=reading.findings)
    columns = Columns(reading.upgraded(), path=path, root=plan.root)
    split = plan.track.split_of(columns)
    if split is None:
        return PreparedFile(unlisted=columns.name)
    selected = _selected(columns, split, plan.request)
    if selected is None:
        return PreparedFile()
    return PreparedFile(part=plan.exporter.prepare(selected, plan))


def _selected(columns: Columns, split: str, request: ExportRequest) -> Columns | None:
    """Return the task with the requested instances, or None if none of it was requested."""
    if split == EXCLUDED or not request.filters.accept(columns):
        return None
    columns.split = split
    if request.splits and split not in request.splits:
        if not (request.evaluation_split and EVALUATION in request.splits):
            return None
        columns = select_instances(columns, evaluation_indices(columns))
        if not columns.instances:
            return None
    return request.filters.sample(columns)


def _parts(files: Iterable[PreparedFile], skipped: SkippedTasks) -> Iterator[Any]:
    """Yield the parts to write; record all other files as skipped."""
    for file in files:
        skipped.add(file)
        if file.part is not None:
            yield file.part


def _result(
    plan: ExportPlan, skipped: SkippedTasks, written: WrittenExport, manifest: Manifest
) -> ExportResult:
    problems = ProblemLog()
    for problem in written.problems:
        problems.add_problem(problem)
    notes = [*plan.track.doubts, *written.notes]
    if skipped.unlisted:
        notes.append(_unlisted_note(skipped.unlisted, plan.track))
    refusal = ""
    if not manifest.tasks:
        refusal = f"{plan.request.out}: {_refusal(skipped)}"
    return ExportResult(
        manifest=manifest,
        refusal=refusal,
        findings=(*skipped.findings, *problems.report.findings),
        notes=tuple(notes),
    )


def _unlisted_note(names: list[str], track: Track) -> str:
    return (
        f"Skipped {several(len(names), 'task')} that no list of the track `{track.name}` names: "
        f"{shortened(names)}. Add them to a list, or select another --track."
    )


def _refusal(skipped: SkippedTasks) -> str:
    if not skipped.readable:
        return "no file could be read; nothing was written."
    return "no task matches; nothing was written. Remove a filter, or correct the split lists."
