"""One label is so frequent that always giving it scores well.

A score then shows little, and a trained model learns to give that label. Add instances of the rarer
labels, or sample those of the frequent one. If the imbalance is natural, write that as the reason
of a waiver.

The rule compares the normalised entropy of the labels with the limit of the profile: 0.5 by
default, which is two labels at about nine to one, and 0.8 for `superni`, as in the tests of
Super-NaturalInstructions. Those tests also reported open questions with common answers, and tagging
with dozens of labels. This rule runs only if the task declares its labels or its outputs are
clearly labels (the message explains why), if more than half of the instances have the most frequent
label, and if there are at least 26 instances.
"""

from collections.abc import Iterator
from typing import Any

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote, several
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

FEWEST = 26  # instances; with fewer, chance explains an imbalance
MAJORITY = 0.5


def check(columns: Columns) -> Iterator[Violation]:
    count = len(columns.instances)
    if count < FEWEST or (space := columns.label_space) is None:
        return
    if len(space.used) < 2:  # noqa: PLR2004 - `constant-output` reports those
        return
    (top, most), *_, (last, least) = space.used.items()
    limit = columns.profile.minimum_balance
    if most > MAJORITY * count and space.balance <= limit:
        message = (
            f"{quote(top)} is the output of {most:,} of {several(count, 'instance')}, "
            f"{quote(last)} of {least:,}: the balance is {space.balance:.2f}, and must be above "
            f"{limit}. Add instances of the rarer labels. {space.grounds}"
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
