"""A metric cannot score the answers of the task.

Each metric is defined for some answer formats: `set_f1`, for example, cannot split a text. Choose a
metric for this answer format, or correct the format.

The metric of a field is checked against the type of the field: `set` and `label` fields like the
answer formats of that name, all others like `text`.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.syntax.json_pointers import escape
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns
from taskschema.schema.vocabulary import AnswerKind, metrics

KIND_OF_TYPE: dict[str, AnswerKind] = {
    "text": "text",
    "label": "label",
    "number": "text",
    "set": "set",
}


def check(columns: Columns) -> Iterator[Violation]:
    kind: AnswerKind = columns.answer_format["kind"]
    for index, name in enumerate(columns.task.get("metrics", ())):
        if kind not in metrics()[name].kinds:
            message = f"`{name}` cannot score the answer format `{kind}`. {_metrics_for(kind)}"
            yield Violation(f"/metrics/{index}", message)
    for name, field in columns.answer_format.get("fields", {}).items():
        kind = KIND_OF_TYPE[field["type"]]
        if "metric" in field and kind not in metrics()[field["metric"]].kinds:
            message = (
                f"`{field['metric']}` cannot score a field of type `{field['type']}`. "
                f"{_metrics_for(kind)}"
            )
            yield Violation(f"/answer_format/fields{escape(name)}/metric", message)


def _metrics_for(kind: AnswerKind) -> str:
    fitting = [f"`{name}`" for name, metric in metrics().items() if kind in metric.kinds]
    return f"Choose from {', '.join(fitting)}."


RULE = TaskRule(
    code="MET001",
    name="metric-does-not-fit",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={"metrics": ["rouge_l"]},
    bad={"metrics": ["set_f1"]},
)
