"""A language is given by what is no BCP 47 tag.

People choose tasks by language, and `English` is found under no tag. Write the tag, such as `en`,
`zh-Hans` or `pt-BR`; `und` where the language is not known, `zxx` where there is none. Languages of
versions 1 and 2 are names, which another rule looks at.
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
                meant = tag_of(tag) or tag_of(tag.title()) or _with_hyphens(tag)
                cure = f"Did you mean `{meant}`?" if meant else "Write a tag such as `en`."
                message = f"{quote(tag)} is no BCP 47 language tag. {cure}"
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
