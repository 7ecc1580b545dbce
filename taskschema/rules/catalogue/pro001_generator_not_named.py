"""Instances that a model wrote do not say which model.

What a model may be used for, and which faults it tends to, depends on which one it was; a task
written by a model is also unfit to judge that same model. Write name and version in
`provenance.generator`. Only the method `generated` is asked: a `mixed` task may have no model in
it.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    provenance = columns.task.get("provenance", {})
    if provenance.get("method") == "generated" and not (provenance.get("generator") or "").strip():
        message = "is `generated`, but not by what. Name the model and its version in `generator`."
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
