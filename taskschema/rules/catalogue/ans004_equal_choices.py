"""The choices of an instance are all equal, or one choice is listed twice.

If all choices have the same score, or only one choice exists, any answer is right. If a text is
listed twice with different scores, its score is ambiguous, which is an error. Correct the texts or
the scores, or remove the extra choice.

Texts are compared exactly, since choices may differ only in case or punctuation.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    if columns.answer_format["kind"] != "choices":
        return
    for key, rows in {"instances": columns.instances, **columns.demonstrations}.items():
        for index, row in enumerate(rows):
            choices: list[dict[str, Any]] = row.get("answer", [])
            pointer = f"/{key}/{index}/answer"
            if len({choice["text"] for choice in choices}) < len(choices):
                yield from _repeated(pointer, choices)
            elif key == "instances" and len(choices) == 1:
                yield Violation(pointer, "has only one choice. Add others.")
            elif key == "instances" and len({choice["score"] for choice in choices}) == 1:
                message = f"all choices have the score {choices[0]['score']}. Correct the scores."
                yield Violation(pointer, message)


def _repeated(pointer: str, choices: Sequence[dict[str, Any]]) -> Iterator[Violation]:
    scores: dict[str, float] = {}
    for place, choice in enumerate(choices):
        text = choice["text"]
        if text not in scores:
            scores[text] = choice["score"]
        elif scores[text] == choice["score"]:
            message = f"{quote(text)} is listed twice. Remove one."
            yield Violation(f"{pointer}/{place}", message)
        else:
            message = (
                f"{quote(text)} is listed with the scores {scores[text]} and {choice['score']}. "
                "Keep one."
            )
            yield Violation(f"{pointer}/{place}", message, Severity.ERROR)


def _instances(other: str) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{number}",
            "input": f"which is more, {number} or {number + 1}?",
            "output": [f"{number + 1}"],
            "answer": [
                {"text": f"{number + 1}", "score": 1},
                {"text": f"{number}", "score": 0},
                {"text": other, "score": 0},
            ],
        }
        for number in range(26)
    ]


RULE = TaskRule(
    code="ANS004",
    name="equal-choices",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={"answer_format": {"kind": "choices"}, "instances": _instances(other="they are equal")},
    bad={"answer_format": {"kind": "choices"}, "instances": _instances(other="13")},
)
