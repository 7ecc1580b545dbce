"""A category, domain or kind of reasoning is not in the vocabulary.

People select tasks by these terms, and a term outside of the vocabulary is never searched for. Use
the nearest term of `schemas/vocabulary/`, or propose a new one there.

Terms must match exactly, and paths have ` -> ` between their parts. `--fix` corrects terms that
differ only in case, spacing or a plural.
"""

from collections.abc import Iterator

from taskschema.core.findings import Applicability, Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.shared.terms import Corrections, guessed, unknown_terms
from taskschema.schema import vocabulary
from taskschema.schema.columns import Columns

MOST_SEARCHED = 20  # finding near misses takes a millisecond per term
LONGEST_TERM = 100  # characters; the longest term of the vocabularies has about 60


def check(columns: Columns) -> Iterator[Violation]:
    corrections = Corrections(columns.task)
    searched: dict[tuple[str, str], list[str]] = {}
    for kind, index, term in unknown_terms(columns.task):
        alike = vocabulary.alike(kind, term)
        suggestions = list(alike or vocabulary.abbreviated(kind, term))
        if not suggestions and len(searched) < MOST_SEARCHED and len(term) <= LONGEST_TERM:
            searched[kind, term] = guessed(kind, term)
        suggestions = suggestions or searched.get((kind, term), [])
        advice = "Did you mean " + " or ".join(f"`{word}`" for word in suggestions) + "?"
        advice = advice if suggestions else f"Run `taskschema explain {kind}` to list all terms."
        edits = corrections.replace(kind, index, alike[0]) if len(alike) == 1 else ()
        message = f"{quote(term)} is not a term of {kind}. {advice}"
        yield Violation(f"/{kind}/{index}", message, edits=edits)


RULE = TaskRule(
    code="TAX001",
    name="unknown-term",
    severity=Severity.WARNING,
    since="0.1",
    fix=Applicability.SAFE,
    check=check,
    good={"categories": ["Question Answering"]},
    bad={"categories": ["Question answering"]},
)
