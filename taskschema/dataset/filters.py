"""Which tasks of a collection, and how many instances of each, are wanted in an export."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from heapq import nsmallest
from typing import Any

from taskschema.core.column_types import Type
from taskschema.core.errors import ConfigError
from taskschema.core.text.near_misses import near_misses
from taskschema.core.text.printing import quote
from taskschema.dataset.tables import INSTANCES, TASKS, Column
from taskschema.schema.columns import Columns
from taskschema.schema.licenses import CLASSES

__all__ = ["Filters", "condition", "part"]

# Long texts and JSON, which nobody would spell out; a split has an option of its own.
NO_METADATA = {
    *("definition", "paraphrases", "positive_demonstrations", "negative_demonstrations"),
    *("answer_format", "extras", "split"),
}
METADATA: dict[str, Column] = {
    column.name: column
    for column in (*TASKS.columns, *INSTANCES.columns)
    if column.per_task is not None and column.name not in NO_METADATA
}
LANGUAGES = ("instruction_language", "input_language", "output_language")
SHORT = {"academic": "academic-only"}
WITHIN = " -> "


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """A task is wanted that passes all that is given; of one filter, any value will do.

    Raises:
        ConfigError: a value that no task can have.
    """

    categories: tuple[str, ...] = ()
    """A category with all that are below it; case does not matter."""
    languages: tuple[str, ...] = ()
    """BCP 47 tags of instruction, input or output; `pt` takes `pt-BR` as well."""
    license_class: str | None = None
    """The strictest class to admit, of instances and sources alike: all milder ones are as well."""
    where: tuple[tuple[str, str], ...] = ()
    """Columns of metadata and values, as text; an empty value asks for tasks without one."""
    max_instances: int | None = None
    """How many instances of a task are drawn; they stay in their order."""
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what can only be a slip."""
        if self.license_class is not None:
            known = (*CLASSES, *SHORT)
            if self.license_class not in known:
                there = ", ".join((*CLASSES[:-1], *SHORT))
                raise ConfigError(
                    f"--license-class: {quote(self.license_class)} is none of {there}."
                )
        if self.max_instances is not None and self.max_instances < 1:
            raise ConfigError("--max-instances: at least one instance of a task must be wanted.")
        for key, _ in self.where:
            _require_column(key)

    def take(self, columns: Columns) -> bool:
        """Whether a task is wanted."""
        return (
            self._takes_category(columns)
            and self._takes_language(columns)
            and self._takes_license(columns)
            and self._takes_metadata(columns)
        )

    def drawn(self, columns: Columns) -> Columns:
        """The task with no more instances than are wanted: the same ones for the same seed.

        An instance is drawn for its id, so that others which come or go hardly change the choice.
        """
        most = self.max_instances
        if most is None or len(columns.instances) <= most:
            return columns
        key = blake2b(f"{self.seed} {columns.name}".encode(), digest_size=32).digest()

        def rank(index: int) -> tuple[bytes, int]:
            name = columns.ids[index].encode(errors="surrogatepass")
            return blake2b(name, key=key, digest_size=16).digest(), index

        return part(columns, sorted(nsmallest(most, range(len(columns.instances)), key=rank)))

    def _takes_category(self, columns: Columns) -> bool:
        wanted = [category.casefold() for category in self.categories]
        found = [category.casefold() for category in columns.task.get("categories", ())]
        return not wanted or any(
            category == one or category.startswith(one + WITHIN)
            for category in found
            for one in wanted
        )

    def _takes_language(self, columns: Columns) -> bool:
        wanted = [tag.casefold() for tag in self.languages]
        found = [tag.casefold() for key in LANGUAGES for tag in _texts(columns, key)]
        return not wanted or any(
            tag == one or tag.startswith(f"{one}-") for tag in found for one in wanted
        )

    def _takes_license(self, columns: Columns) -> bool:
        if self.license_class is None:
            return True
        (found,) = _texts(columns, "license_class")
        classes: Sequence[str] = CLASSES
        limit = SHORT.get(self.license_class, self.license_class)
        return classes.index(found) <= classes.index(limit)

    def _takes_metadata(self, columns: Columns) -> bool:
        wanted: dict[str, set[str]] = {}
        for key, value in self.where:
            wanted.setdefault(key, set()).add(value)
        return all(
            not values.isdisjoint(list(_texts(columns, key)) or [""])
            for key, values in wanted.items()
        )


def condition(text: str) -> tuple[str, str]:
    """The column and the value of `KEY=VALUE`.

    Raises:
        ConfigError: it has no equals sign.
    """
    key, sign, value = text.partition("=")
    if not sign:
        raise ConfigError(f"--where: {quote(text)} has no equals sign. Write it as KEY=VALUE.")
    return key, value


def part(columns: Columns, indices: Sequence[int], split: str | None = None) -> Columns:
    """The task with only the instances at some indices, in that order.

    Args:
        columns: the whole task.
        indices: of instances.
        split: that they are in, if it is not that of the task.
    """
    rows = [columns.instances[index] for index in indices]
    task = {**columns.task, "instances": rows}
    if "evaluation" in task:
        kept = {row["id"] for row in rows}
        chosen = [name for name in task["evaluation"]["instances"] if name in kept]
        task["evaluation"] = {**task["evaluation"], "instances": chosen}
    return Columns(
        task,
        path=columns.path,
        root=columns.root,
        profile=columns.profile,
        split=split or columns.split,
    )


def _require_column(key: str) -> None:
    first, *parts = key.split(".")
    type_: Type | None = METADATA[first].type if first in METADATA else None
    for name in parts:
        type_ = type_[0] if isinstance(type_, list) else type_
        type_ = type_.get(name) if isinstance(type_, dict) else None
    if type_ is None or _is_structure(type_):
        known = list(_keys())
        meant = near_misses(key, known)
        cure = f"Did you mean {meant[0]}?" if meant else f"There are {', '.join(known)}."
        raise ConfigError(f"--where: {quote(key)} is no column of metadata. {cure}")


def _is_structure(type_: Type) -> bool:
    return isinstance(type_[0] if isinstance(type_, list) else type_, dict)


def _keys() -> Iterator[str]:
    """What conditions may name."""
    for name, column in METADATA.items():
        inner = column.type[0] if isinstance(column.type, list) else column.type
        if isinstance(inner, dict):
            yield from (f"{name}.{key}" for key, type_ in inner.items() if isinstance(type_, str))
        else:
            yield name


def _texts(columns: Columns, key: str) -> Iterator[str]:
    """What a task has in a column of metadata, or in a part of its structure."""
    first, *parts = key.split(".")
    make = METADATA[first].per_task
    values = _flat(make(columns) if make else None)
    for name in parts:
        values = [inner for value in values for inner in _flat(value.get(name))]
    return (str(value) for value in values)


def _flat(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]
