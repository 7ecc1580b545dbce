"""Survey of a collection: every task as rules see it, and the policy to split them by."""

from dataclasses import dataclass
from pathlib import Path

from taskschema.collection.collection import Collection, whole
from taskschema.collection.scan import map_tasks
from taskschema.collection.splits.policy import POLICIES, Policy, plan
from taskschema.collection.surroundings import Surroundings, surroundings_of
from taskschema.core.errors import NoTasksError
from taskschema.core.findings import Finding
from taskschema.core.parallel.workers import LOCAL, Workers
from taskschema.rules.collection_context import PlannedSplit, TaskDigest
from taskschema.rules.task_digest import digest
from taskschema.schema.columns import Columns

__all__ = ["Survey", "survey"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """All readable tasks of a collection, and the policy that splits them."""

    collection: Collection
    surroundings: Surroundings
    policy: Policy
    tasks: tuple[TaskDigest, ...]
    """In the order of their paths."""
    refused: tuple[Finding, ...]
    """Findings of unreadable files; without them a policy decides nothing for certain."""

    @property
    def planned(self) -> tuple[PlannedSplit, ...]:
        """The split that the policy assigns to every task."""
        return plan(self.policy, self.tasks)


def survey(path: Path, workers: Workers = LOCAL) -> Survey:
    """Read the whole collection that a path belongs to.

    Raises:
        NoTasksError: the path is no folder, or there are no task files.
        ConfigError: `taskschema.toml` does not fit its schema.
    """
    if not path.exists():
        raise NoTasksError(f"{path}: does not exist. Name a folder of tasks.")
    if not path.is_dir():
        raise NoTasksError(
            f"{path}: is not a folder. Splits belong to a whole collection. Name its folder."
        )
    collection = whole(path)
    entries, refused = map_tasks(collection, _entry, workers)
    return Survey(
        collection=collection,
        surroundings=surroundings_of(collection),
        policy=collection.config.splits or POLICIES["superni"],
        tasks=tuple(sorted(entries, key=lambda entry: entry.path)),
        refused=tuple(refused),
    )


def _entry(columns: Columns, _version: int) -> TaskDigest:
    return digest(columns)
