"""Two paths differ only in case, or in how their accents are encoded.

The file systems of Windows and macOS treat them as one file or folder, so a clone there loses one
of the two. Rename one.

These file systems distinguish full and half width, `ß` and `ss` and the like, so such paths are not
reported. If two folders collide, the files in them are not reported again.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.normal_forms import folded
from taskschema.rules.collection_context import CollectionContext
from taskschema.rules.rule import CollectionRule, Violation


def check(context: CollectionContext) -> Iterator[tuple[str, Violation]]:
    spellings: dict[str, str] = {}
    known: set[str] = set()
    for entry in context.tasks:
        paths = [entry.path]
        while (folder := paths[-1].rpartition("/")[0]) and folder not in known:
            paths.append(folder)
        for path in reversed(paths):
            known.add(path)
            other = spellings.setdefault(folded(path), path)
            # In folders that collide, the whole paths differ, but not their last parts.
            if other.rpartition("/")[2] != path.rpartition("/")[2]:
                message = f"`{path}` and `{other}` are one path on Windows and macOS. Rename one."
                yield entry.path, Violation("", message)
                break


RULE = CollectionRule(
    code="COL002",
    name="path-collision",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={"german/one": {}, "germany/two": {}},
    bad={"german/one": {}, "German/two": {}},
)
