"""Survey of a collection: every task as rules see it, and the policy to split them by."""

from dataclasses import dataclass
from pathlib import Path

from taskschema.collection.collection import Collection, collect
from taskschema.collection.config import find
from taskschema.collection.scan import map_tasks
from taskschema.collection.splits.policy import POLICIES, Policy, plan
from taskschema.core.errors import NoTasksError
from taskschema.core.findings import Finding
from taskschema.core.parallel.workers import LOCAL, Workers
from taskschema.rules.collection_context import PlannedSplit, TaskDigest
from taskschema.rules.task_digest import digest
from taskschema.schema.columns import Columns

__all__ = ["Survey", "survey"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """All tasks of a collection, as far as they could be read, and the policy to split them by."""

    collection: Collection
    policy: Policy
    tasks: tuple[TaskDigest, ...]
    """In the order of their paths."""
    refused: tuple[Finding, ...]
    """Why files could not be read; a policy says nothing for sure without them."""

    @property
    def planned(self) -> tuple[PlannedSplit, ...]:
        """Where the policy puts every task."""
        return plan(self.policy, self.tasks)


def survey(path: Path, workers: Workers = LOCAL) -> Survey:
    """Read what splits depend on: the whole collection that a path belongs to.

    Raises:
        NoTasksError: the path is no folder, or there are no task files.
        ConfigError: `taskschema.toml` does not fit its schema.
    """
    if not path.exists():
        raise NoTasksError(f"{path}: does not exist. Name a folder of tasks.")
    if not path.is_dir():
        raise NoTasksError(f"{path}: is no folder. Splits are of a whole collection: name that.")
    config = find(path)
    collection = collect([config.root], config) if config.path else collect([path])
    entries, refused = map_tasks(collection, _entry, workers)
    return Survey(
        collection=collection,
        policy=collection.config.splits or POLICIES["superni"],
        tasks=tuple(sorted(entries, key=lambda entry: entry.path)),
        refused=tuple(refused),
    )


def _entry(columns: Columns, _version: int) -> TaskDigest:
    return digest(columns)
