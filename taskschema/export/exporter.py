"""The declaration of an exporter: tasks in, a folder of files and its manifest out.

An export has two steps. `prepare` turns one task into its part of the export; it may run in another
process and in any order. `write` then receives the parts in order and writes the files.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from taskschema.collection.export_manifest import Manifest
from taskschema.convert.pieces import Problem
from taskschema.core.plugin_settings import Setting
from taskschema.core.plugins import Family

if TYPE_CHECKING:
    from pathlib import Path

    from taskschema.export.plan import ExportPlan
    from taskschema.schema.columns import Columns

__all__ = ["EXPORTERS", "Exporter", "WrittenExport", "whole_task"]


class WrittenExport(NamedTuple):
    """What an exporter wrote, and what it could not write."""

    manifest: Manifest
    problems: tuple[Problem, ...] = ()
    """One for each task, or part of a task, that is not in the files; each fails the export."""
    notes: tuple[str, ...] = ()
    """Warnings, a line each; they do not fail the export."""


def whole_task(columns: "Columns", _plan: "ExportPlan") -> "Columns":
    """Return the task unchanged, for exporters that write whole tasks."""
    return columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """How to write tasks into an empty folder."""

    write: "Callable[[Iterable[Any], Path, ExportPlan], WrittenExport]"
    """Writes the parts that `prepare` returned, in the order of the names of their tasks."""
    prepare: "Callable[[Columns, ExportPlan], Any]" = whole_task
    """Returns the part of one task: a value other than None that can be pickled."""
    view: str = ""
    """The view to write by default; empty if the exporter writes tasks by default."""
    views: tuple[str, ...] | None = ()
    """The views that it accepts; None accepts any."""
    takes_several: bool = False
    """Whether it can write the records of several views at once."""
    settings: Mapping[str, Setting] = field(default_factory=dict)
    """Its own settings, in addition to those of the view."""
    keeps_lists: bool = False
    """Whether it writes the split lists, and so the tasks of every split of every track."""
    divides_tasks: bool = False
    """Whether it can write the instances of one task to two splits."""
    modules: tuple[str, ...] = ()
    """The modules that must be importable."""
    extra: str = ""
    """The extra of taskschema that installs these modules."""


EXPORTERS: Family[Exporter] = Family("taskschema.export.exporters", "EXPORTER")
