"""Surroundings of checked files: split lists, task listing, all names, names taken on a base.

They are read once in a run and handed on, so that every later step sees the same.
"""

from dataclasses import dataclass, field

from taskschema.collection.base_branch import names_taken
from taskschema.collection.collection import Collection, collect
from taskschema.collection.splits.lists import index_of, read_lists
from taskschema.core.errors import NoTasksError
from taskschema.core.storage.paths import absolute
from taskschema.rules.collection_context import SplitList, TakenName

__all__ = ["Surroundings", "surroundings_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is in a collection beside the files that are checked."""

    lists: tuple[SplitList, ...] = ()
    broken: tuple[tuple[str, str], ...] = ()
    """Path of each file that is named like a split list but is none, and what is wrong with it."""
    index: str = ""
    """Path of the task listing, `README.md` in the folder of tasks; empty if there is none."""
    index_text: str = ""
    is_complete: bool = True
    """Whether all tasks of the collection are checked, as far as a rule needs to know."""
    taken: tuple[TakenName, ...] = ()
    """Names that tasks took on the base branch since this branch started."""
    names: frozenset[str] = field(default=frozenset(), repr=False)
    """Names of the tasks, also of those that are not checked if a waiver names one."""


def surroundings_of(collection: Collection, base: str | None = None) -> Surroundings:
    """Read what is in a collection beside the files that are checked.

    The folder of the collection is walked only if something names tasks that may not be among the
    checked files: a split list, the task listing, the split policy or a waiver.

    Args:
        collection: the files that are checked, and the configuration.
        base: a git revision whose newer names are taken.

    Raises:
        RevisionError: `base` cannot be compared with.
    """
    config = collection.config
    lists, broken = read_lists(config.root)
    index, index_text = index_of(config.root, config.tasks)
    names = {path.stem for path in collection.paths}
    has_lists = bool(lists or index or config.splits)
    is_complete = True
    if has_lists or not {waiver.task for waiver in config.waivers} <= names:
        try:
            everything = collect([config.root], config).paths
        except NoTasksError:
            everything = ()
        checked = set(map(absolute, collection.paths))
        is_complete = not has_lists or (
            bool(everything) and checked.issuperset(map(absolute, everything))
        )
        names.update(path.stem for path in everything)
    return Surroundings(
        lists=lists,
        broken=broken,
        index=index,
        index_text=index_text,
        is_complete=is_complete,
        taken=() if base is None else names_taken(config.root, collection.paths, base),
        names=frozenset(names),
    )
