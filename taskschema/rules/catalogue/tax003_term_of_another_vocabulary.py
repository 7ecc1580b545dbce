"""A term is listed under the wrong key, such as a domain among the categories.

A search finds it under neither. Move it to the key of its vocabulary.

Words that belong to several vocabularies, such as `Mathematics`, are valid under each. A misspelt
term of the right vocabulary (`Misc.` for the domain `Miscellaneous`) is not reported here.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.shared.terms import KINDS, unknown_terms
from taskschema.schema import vocabulary
from taskschema.schema.columns import Columns

OLD_PREFIX = "Reasoning -> "  # of kinds of reasoning, from the time when they were categories


def check(columns: Columns) -> Iterator[Violation]:
    for kind, index, term in unknown_terms(columns.task):
        if vocabulary.alike(kind, term) or vocabulary.abbreviated(kind, term):
            continue
        places = [
            f"`{known}` to `{other}`"
            for other in KINDS
            if other != kind
            for known in vocabulary.alike(other, term.removeprefix(OLD_PREFIX))
        ]
        if places:
            message = f"{quote(term)} is not a term of {kind}. Move {' or '.join(places)}."
            yield Violation(f"/{kind}/{index}", message)


RULE = TaskRule(
    code="TAX003",
    name="term-of-another-vocabulary",
    severity=Severity.WARNING,
    since="0.1",
    outranks=("TAX001",),
    check=check,
    good={"categories": ["Mathematics"], "domains": ["Mathematics"], "reasoning": ["Mathematics"]},
    bad={"categories": ["Wikipedia"]},
)
