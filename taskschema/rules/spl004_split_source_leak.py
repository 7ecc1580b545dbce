"""A task to train on is made of a source that a task to test on is made of.

Two tasks of one source often share their texts and their facts, so that the test is no longer of
unseen tasks; Super-NaturalInstructions excludes such tasks from training. Take the line out of the
train list. Sources are the same by name or by address, however spelled, and also where one letter
of a long word differs. Names such as "synthetic" are no source, and neither is an address that
stands for several: a host, an account, or a page that three sources of other names give.
"""

from collections import defaultdict
from collections.abc import Iterator

from taskschema.findings import Severity
from taskschema.rules import CollectionRule, Entry, Overview, Violation
from taskschema.rules._lists import owners, tracks
from taskschema.rules._spellings import names_of, slips, urls_of
from taskschema.text import quote

# An address that so many sources of different names give is a page about all of them.
SHARED_BY = 3


def check(overview: Overview) -> Iterator[tuple[str, Violation]]:
    known = owners(overview)
    several = _addresses_of_several(overview)
    for train, test in tracks(overview):
        names, urls, slipped = _of_test([known[name] for name in test], several)
        for name, (path, line) in train.items():
            if name in test:
                continue
            if same := _same(known[name], several, names, urls, slipped):
                message = f"`{name}` {same}. Do not train on it."
                yield path, Violation(f"line:{line}", message)


Holders = dict[str, tuple[str, str]]
"""What sources are compared by, to what it stands for there and a task that has it."""


def _addresses_of_several(overview: Overview) -> set[str]:
    names: dict[str, set[str]] = defaultdict(set)
    for entry in overview.tasks:
        for url in urls_of(entry):
            names[url].update(key for key, _ in names_of(entry))
    return {url for url, keys in names.items() if len(keys) >= SHARED_BY}


def _of_test(tested: list[Entry], several: set[str]) -> tuple[Holders, Holders, Holders]:
    names: Holders = {}
    urls: Holders = {}
    slipped: Holders = {}
    for entry in tested:
        for key, name in names_of(entry):
            names.setdefault(key, (name, entry.name))
            for slip in slips(name):
                slipped.setdefault(slip, (name, entry.name))
        for url in urls_of(entry):
            if url not in several:
                urls.setdefault(url, (url, entry.name))
    return names, urls, slipped


def _same(entry: Entry, several: set[str], names: Holders, urls: Holders, slipped: Holders) -> str:
    """What a task shares with which task to test on, and how that is known."""
    for key, name in names_of(entry):
        if key in names:
            other, task = names[key]
            spelled = f" (there {quote(other)})" if other != name else ""
            return f"shares the source {quote(name)}{spelled} with `{task}` of the test split"
    for url in urls_of(entry):
        if url in urls and url not in several:
            return f"shares the source at {quote(url)} with `{urls[url][1]}` of the test split"
    for _, name in names_of(entry):
        for slip in slips(name):
            if slip in slipped:
                other, task = slipped[slip]
                return (
                    f"has the source {quote(name)}, all but the {quote(other)} of `{task}` of the "
                    "test split"
                )
    return ""


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
