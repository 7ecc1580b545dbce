"""A training task shares inputs with a test task.

A model trained on it has seen the test. Remove the task from the train list, or remove the shared
inputs from the task.

At least a tenth of the test task's inputs must be shared, ignoring case and white space at the
ends. Large tasks are compared by a sample. Inputs of a few letters, such as names and numbers, do
not count.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.collection_context import CollectionContext
from taskschema.rules.rule import CollectionRule, Violation
from taskschema.rules.shared.enumerations import first_few
from taskschema.rules.shared.overlaps import common_share, pairs
from taskschema.rules.shared.split_lines import owners, tracks

LEAST = 0.1


def check(context: CollectionContext) -> Iterator[tuple[str, Violation]]:
    known = owners(context)
    for train, test in tracks(context):
        trained = [known[name] for name in train if name not in test]
        tested = [known[name] for name in test]
        for entry, others in pairs(trained, lambda entry: entry.inputs, tested):
            shares = [(common_share(count, other, entry), other.name) for other, count in others]
            leaks = sorted((one for one in shares if one[0] >= LEAST), key=lambda one: -one[0])
            if leaks:
                path, line = train[entry.name]
                yield path, Violation(f"line:{line}", _message(entry.name, leaks))


def _message(name: str, leaks: list[tuple[float, str]]) -> str:
    named = first_few([f"about {share:.0%} of `{other}`" for share, other in leaks])
    return f"`{name}` has inputs of the test split: {named}. Remove it from the train list."


TEXTS = [f"What comes after {number}, and what before?" for number in range(26)]
AFTER = [{"id": text, "input": text, "output": [f"after: {text}"]} for text in TEXTS]
BEFORE = [{"id": text, "input": text, "output": [f"before: {text}"]} for text in TEXTS]
LISTS = {
    "splits/default/test_tasks.txt": "one\n",
    "splits/default/train_tasks.txt": "two\n",
}

RULE = CollectionRule(
    code="SPL003",
    name="split-leak",
    severity=Severity.WARNING,
    since="0.1",
    outranks=("SPL004",),
    check=check,
    good={
        "one": {"instances": AFTER},
        "two": {"instances": BEFORE[:2]},
        **LISTS,
    },
    bad={
        "one": {"instances": AFTER},
        "two": {"instances": BEFORE[:9]},
        **LISTS,
    },
)
