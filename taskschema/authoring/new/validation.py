"""Options of a draft that make no sense, or not together."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from taskschema.authoring.new.request import DraftRequest
from taskschema.authoring.new.rows import TableOptions
from taskschema.core.errors import ConfigError
from taskschema.core.text.printing import is_encodable, printable

__all__ = ["require_sense"]


def require_sense(wish: DraftRequest, table: TableOptions, source: str | None) -> None:
    """Raise ConfigError at the first option that is of no use, or that no file can hold."""
    for name, value in (asdict(wish) | asdict(table)).items():
        for text in _texts(value):
            if not is_encodable(text):
                raise ConfigError(f"--{name}: {printable(text)} is no UTF-8. Correct it.")
    _require_table(table, source)
    for option, value, kind in (("label", wish.labels, "label"), ("field", wish.fields, "fields")):
        if value and wish.kind not in (None, kind):
            raise ConfigError(
                f"--{option}: --kind {wish.kind} has none. Leave it out, or take --kind {kind}."
            )
    if wish.labels and len(set(wish.labels)) < len(wish.labels):
        raise ConfigError("--label: one is given twice. Leave one out.")
    if wish.fields and wish.kind is None:
        raise ConfigError("--field: is for --kind fields. Give that too.")
    if table.has_fields and set(wish.fields) != set(table.output_columns):
        raise ConfigError("--field: fields are called as their --output-column. Leave this out.")
    if not wish.separator.strip() and wish.kind == "set":
        raise ConfigError("--separator: is blank. Give a mark such as ', ' or ' | '.")
    if wish.source_url and not wish.source:
        raise ConfigError("--source-url: is of a dataset. Name it with --source.")


def _require_table(table: TableOptions, source: str | None) -> None:
    if source is None:
        for name, value in asdict(table).items():
            if value:
                flag = {"configuration": "config"}.get(name, name.removesuffix("s"))
                raise ConfigError(
                    f"--{flag.replace('_', '-')}: is of a table. Name it with --from, or leave "
                    "this out."
                )
    named = [
        *table.input_columns,
        *table.output_columns,
        *filter(None, (table.id_column, table.instruction_column)),
    ]
    if len(set(named)) < len(named):
        raise ConfigError("two options name one column. Name another, or leave one of them out.")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
