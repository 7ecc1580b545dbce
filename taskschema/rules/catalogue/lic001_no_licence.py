"""A task names no licence.

Users must know whether they may train on a task and share it, and the licence is hard to find
later. Write the words of the source under `licenses`, and add `spdx` if the licence has an
identifier. In version 2 the key is `Instance License`. If the licence cannot be found, write
`Unknown`, which this rule accepts.

Version 1 has no key for a licence, so its tasks are not reported.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    licenses = columns.task.get("licenses", ())
    if columns.was_first_version or any(
        entry["text"].strip() or "spdx" in entry for entry in licenses
    ):
        return
    yield Violation(
        "/licenses",
        "the instances have no licence. Write that of the source, or `Unknown`"
        " (`licenses`; in version 2, `Instance License`).",
    )


RULE = TaskRule(
    code="LIC001",
    name="no-licence",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={"licenses": [{"text": "Unknown"}]},
    bad={"licenses": [{"text": " "}]},
)
