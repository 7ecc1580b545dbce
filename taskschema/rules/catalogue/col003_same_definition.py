"""A task has the definition of another task of a different kind.

The definition was probably copied and never changed, so the instruction does not fit the instances.
Write the definition that this task needs.

Definitions are compared without regard to case and white space. Tasks of one family may share a
definition: the rule reports only tasks that differ in answer format, share no category although
both have some, or have closed sets of answers with nothing in common. It skips tasks whose outputs
are in different languages, and definitions of fewer than 60 characters.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.normal_forms import normalise
from taskschema.core.text.printing import quote
from taskschema.rules.collection_context import CollectionContext, TaskDigest
from taskschema.rules.rule import CollectionRule, Violation

# Characters. Shorter sentences coincide by chance ("Translate the sentence to German.").
LONG_ENOUGH = 60
# The most tasks of one definition that each further task is compared with.
MOST_OTHERS = 8
NAMED = 3  # answers shown in a message


def check(context: CollectionContext) -> Iterator[tuple[str, Violation]]:
    holders: dict[str, list[TaskDigest]] = {}
    for entry in context.tasks:
        for index, text in enumerate(entry.definitions):
            if len(text) < LONG_ENOUGH:
                continue
            others = holders.setdefault(normalise(text), [])
            for other in others:
                if difference := _difference(entry, other):
                    message = (
                        f"is also the definition of `{other.name}`, whose {difference}. "
                        "Write a definition for each."
                    )
                    yield entry.path, Violation(f"/definition/{index}", message)
                    break
            if len(others) < MOST_OTHERS and entry not in others[-1:]:
                others.append(entry)


def _difference(entry: TaskDigest, other: TaskDigest) -> str:
    """Return the difference that rules out a shared definition, or "" if none does."""
    if entry.name == other.name or set(entry.languages) != set(other.languages):
        return ""
    if entry.kind != other.kind:
        return f"answer format is `{other.kind}`, not `{entry.kind}`"
    if entry.categories and other.categories and not _categories(entry) & _categories(other):
        return f"category is {other.categories[0]}, not {entry.categories[0]}"
    if (
        len(entry.answers) > 1
        and len(other.answers) > 1
        and not {*entry.answers} & {*other.answers}
    ):
        return f"answers are {_first_answers(other)}, not {_first_answers(entry)}"
    return ""


def _categories(entry: TaskDigest) -> set[str]:
    """Return the normalised categories: two spellings in case are one category."""
    return set(map(normalise, entry.categories))


def _first_answers(entry: TaskDigest) -> str:
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
