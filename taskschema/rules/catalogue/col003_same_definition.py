"""A task has the definition of another task that is of a different kind.

Most often it was copied and never changed, so that the instruction does not fit the instances.
Write the definition that this task needs. Definitions are compared with case and white space evened
out. One family of tasks may well share its instruction: nothing is said as long as the kinds of
answers are the same, some category is shared or not given, and the answers, where they are a
closed set in both, have one in common; nor where the languages of the outputs differ, or the
definition is a phrase.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.normal_forms import normalise
from taskschema.core.text.printing import quote
from taskschema.rules.overview import Overview, TaskDigest
from taskschema.rules.rule import CollectionRule, Violation

# Characters; anyone may come upon a shorter sentence twice ("Translate the sentence to German.").
LONG_ENOUGH = 60
# Of a family that shares one definition, a task is compared with this many of the others.
MOST_OTHERS = 8
NAMED = 3  # as many answers as a message names


def check(overview: Overview) -> Iterator[tuple[str, Violation]]:
    holders: dict[str, list[TaskDigest]] = {}
    for entry in overview.tasks:
        for index, text in enumerate(entry.definitions):
            if len(text) < LONG_ENOUGH:
                continue
            others = holders.setdefault(normalise(text), [])
            for other in others:
                if difference := _difference(entry, other):
                    message = (
                        f"is also the definition of `{other.name}`, whose {difference}. "
                        "Write each what it needs."
                    )
                    yield entry.path, Violation(f"/definition/{index}", message)
                    break
            if len(others) < MOST_OTHERS and entry not in others[-1:]:
                others.append(entry)


def _difference(entry: TaskDigest, other: TaskDigest) -> str:
    """In what the other task differs so much that one instruction cannot fit both."""
    if entry.name == other.name or set(entry.languages) != set(other.languages):
        return ""
    if entry.kind != other.kind:
        return f"answers are of kind `{other.kind}`, not `{entry.kind}`"
    if entry.categories and other.categories and not _categories(entry) & _categories(other):
        return f"category is {other.categories[0]}, not {entry.categories[0]}"
    if (
        len(entry.answers) > 1
        and len(other.answers) > 1
        and not {*entry.answers} & {*other.answers}
    ):
        return f"answers are {_listed(other)}, not {_listed(entry)}"
    return ""


def _categories(entry: TaskDigest) -> set[str]:
    """The categories, so that one that is misspelt in its case is not another."""
    return set(map(normalise, entry.categories))


def _listed(entry: TaskDigest) -> str:
    shown = ", ".join(map(quote, entry.answers[:NAMED]))
    return shown + (" and others" if len(entry.answers) > NAMED else "")


SENTENCE = "Read the review, and say in one word whether its author liked the product."

RULE = CollectionRule(
    code="COL003",
    name="same-definition",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={
        "one": {"definition": [SENTENCE], "categories": ["Sentiment Analysis"]},
        "two": {"definition": [SENTENCE], "categories": ["Sentiment Analysis"]},
    },
    bad={
        "one": {"definition": [SENTENCE], "categories": ["Sentiment Analysis"]},
        "two": {"definition": [SENTENCE], "categories": ["Title Generation"]},
    },
)
