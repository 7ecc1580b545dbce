"""One kind of target folder, one file: tasks in, a folder of files and its manifest out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from taskschema.columns import Columns
from taskschema.formats import Problem
from taskschema.manifests import Manifest
from taskschema.rules import SplitList
from taskschema.views import Setting, Tokenizer

__all__ = ["Exporter", "Options"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What an export depends on beside the tasks; each exporter reads what concerns it."""

    view: str = ""
    """The name of a view; empty for the exporter's own."""
    seed: int = 0
    """Of all that a view draws."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Of the view and of the exporter, by name."""
    tokenizer: Tokenizer | None = None
    """For views that count or cut tokens; None counts words between white space."""
    lists: tuple[SplitList, ...] = ()
    """The split lists of the collection."""
    shard_size: int = 500_000_000
    """About how many bytes a file has before the next is begun."""
    evaluation_split: bool = False
    """Whether the instances that tasks declare for evaluations are a split of their own."""
    tell: Callable[[Problem], None] = lambda _problem: None
    """Told of every task, or part of one, that is left out."""
    say: Callable[[str], None] = lambda _line: None
    """Given a line on whatever else is not exported as it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """How to write tasks, in the order given, into an empty folder."""

    write: Callable[[Iterable[Columns], Path, Options], Manifest]
    view: str = ""
    """The view that it writes where none is asked for; empty where it writes tasks as they are."""
    views: tuple[str, ...] | None = ()
    """The views that it takes; None for any."""
    settings: Mapping[str, Setting] = field(default_factory=dict)
    """Its own, beside those of the view."""
    keeps_lists: bool = False
    """Whether it writes the split lists, and so the tasks of all splits of all tracks."""
    parts_evaluation: bool = False
    """Whether it has a split of its own for what tasks declare for evaluations."""
    modules: tuple[str, ...] = ()
    """What must be importable."""
    extra: str = ""
    """The extra of taskschema that installs it."""
