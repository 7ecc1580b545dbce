"""A language is not a valid BCP 47 tag.

People select tasks by language tag, and a search for `en` does not find `English`. Write a tag such
as `en`, `zh-Hans` or `pt-BR`. Write `und` for an unknown language, and `zxx` for text in no
language.

Versions 1 and 2 use language names, which `unknown-language-name` checks.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns
from taskschema.schema.languages import is_tag, tag_of


def check(columns: Columns) -> Iterator[Violation]:
    for key, tags in columns.task.get("languages", {}).items():
        for index, tag in enumerate(tags):
            if not is_tag(tag):
                suggestion = tag_of(tag) or tag_of(tag.title()) or _with_hyphens(tag)
                advice = (
                    f"Did you mean `{suggestion}`?" if suggestion else "Write a tag such as `en`."
                )
                message = f"{quote(tag)} is not a BCP 47 language tag. {advice}"
                yield Violation(f"/languages/{key}/{index}", message)


def _with_hyphens(tag: str) -> str | None:
    other = tag.replace("_", "-")
    return other if other != tag and is_tag(other) else None


RULE = TaskRule(
    code="LAN001",
    name="invalid-language",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={
        "definition": ["Translate the Chinese sentence to Portuguese."],
        "languages": {"input": ["zh-Hans"], "output": ["pt-BR"], "instruction": ["en"]},
    },
    bad={"languages": {"input": ["English"]}},
)
