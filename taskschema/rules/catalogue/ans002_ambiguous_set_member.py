"""The output of a set does not split back into its members, or a member is repeated.

The output joins the members of a set with the separator, and metrics split predictions at the
separator. A member that contains the separator is split in two, and a blank member is dropped.
Choose another separator, or write the member differently.

A repeated member is only a warning: sets count it once, metrics twice. Remove it from `answer` and
`output`. An empty set is valid.
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
                            message = "member is blank, so splitting drops it. Write or remove it."
                            yield Violation(f"{pointer}/{inner}", message)
                elif members and separator.join(members).split(separator) != members:
                    yield _not_split_back(pointer, members, separator)
                elif len(set(members)) < len(members):
                    yield from _repeated(pointer, members)


def _not_split_back(pointer: str, members: Sequence[str], separator: str) -> Violation:
    for inner, member in enumerate(members):
        if separator in member:
            message = (
                f"{quote(member)} contains the separator {_quoted(separator)}, so metrics split "
                "it. Choose another separator, or write the member without it."
            )
            return Violation(f"{pointer}/{inner}", message)
    message = (
        f"joined with the separator {_quoted(separator)}, the members do not split back into "
        "themselves. Choose another separator."
    )
    return Violation(pointer, message)


def _repeated(pointer: str, members: Sequence[str]) -> Iterator[Violation]:
    seen: set[str] = set()
    for inner, member in enumerate(members):
        if member in seen:
            message = f"{quote(member)} is already in the set. Remove it from answer and output."
            yield Violation(f"{pointer}/{inner}", message, Severity.WARNING)
        seen.add(member)


def _quoted(separator: str) -> str:
    """Return the separator in quotation marks, with its white space visible."""
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
