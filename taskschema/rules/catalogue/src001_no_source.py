"""A task does not say where its instances come from.

Nobody can then correct them against the original, credit it, or keep its test data out of
training. Name the dataset under `sources`, with its address; what people wrote or a program
computed for this task has no source, but a `provenance` that says so.

A list of sources or a provenance is enough. A source counts as missing its address where that is
written, but blank; a name without one is left alone, and so are names such as `synthetic` or
`self-authored`, and sources with a citation. Version 1 has no place for a source and is not asked.
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
    if not any(_says_anything(source) for source in sources):
        if provenance is None and not columns.was_first_version:
            message = (
                "does not say where the instances come from. Name the dataset (`sources`; in"
                " version 2, `Source`), or say in `provenance` who or what made them."
            )
            yield Violation("/sources", message)
        elif provenance and provenance["method"] == "converted" and not provenance.get("from"):
            message = "is `converted`, but not from what. Name it under `sources`, or in `from`."
            yield Violation("/provenance", message)
    for index, source in enumerate(sources):
        blank = "url" in source and not source["url"].strip()
        if blank and not source.get("citation") and not is_own_work(source["name"]):
            message = f"is blank: where is {quote(source['name'])} to be had? Write its address."
            yield Violation(f"/sources/{index}/url", message)


def _says_anything(source: dict[str, str]) -> bool:
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
