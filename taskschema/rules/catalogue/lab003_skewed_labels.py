"""One label is so frequent that always saying it scores well.

What a score says about a model is then little, and a model trained on it learns to say that label.
Add instances of the rarer labels, or sample those of the frequent one; where the world is like
that, say so in a waiver. Measured is the normalised entropy of the labels, against the profile's
limit: 0.5 by default, which two labels fall below at about nine to one, 0.8 as upstream had it.
Upstream's test complained of open questions that share some answers, and of tagging with dozens of
labels: here a task must declare its labels or leave little doubt (the message says why), and the
most frequent must have more than half of the instances. Below 26 instances chance decides.
"""

from collections.abc import Iterator
from typing import Any

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote, several
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

FEWEST = 26  # instances; below that a few more of one label are chance
MAJORITY = 0.5


def check(columns: Columns) -> Iterator[Violation]:
    count = len(columns.instances)
    if count < FEWEST or (space := columns.label_space) is None:
        return
    if len(space.used) < 2:  # noqa: PLR2004 - a constant output is another rule's business
        return
    (top, most), *_, (last, least) = space.used.items()
    limit = columns.profile.minimum_balance
    if most > MAJORITY * count and space.balance <= limit:
        message = (
            f"{quote(top)} is the output of {most:,} of {several(count, 'instance')}, "
            f"{quote(last)} of {least:,}: a balance of {space.balance:.2f}, where more than "
            f"{limit} is wanted. Add instances of the rarer labels. {space.grounds}"
        )
        yield Violation("/instances", message.rstrip())


def _instances(rare: int) -> list[dict[str, Any]]:
    return [
        {"id": f"{n}", "input": f"which {n}?", "output": ["no" if n < rare else "yes"]}
        for n in range(40)
    ]


RULE = TaskRule(
    code="LAB003",
    name="skewed-labels",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={"answer_format": {"kind": "label"}, "instances": _instances(rare=6)},
    bad={"answer_format": {"kind": "label"}, "instances": _instances(rare=2)},
)
