"""Two tasks have the same name or alias.

Split files, waivers and predictions refer to tasks by name, and the name becomes ambiguous. Rename
one task, or remove the alias.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.collection_context import CollectionContext
from taskschema.rules.rule import CollectionRule, Violation


def check(context: CollectionContext) -> Iterator[tuple[str, Violation]]:
    """Report repeated names. A task's own name takes precedence over an alias."""
    owners: dict[str, str] = {}
    for entry in context.tasks:
        if (owner := owners.setdefault(entry.name, entry.path)) != entry.path:
            yield entry.path, Violation("/name", _message(entry.name, owner))
    for entry in context.tasks:
        for index, alias in enumerate(entry.aliases):
            if (owner := owners.setdefault(alias, entry.path)) != entry.path:
                yield entry.path, Violation(f"/aliases/{index}", _message(alias, owner))
            elif alias == entry.name:
                message = f"`{alias}` is the task's own name. Remove the alias."
                yield entry.path, Violation(f"/aliases/{index}", message)


def _message(name: str, owner: str) -> str:
    return f"`{name}` is already a name of {owner}. Rename one task, or remove the alias."


RULE = CollectionRule(
    code="COL001",
    name="name-taken",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={"one": {}, "two": {"aliases": ["three"]}},
    bad={"one": {}, "two": {"aliases": ["one"]}},
)
