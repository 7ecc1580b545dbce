"""A language name of an older file is not in ISO 639.

Versions 1 and 2 write languages by name, and people select tasks by them: a search for `English`
does not find `Englsh`, and in version 3 the language would be `und`. Write the name from ISO 639,
such as `English`, `Modern Greek (1453-)` or `Mandarin Chinese`.

Alternative names of ISO 639 are valid, such as `Punjabi` for `Panjabi`. Version 3 writes tags,
which `invalid-language` checks.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.near_misses import near_misses
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns
from taskschema.schema.languages import name_of, names, tag_of

SEVERAL = "multi"  # "Multilingual", "Multiple languages": several languages
LONGEST_COMPARED = 40  # characters; commonly typed names are shorter
MOST_COMPARED = 10  # names of one file; each is compared with thousands
ADVICE = "Write a name such as `English` (`en`)."
OLDER = {
    "instruction": "Instruction_language",
    "input": "Input_language",
    "output": "Output_language",
}


def check(columns: Columns) -> Iterator[Violation]:
    kept = columns.task.get("extras", {}).get("v2")
    if not isinstance(kept, dict):
        return
    suggestions: dict[str, str] = {}
    for key, tags in columns.task.get("languages", {}).items():
        # An upgrade keeps names that the tags cannot restore in `extras`.
        given = kept.get(OLDER[key])
        if not isinstance(given, list) or len(given) != len(tags):
            continue
        for index, (name, tag) in enumerate(zip(given, tags, strict=True)):
            if tag != "und" or not isinstance(name, str) or SEVERAL in name.lower():
                continue
            if tag_of(name) is not None:
                continue
            if name not in suggestions:
                is_compared = len(suggestions) < MOST_COMPARED
                suggestions[name] = _suggestion(name) if is_compared else ADVICE
            message = f"{quote(name)} is not a language name of ISO 639. {suggestions[name]}"
            yield Violation(f"/languages/{key}/{index}", message)


def _suggestion(name: str) -> str:
    """Suggest a name: that of a tag, the same name in another case, or a near miss."""
    close = near_misses(name, names()) if len(name) <= LONGEST_COMPARED else []
    suggestion = name_of(name.lower()) or next(iter(close), None)
    return f"Did you mean `{suggestion}` (`{tag_of(suggestion)}`)?" if suggestion else ADVICE


RULE = TaskRule(
    code="LAN005",
    name="unknown-language-name",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={
        "languages": {"input": ["und", "pa"]},
        "extras": {"v2": {"Input_language": ["Undetermined", "Punjabi"]}},
        "definition": ["Translate the sentence from Punjabi."],
    },
    bad={
        "languages": {"input": ["und"]},
        "extras": {"v2": {"Input_language": ["Englsh"]}},
    },
)
