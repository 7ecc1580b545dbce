"""A language of an older file is no name that ISO 639 has.

Versions 1 and 2 write languages by name, and people choose tasks by them: whoever asks for
`English` does not find `Englsh`, and in version 3 the language would be `und`. Write the name as
ISO 639 has it, such as `English`, `Modern Greek (1453-)` or `Mandarin Chinese`.

Names that ISO 639 gives besides are right too, such as `Punjabi` for `Panjabi`. Version 3 writes
tags, which are another rule's business.
"""

from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.near_misses import near_misses
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns
from taskschema.schema.languages import name_of, names, tag_of

SEVERAL = "multi"  # "Multilingual", "Multiple languages": no one language is meant
LONGEST_COMPARED = 40  # characters; no name that is known by heart is longer
MOST_COMPARED = 10  # names of one file; each is compared with thousands
CURE = "Write a name such as `English` (`en`)."
OLDER = {
    "instruction": "Instruction_language",
    "input": "Input_language",
    "output": "Output_language",
}


def check(columns: Columns) -> Iterator[Violation]:
    kept = columns.task.get("extras", {}).get("v2")
    if not isinstance(kept, dict):
        return
    cures: dict[str, str] = {}
    for key, tags in columns.task.get("languages", {}).items():
        # An upgrade keeps the names aside where they cannot be told from the tags.
        given = kept.get(OLDER[key])
        if not isinstance(given, list) or len(given) != len(tags):
            continue
        for index, (name, tag) in enumerate(zip(given, tags, strict=True)):
            if tag != "und" or not isinstance(name, str) or SEVERAL in name.lower():
                continue
            if tag_of(name) is not None:
                continue
            if name not in cures:
                cures[name] = _cure(name) if len(cures) < MOST_COMPARED else CURE
            message = f"{quote(name)} is no language of ISO 639. {cures[name]}"
            yield Violation(f"/languages/{key}/{index}", message)


def _cure(name: str) -> str:
    """What may have been meant: a tag stands there, other letters, or a slip of the pen."""
    close = near_misses(name, names()) if len(name) <= LONGEST_COMPARED else []
    meant = name_of(name.lower()) or next(iter(close), None)
    return f"Did you mean `{meant}` (`{tag_of(meant)}`)?" if meant else CURE


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
