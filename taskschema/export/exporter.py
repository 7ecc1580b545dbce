"""One kind of target folder, one file: tasks in, a folder of files and its manifest out.

An export has two steps. `prepare` turns one task into what is to be written of it, wherever that is
done and in whichever order; `write` then takes these parts one after the other.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from taskschema.collection.export_manifest import Manifest
from taskschema.convert.pieces import Problem
from taskschema.core.plugin_settings import Setting
from taskschema.core.plugins import Family
from taskschema.rules.collection_context import SplitList
from taskschema.schema.columns import Columns
from taskschema.views.view import Tokenizer

__all__ = ["EXPORTERS", "ExportOptions", "Exporter", "as_it_is"]


def _unheard(_said: Any) -> None:
    """What is said to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """What an export depends on beside the tasks; each exporter reads what concerns it."""

    views: tuple[str, ...] = ()
    """The names of views, each once; without any, the exporter's own."""
    seed: int = 0
    """Of all that a view draws."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Of the views and of the exporter, by name; `VIEW.NAME` is of one of several views."""
    tokenizer: Tokenizer | None = None
    """For views that count or cut tokens; None counts words between white space."""
    lists: tuple[SplitList, ...] = ()
    """The split lists of the collection."""
    shard_size: int = 500_000_000
    """About how many bytes a file has before the next is begun."""
    evaluation_split: bool = False
    """Whether the instances that tasks declare for evaluations are a split of their own."""
    made: Mapping[str, Any] = field(default_factory=dict)
    """What the export is made with, as its manifest has it."""
    tell: Callable[[Problem], None] = _unheard
    """Told of every task, or part of one, that is left out."""
    say: Callable[[str], None] = _unheard
    """Given a line on whatever else is not exported as it stands."""

    @property
    def view(self) -> str:
        """The only view that was asked for; empty for the exporter's own."""
        return self.views[0] if self.views else ""


def as_it_is(columns: Columns, _options: ExportOptions) -> Columns:
    """The task itself, for those who can only write it whole."""
    return columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """How to write tasks into an empty folder."""

    write: Callable[[Iterable[Any], Path, ExportOptions], Manifest]
    """Takes what `prepare` makes of each task, in the order in which they are to be written."""
    prepare: Callable[[Columns, ExportOptions], Any] = as_it_is
    """What is to be written of one task: can be pickled, and says nothing."""
    view: str = ""
    """The view that it writes where none is asked for; empty where it writes tasks as they are."""
    views: tuple[str, ...] | None = ()
    """The views that it takes; None for any."""
    takes_several: bool = False
    """Whether it writes the records of several views at once."""
    settings: Mapping[str, Setting] = field(default_factory=dict)
    """Its own, beside those of the view."""
    keeps_lists: bool = False
    """Whether it writes the split lists, and so the tasks of all splits of all tracks."""
    divides_tasks: bool = False
    """Whether the instances of one task can go to two splits."""
    modules: tuple[str, ...] = ()
    """What must be importable."""
    extra: str = ""
    """The extra of taskschema that installs it."""


EXPORTERS: Family[Exporter] = Family("taskschema.export.exporters", "EXPORTER")
