"""The definition does not name the language of the inputs or outputs, which is not English.

A reader, or a model, then answers in English, or takes the text for noise. The authors of
Super-NaturalInstructions were asked to name every such language. Write it into the definition:
"You are given a sentence in Hindi ...".

It is enough that some paraphrase has one of the language's usual names, in English or its own, be
it only "Chinese" for Cantonese. Definitions in another language than English are left alone, as
are those that speak of several languages at once ("in any language") or ask for the language.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns
from taskschema.schema.languages import canonical_tag, is_tag, name_of, words_for

NOT_NAMED = {"en", "mis", "mul", "und", "zxx"}
COMMON = frozenset({"a", "and", "in", "is", "of", "or", "that", "the", "to", "you", "your"})
LEAST_COMMON = 2  # of these words in a text that is taken for English
AT_ONCE = re.compile(
    r"multi.?lingual|bilingual|\b(?:(?:several|different|various|many|any|other|another|same"
    r"|following|source|target|which|what|two|these|those) languages?|languages)\b"
)
IDENTIFICATION = "Language Identification"
MOST_LISTED = 5


def check(columns: Columns) -> Iterator[Violation]:
    wanted = _languages(columns)
    if not wanted:
        return
    text = " ".join(columns.definition).casefold()
    words = set(re.findall(r"\w+", text))
    instruction = columns.task["languages"].get("instruction")
    if not _is_english(instruction, words) or AT_ONCE.search(text):
        return
    missing = [
        f"{name_of(language)} ({key})"
        for language, key in wanted.items()
        if not any(
            name in words or (not name.isascii() and name in text) for name in words_for(language)
        )
    ]
    if missing:
        shown = ", ".join(missing[:MOST_LISTED]) + (", ..." if len(missing) > MOST_LISTED else "")
        yield Violation("/definition", f"does not name the language: {shown}. Name it.")


def _languages(columns: Columns) -> dict[str, str]:
    """Every language that the definition should name, and whether of inputs or of outputs."""
    languages = columns.task.get("languages", {})
    wanted: dict[str, str] = {}
    for key in ("input", "output"):
        for tag in languages.get(key, ()):
            language = (canonical_tag(tag) if is_tag(tag) else tag).partition("-")[0]
            if language not in NOT_NAMED and words_for(language):
                wanted.setdefault(language, key)
    if IDENTIFICATION in columns.task.get("categories", ()):
        return {}
    if columns.answer_format["kind"] == "label":  # the labels stand in the definition as they are
        return {language: key for language, key in wanted.items() if key == "input"}
    return wanted


def _is_english(tags: list[str] | None, words: set[str]) -> bool:
    """Whether the definition is in English, going by its words where the task does not say."""
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
