"""Which column of a table holds what: as options say, else where names leave no doubt.

A column is named as it stands; a part of a nested value by a JSON pointer, such as `/answers/text`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from taskschema.convert.format import ConvertOptions
from taskschema.convert.pieces import ConversionSource, Document, Problem
from taskschema.convert.shared.rows.taskschema_column import COLUMN
from taskschema.core.plugin_settings import Setting
from taskschema.core.syntax.json_pointers import tokens
from taskschema.core.text.near_misses import near_misses

__all__ = ["COLUMNS", "SETTINGS", "ColumnMapping", "columns_of", "value_at"]

TASK = "task_column"
COLUMNS = frozenset({"input_column", "output_column", "instruction_column", "id_column"})
SETTINGS = {TASK: Setting(str, "the column that names the task of each row")}
USUAL: dict[str, tuple[str, ...]] = {
    "input": ("input", "inputs", "prompt", "question", "text", "source"),
    "output": (
        *("output", "outputs", "completion", "response", "answer", "target", "targets", "label"),
    ),
    "instruction": ("instruction", "definition"),
    "id": ("id",),
}
DIGITS = 10  # that no index has
EXPORTED = frozenset({"task", "id", "definition", "input", "output"})
"""The columns that tell an export of instances, whose rows are of the tasks that `task` names."""
MOST_NAMES = 20  # of columns in a message


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """The names of the columns; an empty one for what no column holds."""

    input: str = ""
    output: str = ""
    instruction: str = ""
    id: str = ""
    task: str = ""

    def used(self) -> frozenset[str]:
        """All of them, but for the empty one."""
        return frozenset(filter(None, (getattr(self, field.name) for field in fields(self))))


def columns_of(
    names: Sequence[str], source: ConversionSource, options: ConvertOptions
) -> tuple[ColumnMapping | None, list[Problem]]:
    """The columns, or None where they cannot be told, and what is to be said of them.

    Args:
        names: of the columns that there are.
        source: the table.
        options: what a person said.
    """
    given = {
        "input": options.input_column,
        "output": options.output_column,
        "instruction": options.instruction_column,
        "id": options.id_column,
        "task": options.configuration.get(TASK),
    }
    chosen = {role: name for role, name in given.items() if name}
    problems = [
        _missing(name, _flag(role), names, source)
        for role, name in chosen.items()
        if not _is_there(name, names)
    ]
    taken: dict[str, str] = {}
    for role, usual in USUAL.items():
        if role not in chosen:
            found = _usual(usual, [name for name in names if name not in chosen.values()])
            if len(found) > 1:
                problems.append(_doubtful(role, found, source))
            taken |= dict.fromkeys([role], found[0]) if len(found) == 1 else {}
    if "task" not in chosen and set(names) >= EXPORTED:
        taken["task"] = "task"
    columns = ColumnMapping(**chosen, **taken)
    unknown = [] if columns.input or columns.instruction else ["input"]
    unknown += [] if columns.output else ["output"]
    if unknown and not problems:
        problems.append(_unknown(unknown, names, source))
    if problems:
        return None, problems
    others = [name for name in names if name not in columns.used() | {COLUMN}]
    return columns, list(_told(columns, taken, others, source, options))


def value_at(row: Document, column: str) -> Any:
    """The value of a column, or of the part of one that a pointer names; None where there is none.

    A number takes an item of a list, any other step that part of each item.
    """
    if column in row or not column.startswith("/"):
        return row.get(column)
    value: Any = row
    for token in tokens(column):
        if isinstance(value, list) and token.isdecimal():
            value = value[int(token)] if len(token) < DIGITS and int(token) < len(value) else None
        elif isinstance(value, list):
            value = [item.get(token) if isinstance(item, dict) else None for item in value]
        elif isinstance(value, dict):
            value = value.get(token)
        else:
            return None
    return value


def _flag(role: str) -> str:
    return f"--config's `{TASK}`" if role == "task" else f"--{role}-column"


def _is_there(name: str, names: Collection[str]) -> bool:
    return name in names or (name.startswith("/") and tokens(name)[0] in names)


def _usual(usual: tuple[str, ...], names: Sequence[str]) -> list[str]:
    """The columns with a usual name; where the first, the plainest, is among them, only that."""
    for plain in (
        {name: name for name in names},
        {name.strip().casefold(): name for name in names},
    ):
        if usual[0] in plain:
            return [plain[usual[0]]]
    return [plain[name] for name in usual if name in plain]


def _missing(name: str, flag: str, names: Sequence[str], source: ConversionSource) -> Problem:
    close = near_misses(name, names)
    cure = f"Did you mean `{close[0]}`?" if close else f"It has {_listed(names)}."
    message = f"has no column `{name}`, which {flag} names. {cure}"
    return Problem(source.place(), "wrong-shape", message)


def _doubtful(role: str, found: Sequence[str], source: ConversionSource) -> Problem:
    message = f"{_listed(found)} may each hold the {role}. Say which, with {_flag(role)}."
    return Problem(source.place(), "wrong-shape", message)


def _unknown(roles: Sequence[str], names: Sequence[str], source: ConversionSource) -> Problem:
    message = (
        f"no column is plainly the {' or the '.join(roles)}; it has {_listed(names)}. Name "
        f"{'each' if roles[1:] else 'one'}: {', '.join(map(_flag, roles))}."
    )
    return Problem(source.place(), "wrong-shape", message)


def _told(
    columns: ColumnMapping,
    taken: Mapping[str, str],
    others: Sequence[str],
    source: ConversionSource,
    options: ConvertOptions,
) -> Iterator[Problem]:
    if taken:
        said = ", ".join(f"`{name}` for the {role}" for role, name in taken.items())
        kept = f"; extras hold {_listed(others)}" if others else ""
        flags = ", ".join(map(_flag, taken))
        message = f"took the column {said}{kept}. If that is wrong, name others: {flags}."
        yield Problem(source.place(), "assumed", message, refuses=False)
    if not columns.instruction and not options.instruction:
        message = "no column says what is to be done. Give the definition: --instruction."
        yield Problem(source.place(), "assumed", message, refuses=False)


def _listed(names: Collection[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    more = [f"{len(quoted) - MOST_NAMES:,} more"] if len(quoted) > MOST_NAMES else []
    shown = [*quoted[:MOST_NAMES], *more]
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:]))) or "none"
