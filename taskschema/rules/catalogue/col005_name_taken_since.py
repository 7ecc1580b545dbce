"""A name or alias was given to another task in the base branch since this branch began.

Each side is right by itself, and merged they would have two tasks of one name. Rename the task here
(`taskschema rename`), or bring the branch up to date if both are the same task. It is only looked
for with `check --base REVISION`, such as `origin/main`, which is to be fetched before. Names are
compared as the disks of Windows and macOS compare those of files. Nothing is said of names that
were there when the branch began, nor of a file that is the same on both sides.
"""

from collections.abc import Iterator
from shlex import quote

from taskschema.core.findings import Severity
from taskschema.core.text.normal_forms import folded
from taskschema.rules.overview import Overview, Taken
from taskschema.rules.rule import CollectionRule, Violation

RENAME = "Choose another name; `taskschema rename` keeps this one as an alias, to be removed too."


def check(overview: Overview) -> Iterator[tuple[str, Violation]]:
    if not overview.taken:
        return
    owners: dict[str, Taken] = {}
    for one in overview.taken:
        owners.setdefault(folded(one.name), one)
    for entry in overview.tasks:
        if owner := owners.get(folded(entry.name)):
            yield entry.path, Violation("/name", _message(entry.name, owner, RENAME))
        for index, alias in enumerate(entry.aliases):
            owner = owners.get(folded(alias))
            if owner and owner.path != entry.path:
                change = f"aliases-={quote(alias)} {quote(str(entry.path))}"
                cure = f"Remove the alias: `taskschema set {change}`."
                yield entry.path, Violation(f"/aliases/{index}", _message(alias, owner, cure))


def _message(name: str, owner: Taken, cure: str) -> str:
    what = "" if folded(name) == folded(owner.task) else f" as an alias of `{owner.task}`"
    spelling = "" if name == owner.name else f" as `{owner.name}`"
    return (
        f"`{name}` was taken{spelling}{what} in {owner.revision} since this branch began: "
        f"{owner.path}. {cure}"
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
