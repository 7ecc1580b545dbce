"""Filters of tasks by their metadata, and selections of their instances."""

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

__all__ = ["Filters", "condition", "evaluation_indices", "select_instances"]

# Long texts and JSON, too long to type; a split has its own option.
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
ABBREVIATIONS = {"academic": "academic-only"}
BELOW = " -> "


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Filters of tasks; a task must pass every filter, by any one of the values of each.

    Raises:
        ConfigError: a value that no task can have.
    """

    categories: tuple[str, ...] = ()
    """Categories, each with all categories below it; case does not matter."""
    languages: tuple[str, ...] = ()
    """BCP 47 tags of the instruction, input or output; `pt` includes `pt-BR`."""
    license_class: str | None = None
    """The strictest accepted class of the licences of instances and sources."""
    where: tuple[tuple[str, str], ...] = ()
    """Metadata columns and values, as text; an empty value selects tasks without a value."""
    max_instances: int | None = None
    """The most instances of a task to sample; they keep their order."""
    seed: int = 0
    """The seed of the sample."""

    def __post_init__(self) -> None:
        """Refuse values that no task can have."""
        if self.license_class is not None:
            known = (*CLASSES, *ABBREVIATIONS)
            if self.license_class not in known:
                listed = ", ".join((*CLASSES[:-1], *ABBREVIATIONS))
                raise ConfigError(
                    f"--license-class: {quote(self.license_class)} is not one of {listed}."
                )
        if self.max_instances is not None and self.max_instances < 1:
            raise ConfigError(f"--max-instances: {self.max_instances} is not at least 1.")
        for key, _ in self.where:
            _require_column(key)

    def accept(self, columns: Columns) -> bool:
        """Return whether a task passes the filters."""
        return (
            self._accepts_category(columns)
            and self._accepts_language(columns)
            and self._accepts_license(columns)
            and self._accepts_metadata(columns)
        )

    def sample(self, columns: Columns) -> Columns:
        """Return the task with at most `max_instances` instances, the same ones for one seed.

        The rank of an instance depends on its id only, so that adding or removing other instances
        hardly changes the sample.
        """
        most = self.max_instances
        if most is None or len(columns.instances) <= most:
            return columns
        key = blake2b(f"{self.seed} {columns.name}".encode(), digest_size=32).digest()

        def rank(index: int) -> tuple[bytes, int]:
            name = columns.ids[index].encode(errors="surrogatepass")
            return blake2b(name, key=key, digest_size=16).digest(), index

        sampled = nsmallest(most, range(len(columns.instances)), key=rank)
        return select_instances(columns, sorted(sampled))

    def _accepts_category(self, columns: Columns) -> bool:
        accepted = [category.casefold() for category in self.categories]
        found = [category.casefold() for category in columns.task.get("categories", ())]
        return not accepted or any(
            category == one or category.startswith(one + BELOW)
            for category in found
            for one in accepted
        )

    def _accepts_language(self, columns: Columns) -> bool:
        accepted = [tag.casefold() for tag in self.languages]
        found = [tag.casefold() for key in LANGUAGES for tag in _texts(columns, key)]
        return not accepted or any(
            tag == one or tag.startswith(f"{one}-") for tag in found for one in accepted
        )

    def _accepts_license(self, columns: Columns) -> bool:
        if self.license_class is None:
            return True
        (found,) = _texts(columns, "license_class")
        classes: Sequence[str] = CLASSES
        limit = ABBREVIATIONS.get(self.license_class, self.license_class)
        return classes.index(found) <= classes.index(limit)

    def _accepts_metadata(self, columns: Columns) -> bool:
        accepted: dict[str, set[str]] = {}
        for key, value in self.where:
            accepted.setdefault(key, set()).add(value)
        return all(
            not values.isdisjoint(list(_texts(columns, key)) or [""])
            for key, values in accepted.items()
        )


def condition(text: str) -> tuple[str, str]:
    """Parse `KEY=VALUE` into a column and a value.

    Raises:
        ConfigError: the text has no equals sign.
    """
    key, sign, value = text.partition("=")
    if not sign:
        raise ConfigError(f"--where: {quote(text)} has no equals sign. Write it as KEY=VALUE.")
    return key, value


def select_instances(columns: Columns, indices: Sequence[int], split: str | None = None) -> Columns:
    """Return the task with only the instances at some indices, in that order.

    Args:
        columns: the task.
        indices: indices of instances, from 0.
        split: the split of these instances; None keeps that of the task.
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


def evaluation_indices(columns: Columns) -> list[int]:
    """Return the indices of the instances that a task declares for evaluations."""
    chosen = frozenset(columns.task.get("evaluation", {}).get("instances", ()))
    return [index for index, name in enumerate(columns.ids) if name in chosen]


def _require_column(key: str) -> None:
    first, *parts = key.split(".")
    type_: Type | None = METADATA[first].type if first in METADATA else None
    for name in parts:
        type_ = type_[0] if isinstance(type_, list) else type_
        type_ = type_.get(name) if isinstance(type_, dict) else None
    if type_ is None or _is_structure(type_):
        known = list(_keys())
        similar = near_misses(key, known)
        hint = f"Did you mean {similar[0]}?" if similar else f"Use one of {', '.join(known)}."
        raise ConfigError(f"--where: {quote(key)} is not a metadata column. {hint}")


def _is_structure(type_: Type) -> bool:
    return isinstance(type_[0] if isinstance(type_, list) else type_, dict)


def _keys() -> Iterator[str]:
    """Yield the keys that a condition can have."""
    for name, column in METADATA.items():
        inner = column.type[0] if isinstance(column.type, list) else column.type
        if isinstance(inner, dict):
            yield from (f"{name}.{key}" for key, type_ in inner.items() if isinstance(type_, str))
        else:
            yield name


def _texts(columns: Columns, key: str) -> Iterator[str]:
    """Yield the values of a metadata column, or of a field inside it, as texts."""
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
