"""Maps columns of a table to their roles: by options, or by unambiguous names.

A column is given by its name; a part of a nested value by a JSON pointer, such as `/answers/text`.
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
"""The columns that mark an export of instances, whose column `task` names their tasks."""
MOST_NAMES = 20  # of columns in a message


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """The column of each role; empty if there is none."""

    input: str = ""
    output: str = ""
    instruction: str = ""
    id: str = ""
    task: str = ""

    def used(self) -> frozenset[str]:
        """Return all columns that have a role."""
        return frozenset(filter(None, (getattr(self, field.name) for field in fields(self))))


def columns_of(
    names: Sequence[str], source: ConversionSource, options: ConvertOptions
) -> tuple[ColumnMapping | None, list[Problem]]:
    """Return the columns, or None if they are unclear, and the problems with them.

    Args:
        names: the columns of the table.
        source: the table.
        options: the options of the conversion.
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
    assumed: dict[str, str] = {}
    for role, usual in USUAL.items():
        if role not in chosen:
            found = _usual(usual, [name for name in names if name not in chosen.values()])
            if len(found) > 1:
                problems.append(_doubtful(role, found, source))
            assumed |= dict.fromkeys([role], found[0]) if len(found) == 1 else {}
    if "task" not in chosen and set(names) >= EXPORTED:
        assumed["task"] = "task"
    columns = ColumnMapping(**chosen, **assumed)
    unknown = [] if columns.input or columns.instruction else ["input"]
    unknown += [] if columns.output else ["output"]
    if unknown and not problems:
        problems.append(_unknown(unknown, names, source))
    if problems:
        return None, problems
    others = [name for name in names if name not in columns.used() | {COLUMN}]
    return columns, list(_assumptions(columns, assumed, others, source, options))


def value_at(row: Document, column: str) -> Any:
    """Return the value of a column, or of a part of it by a pointer; None if there is none.

    In a list, a number selects an item, and any other token that member of every item.
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
    """The columns with a usual name; only the first one if the table has it."""
    for plain in (
        {name: name for name in names},
        {name.strip().casefold(): name for name in names},
    ):
        if usual[0] in plain:
            return [plain[usual[0]]]
    return [plain[name] for name in usual if name in plain]


def _missing(name: str, flag: str, names: Sequence[str], source: ConversionSource) -> Problem:
    close = near_misses(name, names)
    hint = f"Did you mean `{close[0]}`?" if close else f"It has {_listed(names)}."
    message = f"has no column `{name}`, which {flag} names. {hint}"
    return Problem(source.place(), "wrong-shape", message)


def _doubtful(role: str, found: Sequence[str], source: ConversionSource) -> Problem:
    message = f"{_listed(found)} may each hold the {role}. Choose one with {_flag(role)}."
    return Problem(source.place(), "wrong-shape", message)


def _unknown(roles: Sequence[str], names: Sequence[str], source: ConversionSource) -> Problem:
    message = (
        f"no column is clearly the {' or the '.join(roles)}; it has {_listed(names)}. Name "
        f"{'each' if roles[1:] else 'one'}: {', '.join(map(_flag, roles))}."
    )
    return Problem(source.place(), "wrong-shape", message)


def _assumptions(
    columns: ColumnMapping,
    assumed: Mapping[str, str],
    others: Sequence[str],
    source: ConversionSource,
    options: ConvertOptions,
) -> Iterator[Problem]:
    if assumed:
        roles = ", ".join(f"`{name}` as the {role}" for role, name in assumed.items())
        kept = f"; extras hold {_listed(others)}" if others else ""
        flags = ", ".join(map(_flag, assumed))
        message = f"uses the column {roles}{kept}. To change that, give {flags}."
        yield Problem(source.place(), "assumed", message, refuses=False)
    if not columns.instruction and not options.instruction:
        message = "no column holds instructions. Give the definition with --instruction."
        yield Problem(source.place(), "assumed", message, refuses=False)


def _listed(names: Collection[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    more = [f"{len(quoted) - MOST_NAMES:,} more"] if len(quoted) > MOST_NAMES else []
    shown = [*quoted[:MOST_NAMES], *more]
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:]))) or "none"
