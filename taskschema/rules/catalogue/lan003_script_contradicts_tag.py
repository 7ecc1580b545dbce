"""The inputs or outputs are not in the script of their language.

A task tagged `ru` without any Cyrillic letter has a wrong tag or the wrong texts, and people who
select tasks by language get other data than they expect. Correct the tag, or the texts. If the text
is in another script on purpose, write the script into the tag, as in `ru-Latn`.

The rule checks only languages with a well-known script, and reports only if nearly all of at least
a hundred sampled letters are in another script. It skips the tags `und`, `mul` and `zxx`; tasks
that list a language in the script found; definitions that mention transliteration or the like;
outputs that are labels; texts with few letters, such as codes and formulas; and instances with a
context or attachments.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.writing_systems import name_of_script, other_script, sample, scripts_of
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

ON_PURPOSE = re.compile(
    r"translitera|romani[sz]|romaji|pinyin|hinglish|\bscripts?\b|alphabet|(?:latin|roman|english) "
    r"(?:letter|character)|phone[tm]ic|\bipa\b|pronunciation|code.?(?:mix|switch)|encod|encrypt|cipher",
    re.IGNORECASE,
)


def check(columns: Columns) -> Iterator[Violation]:
    languages = columns.task.get("languages", {})
    for key, texts in (("input", columns.inputs), ("output", columns.outputs)):
        scripts = [scripts_of(tag) for tag in languages.get(key, ())]
        if scripts and all(scripts):
            expected = frozenset().union(*scripts)
            found = other_script(texts, expected)
            if found and not _is_on_purpose(columns, key):
                tags = ", ".join(f"`{tag}`" for tag in languages[key])
                usual = " or ".join(sorted(name_of_script(code) for code in expected))
                message = (
                    f"is {tags}, written in {usual}, but the {key}s are in"
                    f" {name_of_script(found)} letters. Correct the tag or the texts"
                )
                tag = languages[key][0]
                on_purpose = f", or write `{tag}-{found}` if that is on purpose."
                message += on_purpose if found == "Latn" and "-" not in tag else "."
                alone = len(languages[key]) == 1
                yield Violation(f"/languages/{key}" + ("/0" if alone else ""), message)


def _is_on_purpose(columns: Columns, key: str) -> bool:
    """Whether something about the task explains another script."""
    if any(map(ON_PURPOSE.search, columns.definition)):
        return True
    if key == "output":
        answers = sample(columns.outputs)
        few_answers = len(set(answers)) < len(answers) / 2
        return columns.answer_format["kind"] in ("label", "choices") or few_answers
    return any("context" in row or "attachments" in row for row in columns.instances)


def _rows(text: str) -> list[dict[str, object]]:
    return [{"id": f"{n}", "input": f"{text} {n}?", "output": [f"{n}"]} for n in range(26)]


RULE = TaskRule(
    code="LAN003",
    name="script-contradicts-tag",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={
        "definition": ["Answer the Russian question."],
        "languages": {"input": ["ru-Latn"]},
        "instances": _rows("Kak zovut sobaku nomer"),
    },
    bad={
        "definition": ["Answer the Russian question."],
        "languages": {"input": ["ru"]},
        "instances": _rows("Kak zovut sobaku nomer"),
    },
)
