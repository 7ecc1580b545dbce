"""A task to train on is made of a source that a task to test on is made of.

Two tasks of one source often share their texts and their facts, so that the test is no longer of
unseen tasks; Super-NaturalInstructions excludes such tasks from training. Take the line out of the
train list. Sources are the same by name or by address, however spelled, and also where one letter
of a long word differs. Names such as "synthetic" are no source, and neither is an address that
stands for several: a host, an account, or a page that three sources of other names give.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.overview import Overview
from taskschema.rules.rule import CollectionRule, Violation
from taskschema.rules.shared.source_identity import Identity, addresses_of_several
from taskschema.rules.shared.split_lines import owners, tracks


def check(overview: Overview) -> Iterator[tuple[str, Violation]]:
    known = owners(overview)
    several = addresses_of_several(overview.tasks)
    for train, test in tracks(overview):
        tested = Identity([known[name] for name in test], several)
        for name, (path, line) in train.items():
            if name in test:
                continue
            if same := tested.shared(known[name]):
                how = next(iter(same.values()))
                message = f"`{name}` {how} of the test split. Do not train on it."
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
