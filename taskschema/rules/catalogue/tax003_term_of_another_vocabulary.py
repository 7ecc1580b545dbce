"""A term stands under the wrong key: a domain among the categories, say.

It is found under neither. Move it to the key that it is a term of. Words that are terms of several
vocabularies, such as `Mathematics`, are right under each of them, and a misspelt term of the
right vocabulary (`Misc.` for the domain `Miscellaneous`) is not sent elsewhere.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.shared.terms import KINDS, unknown_terms
from taskschema.schema import vocabulary
from taskschema.schema.columns import Columns

OLD_PREFIX = "Reasoning -> "  # how kinds of reasoning were written while they were categories


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
            message = f"{quote(term)} is no term of {kind}. Move {' or '.join(places)}."
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
