"""The declaration of a view: instances of a task as records for a trainer or a harness.

A view is pure: the same task, instances and options give the same records. Random choices depend
on the seed and the name of the task only, so that the order of tasks does not matter.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Protocol, TypeAlias

from taskschema.core.column_types import Type
from taskschema.core.plugin_settings import Setting, require_known, validate_setting
from taskschema.core.plugins import Family

__all__ = ["VIEWS", "Record", "Task", "Tokenizer", "View", "ViewOptions", "random_of", "view_of"]

Task: TypeAlias = dict[str, Any]
"""A task as a JSON object, in the newest schema version."""
Record: TypeAlias = dict[str, Any]
"""A JSON object with the fields of a view."""


class Tokenizer(Protocol):
    """Counts the tokens of a prompt, and cuts it."""

    def encode(self, text: str) -> list[int]:
        """Return the tokens of a text, with special tokens at its ends."""

    def decode(self, tokens: Sequence[int]) -> str:
        """Return the text of tokens, without special tokens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewOptions:
    """What records depend on besides the task."""

    seed: int = 0
    """The seed of random choices."""
    tokenizer: Tokenizer | None = None
    """None counts words between white space."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Settings by name, if they differ from the defaults of the view."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How the instances of a task become records."""

    title: str
    """A title for listings."""
    columns: Mapping[str, Type]
    """The fields of every record, and their types."""
    records: Callable[[Task, Sequence[int], ViewOptions], Iterator[Record]]
    """Yields the records of the instances at some indices, in that order."""
    settings: Mapping[str, Setting] = field(default_factory=dict)
    """The settings that it accepts, by name."""
    counts_tokens: bool = False
    """Whether its records depend on a tokenizer."""

    def setting(self, options: ViewOptions, name: str) -> Any:
        """Return the given value of a setting, or its default.

        Raises:
            ConfigError: the given value is not allowed.
        """
        setting = self.settings[name]
        return validate_setting(name, options.settings.get(name, setting.default), setting)


def view_of(name: str, where: str = "") -> View:
    """Return a view by its name.

    Args:
        name: the name of a view.
        where: the start of an error message, e.g. `--view: `.

    Raises:
        ConfigError: there is no such view; the message suggests near misses, or lists all.
    """
    require_known((name,), VIEWS.names(), f"{where}there is no view")
    return VIEWS.load(name)


def random_of(task: Task, options: ViewOptions, purpose: str = "") -> Random:
    """Return a random generator that depends on the seed, the task and a purpose only."""
    return Random(f"{options.seed} {task['name']} {purpose}")  # noqa: S311 - nothing secret


VIEWS: Family[View] = Family("taskschema.views.shapes", "VIEW")
