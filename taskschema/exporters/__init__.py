"""One kind of target folder, one file: tasks in, a folder of files and its manifest out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from taskschema.columns import Columns
from taskschema.manifests import Manifest

__all__ = ["Exporter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """How to write tasks, in the order given, into an empty folder."""

    write: Callable[[Iterable[Columns], Path], Manifest]
    modules: tuple[str, ...] = ()
    """What must be importable."""
    extra: str = ""
    """The extra of taskschema that installs it."""
