"""Generated instances do not name the model that wrote them.

The terms of use and the typical errors of the instances depend on the model, and a model must not
be evaluated on its own output. Write name and version of the model in `provenance.generator`.

Only the method `generated` is checked: a `mixed` task may involve no model.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    provenance = columns.task.get("provenance", {})
    if provenance.get("method") == "generated" and not (provenance.get("generator") or "").strip():
        message = (
            "method is `generated`, but no model is named. Write the model and its version in "
            "`generator`."
        )
        yield Violation("/provenance", message)


RULE = TaskRule(
    code="PRO001",
    name="generator-not-named",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={"provenance": {"method": "mixed"}},
    bad={"provenance": {"method": "generated", "generator": ""}},
)
