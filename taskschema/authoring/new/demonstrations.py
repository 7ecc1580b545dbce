"""Demonstrations of a new task: chosen from the rows of a table, or blank."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from taskschema.core.text.printing import quote
from taskschema.schema.placeholders import gap

__all__ = ["blank_demonstrations", "choose_demonstrations"]

Row = dict[str, Any]
FEWEST_PER_LABEL = 3  # a demonstration must leave this many instances with its output


def choose_demonstrations(
    rows: Sequence[Row], count: int, labels: Sequence[str], fewest: int
) -> tuple[list[Row], list[Row], list[Row]]:
    """Return positive demonstrations, negative demonstrations and the remaining instances.

    Positive ones are the first rows with different outputs. The negative one is the input of
    another row with a wrong answer. If too few instances would remain, no row is used.

    Args:
        rows: the instances.
        count: the number of positive demonstrations.
        labels: the labels of the task, if it has any.
        fewest: the number of instances that must remain.
    """
    if not count or len(rows) - count - 1 < fewest:
        return [], [], list(rows)
    outputs = Counter(row["output"][0] for row in rows)
    candidates = [
        index
        for index, row in enumerate(rows)
        if not labels or outputs[row["output"][0]] > FEWEST_PER_LABEL
    ]
    chosen: list[int] = []
    for needs_new_output in (True, False):
        for index in candidates:
            used = {rows[one]["output"][0] for one in chosen}
            is_repeated = needs_new_output and rows[index]["output"][0] in used
            if len(chosen) <= count and index not in chosen and not is_repeated:
                chosen.append(index)
    if len(chosen) <= count:
        return [], [], list(rows)
    *right, wrong = chosen
    remaining = [row for index, row in enumerate(rows) if index not in chosen]
    return [_positive(rows[index]) for index in right], [_negative(rows[wrong], labels)], remaining


def blank_demonstrations(count: int, *, is_right: bool) -> list[Row]:
    """Return demonstrations of placeholders only."""
    which = "right" if is_right else "wrong but tempting"
    return [
        {
            "input": gap(f"input {number} of a {'right' if is_right else 'wrong'} example."),
            "output": gap(f"an answer to it that is {which}."),
            "explanation": gap(f"why that answer is {'right' if is_right else 'wrong'}."),
        }
        for number in range(1, count + 1)
    ]


def _positive(row: Row) -> Row:
    answer = row["output"][0]
    about = {"input": row["input"], "output": answer}
    return about | {"explanation": gap(f"why {_as_code(answer)} is right.")}


def _negative(row: Row, labels: Sequence[str]) -> Row:
    answer = row["output"][0]
    others = [label for label in labels if label not in row["output"]]
    wrong = others[0] if len(others) == 1 else ""
    is_plain = _as_code(answer)[1:-1] == answer
    suggestion = {"suggestion": f"Answer {_as_code(answer)}."} if is_plain else {}
    return {
        "input": row["input"],
        "output": wrong or gap(f"a wrong answer that is tempting; {_as_code(answer)} is right."),
        "explanation": gap(f"why {_as_code(wrong) if wrong else 'it'} is wrong here."),
        **suggestion,
    }


def _as_code(text: str) -> str:
    """Return a text between backticks, since quotation marks would be escaped in JSON."""
    return f"`{quote(text)[1:-1]}`"
