"""The name or alias was taken on the base branch after this branch started.

Each branch is valid alone, but a merge would create two tasks of one name. Rename the task here
with `taskschema rename`, or update this branch if both are the same task.

The rule runs only with `check --base REVISION`, such as `origin/main`; fetch that revision first.
Names are compared like file names on Windows and macOS. Names that existed when the branch started
are not reported, and neither is a file that is equal on both sides.
"""

from collections.abc import Iterator
from shlex import quote

from taskschema.core.findings import Severity
from taskschema.core.text.normal_forms import folded
from taskschema.rules.collection_context import CollectionContext, TakenName
from taskschema.rules.rule import CollectionRule, Violation

RENAME = "Run `taskschema rename`, and remove the alias that it keeps of this name."


def check(context: CollectionContext) -> Iterator[tuple[str, Violation]]:
    if not context.taken:
        return
    owners: dict[str, TakenName] = {}
    for one in context.taken:
        owners.setdefault(folded(one.name), one)
    for entry in context.tasks:
        if owner := owners.get(folded(entry.name)):
            yield entry.path, Violation("/name", _message(entry.name, owner, RENAME))
        for index, alias in enumerate(entry.aliases):
            owner = owners.get(folded(alias))
            if owner and owner.path != entry.path:
                change = f"aliases-={quote(alias)} {quote(str(entry.path))}"
                fix = f"Remove the alias: `taskschema set {change}`."
                yield entry.path, Violation(f"/aliases/{index}", _message(alias, owner, fix))


def _message(name: str, owner: TakenName, fix: str) -> str:
    what = "" if folded(name) == folded(owner.task) else f" as an alias of `{owner.task}`"
    spelling = "" if name == owner.name else f" as `{owner.name}`"
    return (
        f"`{name}` was taken{spelling}{what} in {owner.revision} after this branch started: "
        f"{owner.path}. {fix}"
    )


RULE = CollectionRule(
    code="COL005",
    name="name-taken-since",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={"one": {}, "main:two": {}},
    bad={"one": {}, "main:two": {"aliases": ["one"]}},
)
