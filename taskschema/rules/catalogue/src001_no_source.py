"""A task does not name the source of its instances.

The source is needed to check the instances against the original, to credit its authors, and to
keep its test data out of training. Name the dataset under `sources`, with its URL. If people wrote
the instances or a program computed them for this task, state that in `provenance` instead.

A list of sources or a provenance is enough. A source is reported for its URL only if the URL is
present but blank, and not if it has a citation or a name such as `synthetic` or `self-authored`.
Version 1 has no key for a source, so its tasks are not reported.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns
from taskschema.schema.source_names import is_own_work


def check(columns: Columns) -> Iterator[Violation]:
    sources = columns.task.get("sources", ())
    provenance = columns.task.get("provenance")
    if not any(_is_named(source) for source in sources):
        if provenance is None and not columns.was_first_version:
            message = (
                "the instances have no source. Name the dataset (`sources`; in version 2,"
                " `Source`), or write in `provenance` who or what made them."
            )
            yield Violation("/sources", message)
        elif provenance and provenance["method"] == "converted" and not provenance.get("from"):
            message = (
                "method is `converted`, but no source is named. Name it in `sources` or `from`."
            )
            yield Violation("/provenance", message)
    for index, source in enumerate(sources):
        blank = "url" in source and not source["url"].strip()
        if blank and not source.get("citation") and not is_own_work(source["name"]):
            message = f"URL of {quote(source['name'])} is blank. Write it, or remove the key."
            yield Violation(f"/sources/{index}/url", message)


def _is_named(source: dict[str, str]) -> bool:
    return any(source.get(key, "").strip() for key in ("name", "url", "citation"))


RULE = TaskRule(
    code="SRC001",
    name="no-source",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={"provenance": None, "sources": [{"name": "synthetic", "url": ""}]},
    bad={"provenance": {"method": "converted"}},
)
