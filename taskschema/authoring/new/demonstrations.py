"""Which rows of a table become demonstrations, and what is left to write of them."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from taskschema.core.text.printing import quote
from taskschema.schema.placeholders import placeholder

__all__ = ["blank_demonstrations", "demonstrations"]

Row = dict[str, Any]
LEFT = 3  # times that an output must still be among the instances, to be shown


def demonstrations(
    rows: Sequence[Row], count: int, labels: Sequence[str], fewest: int
) -> tuple[list[Row], list[Row], list[Row]]:
    """Positive demonstrations, negative ones, and the rows that stay instances.

    The first rows with different outputs are shown, and the input of another with an answer that is
    wrong. Nothing is taken where too few instances would stay; then all of it is gaps.

    Args:
        rows: the instances that there are.
        count: of positive demonstrations.
        labels: of the task, if it has some.
        fewest: instances that have to stay.
    """
    if not count or len(rows) - count - 1 < fewest:
        return [], [], list(rows)
    outputs = Counter(row["output"][0] for row in rows)
    fit = [at for at, row in enumerate(rows) if not labels or outputs[row["output"][0]] > LEFT]
    chosen: list[int] = []
    for wants_other in (True, False):
        for at in fit:
            there = {rows[one]["output"][0] for one in chosen}
            is_new = at not in chosen and not (wants_other and rows[at]["output"][0] in there)
            if len(chosen) <= count and is_new:
                chosen.append(at)
    if len(chosen) <= count:
        return [], [], list(rows)
    *right, wrong = chosen
    left = [row for at, row in enumerate(rows) if at not in chosen]
    return [_right(rows[at]) for at in right], [_wrong(rows[wrong], labels)], left


def blank_demonstrations(count: int, *, is_right: bool) -> list[Row]:
    """As many demonstrations that are gaps and nothing else."""
    which = "right" if is_right else "wrong but tempting"
    return [
        {
            "input": placeholder(
                f"input {number} of a {'right' if is_right else 'wrong'} example."
            ),
            "output": placeholder(f"an answer to it that is {which}."),
            "explanation": placeholder(f"why that answer is {'right' if is_right else 'wrong'}."),
        }
        for number in range(1, count + 1)
    ]


def _right(row: Row) -> Row:
    answer = row["output"][0]
    about = {"input": row["input"], "output": answer}
    return about | {"explanation": placeholder(f"why {_named(answer)} is right.")}


def _wrong(row: Row, labels: Sequence[str]) -> Row:
    answer = row["output"][0]
    others = [label for label in labels if label not in row["output"]]
    wrong = others[0] if len(others) == 1 else ""
    said = {"suggestion": f"Answer {_named(answer)}."} if _named(answer)[1:-1] == answer else {}
    return {
        "input": row["input"],
        "output": wrong
        or placeholder(f"a wrong answer that is tempting; {_named(answer)} is right."),
        "explanation": placeholder(f"why {_named(wrong) if wrong else 'it'} is wrong here."),
        **said,
    }


def _named(text: str) -> str:
    """A text in a placeholder, where quotation marks would have to be escaped."""
    return f"`{quote(text)[1:-1]}`"
