"""A task's licence allows more than the licence of one of its sources.

What was taken from data for research only stays for research only. Correct whichever of the two is
wrong, or add the source's licence to the task's: several are possible, and the strictest counts.
Licences are compared by what they allow (commercial, non-commercial, academic only); a licence of
which that is not known, on either side, says nothing.
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
                f"{quote(source['license'])} is {theirs}, but the task's own licence is {own}."
                " Correct one, or add the source's to `licenses`."
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
