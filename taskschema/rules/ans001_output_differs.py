"""The output is not what the answer is written as.

`output` always carries the strings, so that a reader of strings always works; `answer` carries the
structure. Both must say the same. Write the output as the message has it, or correct the answer.
"""

from collections.abc import Iterator

from taskschema.answers import render
from taskschema.columns import Columns
from taskschema.findings import Severity
from taskschema.rules import TaskRule, Violation
from taskschema.text import quote


def check(columns: Columns) -> Iterator[Violation]:
    answer_format = columns.answer_format
    if answer_format["kind"] in ("text", "label"):
        return
    fields = answer_format.get("fields", {}).keys()
    for index, row in enumerate(columns.instances):
        answer = row["answer"]
        if answer_format["kind"] == "fields" and answer.keys() != fields:
            wanted = ", ".join(f"`{name}`" for name in fields)
            message = f"must have exactly the fields of the answer format: {wanted}."
            yield Violation(f"/instances/{index}/answer", message)
        elif (wanted_output := render(answer_format, answer)) != row["output"]:
            message = f"must be {quote(str(wanted_output))} to say what `answer` says."
            yield Violation(f"/instances/{index}/output", message)


RULE = TaskRule(
    code="ANS001",
    name="output-differs",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={
        "answer_format": {"kind": "set", "separator": ", "},
        "instances": [
            {"id": "a", "input": "which one?", "output": ["x, y"], "answer": [["x", "y"]]},
        ],
    },
    bad={
        "answer_format": {"kind": "set", "separator": ", "},
        "instances": [
            {"id": "a", "input": "which one?", "output": ["x; y"], "answer": [["x", "y"]]},
        ],
    },
)
