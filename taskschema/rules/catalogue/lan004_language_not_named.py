"""The definition does not name the non-English language of the inputs or outputs.

A reader or a model then answers in English, or treats the text as noise. Super-NaturalInstructions
asked its authors to name every such language. Write it into the definition: "You are given a
sentence in Hindi ...".

One paraphrase with one of the usual names is enough, in English or in the language itself, even
"Chinese" for Cantonese. The rule skips definitions that are not in English, that speak of several
languages at once ("in any language"), or that ask for the language.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns
from taskschema.schema.languages import canonical_tag, is_tag, name_of, words_for

NOT_NAMED = {"en", "mis", "mul", "und", "zxx"}
COMMON = frozenset({"a", "and", "in", "is", "of", "or", "that", "the", "to", "you", "your"})
LEAST_COMMON = 2  # of these words make a text count as English
AT_ONCE = re.compile(
    r"multi.?lingual|bilingual|\b(?:(?:several|different|various|many|any|other|another|same"
    r"|following|source|target|which|what|two|these|those) languages?|languages)\b"
)
IDENTIFICATION = "Language Identification"
MOST_LISTED = 5


def check(columns: Columns) -> Iterator[Violation]:
    expected = _languages(columns)
    if not expected:
        return
    text = " ".join(columns.definition).casefold()
    words = set(re.findall(r"\w+", text))
    instruction = columns.task["languages"].get("instruction")
    if not _is_english(instruction, words) or AT_ONCE.search(text):
        return
    missing = [
        f"{name_of(language)} ({key})"
        for language, key in expected.items()
        if not any(
            name in words or (not name.isascii() and name in text) for name in words_for(language)
        )
    ]
    if missing:
        shown = ", ".join(missing[:MOST_LISTED]) + (", ..." if len(missing) > MOST_LISTED else "")
        message = f"does not name the language {shown}. Name it in the definition."
        yield Violation("/definition", message)


def _languages(columns: Columns) -> dict[str, str]:
    """Map each language that the definition must name to `input` or `output`."""
    languages = columns.task.get("languages", {})
    expected: dict[str, str] = {}
    for key in ("input", "output"):
        for tag in languages.get(key, ()):
            language = (canonical_tag(tag) if is_tag(tag) else tag).partition("-")[0]
            if language not in NOT_NAMED and words_for(language):
                expected.setdefault(language, key)
    if IDENTIFICATION in columns.task.get("categories", ()):
        return {}
    if columns.answer_format["kind"] == "label":  # the definition names the labels themselves
        return {language: key for language, key in expected.items() if key == "input"}
    return expected


def _is_english(tags: list[str] | None, words: set[str]) -> bool:
    """Whether the definition is in English: by its declared language, else by its words."""
    if tags:
        return any(tag.partition("-")[0] == "en" for tag in tags)
    return len(words & COMMON) >= LEAST_COMMON


RULE = TaskRule(
    code="LAN004",
    name="language-not-named",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={
        "definition": ["Answer the question, which is in Chinese, in words."],
        "languages": {"instruction": ["en"], "input": ["yue"], "output": ["en"]},
    },
    bad={"languages": {"instruction": ["en"], "input": ["hi"], "output": ["hi"]}},
)
