"""A category, domain or kind of reasoning is not in the vocabulary.

People choose tasks by these terms, and a term of one's own is never asked for. Take the nearest
term of `schemas/vocabulary/`, or propose a new one there. Terms are spelled exactly, paths with
` -> ` between their parts.
"""

from collections.abc import Iterator

from taskschema import vocabulary
from taskschema.columns import Columns
from taskschema.findings import Severity
from taskschema.rules import TaskRule, Violation
from taskschema.text import near_misses, quote

KINDS: tuple[vocabulary.Kind, ...] = ("categories", "domains", "reasoning")


def check(columns: Columns) -> Iterator[Violation]:
    for kind in KINDS:
        known = vocabulary.terms(kind)
        for index, term in enumerate(columns.task.get(kind, ())):
            if term not in known:
                meant = near_misses(term, known)
                cure = "Did you mean " + " or ".join(f"`{word}`" for word in meant) + "?"
                cure = cure if meant else f"`taskschema explain {kind}` lists all."
                yield Violation(f"/{kind}/{index}", f"{quote(term)} is no term of {kind}. {cure}")


RULE = TaskRule(
    code="TAX001",
    name="unknown-term",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={"categories": ["Question Answering"]},
    bad={"categories": ["Question answering"]},
)
