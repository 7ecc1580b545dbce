"""A training task shares a source with a test task.

Tasks made from one source often share texts and facts, so the test no longer measures unseen tasks.
Super-NaturalInstructions excludes such tasks from training. Remove the task from the train list.

Sources are the same if their names or URLs are, ignoring spelling and one wrong letter in a long
word. Names such as "synthetic" are not sources. A URL that stands for several sources does not
count either: a host, an account, or a page that three sources of different names give.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.collection_context import CollectionContext
from taskschema.rules.rule import CollectionRule, Violation
from taskschema.rules.shared.source_identity import SourceIndex, shared_urls
from taskschema.rules.shared.split_lines import owners, tracks


def check(context: CollectionContext) -> Iterator[tuple[str, Violation]]:
    known = owners(context)
    several = shared_urls(context.tasks)
    for train, test in tracks(context):
        tested = SourceIndex([known[name] for name in test], several)
        for name, (path, line) in train.items():
            if name in test:
                continue
            if same := tested.shared(known[name]):
                reason = next(iter(same.values()))
                message = f"`{name}` {reason} of the test split. Remove it from the train list."
                yield path, Violation(f"line:{line}", message)


LISTS = {
    "splits/default/test_tasks.txt": "one\n",
    "splits/default/train_tasks.txt": "two\n",
}

RULE = CollectionRule(
    code="SPL004",
    name="split-source-leak",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={
        "one": {"sources": [{"name": "wikihop", "url": "https://huggingface.co/datasets"}]},
        "two": {"sources": [{"name": "wikihow", "url": "https://huggingface.co/datasets"}]},
        **LISTS,
    },
    bad={
        "one": {"sources": [{"name": "adversarial_qa"}]},
        "two": {"sources": [{"name": "Adverserial QA"}]},
        **LISTS,
    },
)
