"""One shape of records, one file: instances of a task as rows that a trainer or a harness reads.

A view is pure: the same task, instances and options give the same records. What it draws, it draws
by the seed and the name of the task, so that tasks may be taken in any order.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Protocol, TypeAlias

from taskschema.core.column_types import Type
from taskschema.core.plugin_settings import Setting, require_known, validate_setting
from taskschema.core.plugins import Family

__all__ = ["VIEWS", "Record", "Task", "Tokenizer", "View", "ViewOptions", "chance_of", "view_of"]

Task: TypeAlias = dict[str, Any]
"""A task as JSON has it, in the newest version."""
Record: TypeAlias = dict[str, Any]


class Tokenizer(Protocol):
    """What counts the length of prompts, and cuts them."""

    def encode(self, text: str) -> list[int]:
        """The tokens of a text, with whatever the tokenizer adds at its ends."""

    def decode(self, tokens: Sequence[int]) -> str:
        """The text of tokens, without those that stand for no text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewOptions:
    """What records depend on beside the task."""

    seed: int = 0
    tokenizer: Tokenizer | None = None
    """None counts words between white space."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """By name, where they are not the view's defaults."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How the instances of a task become records."""

    title: str
    """What it is, for people."""
    columns: Mapping[str, Type]
    """The fields of every record, with their types."""
    records: Callable[[Task, Sequence[int], ViewOptions], Iterator[Record]]
    """The records of the instances at these indices, in this order."""
    settings: Mapping[str, Setting] = field(default_factory=dict)
    counts_tokens: bool = False
    """Whether a tokenizer makes a difference."""

    def setting(self, options: ViewOptions, name: str) -> Any:
        """A setting as it is given, or as it is by default.

        Raises:
            ConfigError: it cannot be what is given.
        """
        setting = self.settings[name]
        return validate_setting(name, options.settings.get(name, setting.default), setting)


def view_of(name: str, where: str = "") -> View:
    """The view of a name.

    Args:
        name: of a view.
        where: what a message begins with, such as `--view: `.

    Raises:
        ConfigError: there is none; it names a near miss, or all.
    """
    require_known((name,), VIEWS.names(), f"{where}there is no view")
    return VIEWS.load(name)


def chance_of(task: Task, options: ViewOptions, about: str = "") -> Random:
    """A source of what looks random, the same for one task, seed and purpose."""
    return Random(f"{options.seed} {task['name']} {about}")  # noqa: S311 - nothing secret


VIEWS: Family[View] = Family("taskschema.views.shapes", "VIEW")
