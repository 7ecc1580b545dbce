"""A language tag is valid, but not in its canonical form.

`eng`, `EN` and `en` are the same language, and a search for one of them misses the others. Write
the canonical tag of BCP 47: the shortest code, scripts as in `zh-Hans`, regions as in `pt-BR`, no
default script, no withdrawn code (`iw` for `he`). `--fix` does.

Current codes of ISO 639 are kept, even if two of them name nearly the same language (`tl` and
`fil`). Versions 1 and 2 write names instead of tags.
"""

from collections.abc import Iterator

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns
from taskschema.schema.languages import canonical_tag, is_tag


def check(columns: Columns) -> Iterator[Violation]:
    for key, tags in columns.task.get("languages", {}).items():
        for index, tag in enumerate(tags):
            if is_tag(tag) and (canonical := canonical_tag(tag)) != tag:
                pointer = f"/languages/{key}/{index}"
                message = f"{quote(tag)} is not a canonical tag. Write `{canonical}`."
                yield Violation(pointer, message, edits=(Edit("replace", pointer, canonical),))


RULE = TaskRule(
    code="LAN002",
    name="not-canonical-tag",
    severity=Severity.WARNING,
    since="0.1",
    fix=Applicability.SAFE,
    check=check,
    good={
        "definition": ["Translate the sentence to Tagalog."],
        "languages": {"input": ["en-GB"], "output": ["tl"]},
    },
    bad={"languages": {"input": ["eng"], "output": ["en"]}},
)
