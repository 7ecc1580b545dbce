"""A term is only the last part, or another part, of a path of the vocabulary.

Terms that are paths are written whole, ` -> ` between their parts: someone who asks for
`Social Media -> Twitter` does not find `Twitter`. Write the whole path. The fix does so where
just one path ends with the term and nothing lies below that path. Many parts are terms by
themselves, such as `Movies` beside `Reviews -> Movies`, and stay as they are.
"""

from collections.abc import Iterator

from taskschema.core.findings import Applicability, Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.shared.terms import Corrections, unknown_terms
from taskschema.schema import vocabulary
from taskschema.schema.columns import Columns

MOST_PATHS = 4  # more to choose from say nothing of what was meant


def check(columns: Columns) -> Iterator[Violation]:
    corrections = Corrections(columns.task)
    for kind, index, term in unknown_terms(columns.task):
        ending, through = vocabulary.paths_through(kind, term)
        others = vocabulary.alike(kind, term)
        if others and not any(path.endswith(f" -> {term}") for path in ending):
            continue  # a term by itself, but for a letter
        paths = ending or through
        if not 0 < len(paths) <= MOST_PATHS:
            continue
        listed = " or ".join(f"`{path}`" for path in (*paths, *others))
        message = f"{quote(term)} is only a part of a term of {kind}. Write {listed}."
        sure = len(ending) == 1 and not through and not others
        edits = corrections.put(kind, index, ending[0]) if sure else ()
        yield Violation(f"/{kind}/{index}", message, edits=edits)


RULE = TaskRule(
    code="TAX002",
    name="missing-parent-path",
    severity=Severity.WARNING,
    since="0.1",
    outranks=("TAX001", "TAX003"),
    fix=Applicability.SAFE,
    check=check,
    good={"domains": ["Social Media -> Twitter", "Movies"]},
    bad={"domains": ["Twitter"]},
)
