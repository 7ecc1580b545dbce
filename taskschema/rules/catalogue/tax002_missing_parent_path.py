"""A term is only one part of a path of the vocabulary.

A path is one term and must be written whole, with ` -> ` between its parts: a search for
`Social Media -> Twitter` does not find `Twitter`. Write the whole path. `--fix` does so if exactly
one path ends with the term and no path continues after it.

Many parts are also terms by themselves, such as `Movies` besides `Reviews -> Movies`, and are not
reported.
"""

from collections.abc import Iterator

from taskschema.core.findings import Applicability, Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.shared.terms import Corrections, unknown_terms
from taskschema.schema import vocabulary
from taskschema.schema.columns import Columns

MOST_PATHS = 4  # more candidates than this are no useful suggestion


def check(columns: Columns) -> Iterator[Violation]:
    corrections = Corrections(columns.task)
    for kind, index, term in unknown_terms(columns.task):
        ending, through = vocabulary.paths_through(kind, term)
        others = vocabulary.alike(kind, term)
        if others and not any(path.endswith(f" -> {term}") for path in ending):
            continue  # nearly a term by itself: `unknown-term` reports it
        paths = ending or through
        if not 0 < len(paths) <= MOST_PATHS:
            continue
        listed = " or ".join(f"`{path}`" for path in (*paths, *others))
        message = f"{quote(term)} is only a part of a term of {kind}. Write {listed}."
        is_certain = len(ending) == 1 and not through and not others
        edits = corrections.replace(kind, index, ending[0]) if is_certain else ()
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
