"""An output does not match its `answer`.

`answer` carries the structure, and `output` carries the same answer as strings, for readers that
know only strings. Both must agree, in instances and in demonstrations. Write the output as the
message shows it, or correct the answer.

`--fix` rewrites the output. In a demonstration, which has one output, it does so only if the answer
can be written in one way.
"""

import json
from collections.abc import Iterator
from typing import Any

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.answer_text import render
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    answer_format = columns.answer_format
    if answer_format["kind"] in ("text", "label"):
        return
    for index, row in enumerate(columns.instances):
        if (expected := _written(answer_format, row["answer"])) is None:
            yield Violation(f"/instances/{index}/answer", _wrong_fields(answer_format))
        elif expected != row["output"]:
            message = f"must be {json.dumps(expected, ensure_ascii=False)} to match `answer`."
            pointer = f"/instances/{index}/output"
            yield Violation(pointer, message, edits=(Edit("replace", pointer, expected),))
    for key, rows in columns.demonstrations.items():
        for index, row in enumerate(rows):
            if "answer" not in row:
                continue
            if (expected := _written(answer_format, row["answer"])) is None:
                yield Violation(f"/{key}/{index}/answer", _wrong_fields(answer_format))
            elif row["output"] not in expected:
                allowed = " or ".join(json.dumps(text, ensure_ascii=False) for text in expected)
                message = f"must be {allowed} to match `answer`."
                pointer = f"/{key}/{index}/output"
                edits = (Edit("replace", pointer, expected[0]),) if len(set(expected)) == 1 else ()
                yield Violation(pointer, message, edits=edits)


def _written(answer_format: dict[str, Any], answer: Any) -> list[str] | None:
    """Return the outputs of an answer, or None if its fields differ from the answer format."""
    if answer_format["kind"] == "fields" and answer.keys() != answer_format["fields"].keys():
        return None
    return render(answer_format, answer)


def _wrong_fields(answer_format: dict[str, Any]) -> str:
    expected = ", ".join(f"`{name}`" for name in answer_format["fields"])
    return f"must have exactly the fields of the answer format: {expected}. Correct the keys."


RULE = TaskRule(
    code="ANS001",
    name="output-differs",
    severity=Severity.ERROR,
    since="0.1",
    fix=Applicability.SAFE,
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
