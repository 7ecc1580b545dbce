"""A task's licence is more permissive than the licence of one of its sources.

Data from a source for research only remains for research only. Correct the wrong licence, or add
the source's licence to the task's: a task may have several, and the strictest applies.

Licences are compared by class (commercial, non-commercial, academic only). Licences of an unknown
class, on either side, are not reported.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns
from taskschema.schema.licenses import CLASSES, class_of, strictest

MILD = CLASSES.index("unspecified")


def check(columns: Columns) -> Iterator[Violation]:
    sources = columns.task.get("sources", ())
    if not any("license" in source for source in sources):
        return
    licenses = columns.task.get("licenses", ())
    classes = [class_of(entry.get("spdx", entry["text"])) for entry in licenses]
    if not classes or "unspecified" in classes:
        return
    own = strictest(classes)
    for index, source in enumerate(sources):
        theirs = class_of(source.get("license", ""))
        if CLASSES.index(theirs) > max(CLASSES.index(own), MILD):
            message = (
                f"{quote(source['license'])} is {theirs}, but the licence of the task is {own}."
                " Correct one, or add the source's licence to `licenses`."
            )
            yield Violation(f"/sources/{index}/license", message)


RULE = TaskRule(
    code="LIC003",
    name="more-permissive-than-source",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={
        "licenses": [{"text": "MIT", "spdx": "MIT"}, {"text": "MSR-LA"}],
        "sources": [{"name": "stories", "license": "CC-BY-NC-4.0"}],
    },
    bad={
        "licenses": [{"text": "MIT", "spdx": "MIT"}],
        "sources": [{"name": "stories", "license": "CC-BY-NC-4.0"}],
    },
)
