"""A task names no licence.

Whoever trains on it or passes it on has to know whether they may, and nobody can find that out
later. Write under `licenses` what the source says, word for word, and add `spdx` where there is an
identifier; in version 2 the key is `Instance License`. Where the licence cannot be found, say
`Unknown`: that is an answer too, and this rule leaves it alone. Version 1 has no place for a
licence and is not asked for one.
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
        "names no licence of the instances. Write that of the source, or `Unknown`"
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
