"""A set is not what its output splits into, or has a member twice.

The output joins the members of a set with the separator, and metrics split predictions there. A
member that holds the separator falls apart, and a blank one is dropped: choose another separator,
or another way to write the member. A member that stands there twice is a warning: sets count it
once, metrics twice. Remove it from answer and output. An empty set is left alone.
"""

from collections.abc import Iterator, Sequence

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns


def check(columns: Columns) -> Iterator[Violation]:
    if columns.answer_format["kind"] != "set":
        return
    separator: str = columns.answer_format["separator"]
    for key, rows in {"instances": columns.instances, **columns.demonstrations}.items():
        for index, row in enumerate(rows):
            for place, members in enumerate(row.get("answer", ())):
                pointer = f"/{key}/{index}/answer/{place}"
                if len(members) > 1 and not all(map(str.strip, members)):
                    for inner, member in enumerate(members):
                        if not member.strip():
                            message = "is blank, and lost among the others. Write or remove it."
                            yield Violation(f"{pointer}/{inner}", message)
                elif members and separator.join(members).split(separator) != members:
                    yield _split_elsewhere(pointer, members, separator)
                elif len(set(members)) < len(members):
                    yield from _repeated(pointer, members)


def _split_elsewhere(pointer: str, members: Sequence[str], separator: str) -> Violation:
    for inner, member in enumerate(members):
        if separator in member:
            message = (
                f"{quote(member)} holds the separator {_shown(separator)}, where metrics split it. "
                "Choose another separator, or write the member without it."
            )
            return Violation(f"{pointer}/{inner}", message)
    message = (
        f"joined with the separator {_shown(separator)}, the members split at other places than "
        "between them. Choose another separator."
    )
    return Violation(pointer, message)


def _repeated(pointer: str, members: Sequence[str]) -> Iterator[Violation]:
    seen: set[str] = set()
    for inner, member in enumerate(members):
        if member in seen:
            message = f"{quote(member)} is in the set already. Remove it from answer and output."
            yield Violation(f"{pointer}/{inner}", message, Severity.WARNING)
        seen.add(member)


def _shown(separator: str) -> str:
    """The separator with its white space, which counts."""
    return f'"{separator}"'.replace("\n", "\\n").replace("\t", "\\t")


RULE = TaskRule(
    code="ANS002",
    name="ambiguous-set-member",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={
        "answer_format": {"kind": "set", "separator": "; "},
        "instances": [
            {
                "id": "a",
                "input": "which ones?",
                "output": ["Bonn, Germany; Rome"],
                "answer": [["Bonn, Germany", "Rome"]],
            },
        ],
    },
    bad={
        "answer_format": {"kind": "set", "separator": ", "},
        "instances": [
            {
                "id": "a",
                "input": "which ones?",
                "output": ["Bonn, Germany, Rome"],
                "answer": [["Bonn, Germany", "Rome"]],
            },
        ],
    },
)
