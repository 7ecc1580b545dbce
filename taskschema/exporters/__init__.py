"""One kind of target folder, one file: tasks in, a folder of files and its manifest out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from taskschema.columns import Columns
from taskschema.manifests import Manifest

__all__ = ["Exporter", "Options"]


def _say_nothing(_line: str) -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a person may say about an export; each exporter reads what concerns it."""

    shard_size: int = 500_000_000
    """About how many bytes a file has before the next is begun."""
    evaluation_split: bool = False
    """Whether the instances that tasks declare for evaluations are a split of their own."""
    tell: Callable[[str], None] = _say_nothing
    """Given a line on whatever is not exported as it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """How to write tasks, in the order given, into an empty folder."""

    write: Callable[[Iterable[Columns], Path, Options], Manifest]
    modules: tuple[str, ...] = ()
    """What must be importable."""
    extra: str = ""
    """The extra of taskschema that installs it."""
