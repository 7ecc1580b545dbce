"""Validates the options of a request that depend on each other."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from taskschema.authoring.new.request import DraftRequest, TableOptions
from taskschema.core.errors import ConfigError
from taskschema.core.text.printing import is_encodable, printable

__all__ = ["require_valid"]

OPTIONS = {
    "categories": "category",
    "configuration": "config",
    "domains": "domain",
    "fields": "field",
    "has_fields": "kind",
    "input_columns": "input-column",
    "labels": "label",
    "languages": "language",
    "licenses": "license",
    "output_columns": "output-column",
    "table": "from",
}
"""Names of options that differ from the name of the field by more than a hyphen."""


def require_valid(request: DraftRequest) -> None:
    """Raise ConfigError for the first option that is invalid or contradicts another."""
    _require_utf_8(request)
    _require_utf_8(request.table_options)
    _require_table(request)
    for option, value, kind in (
        ("label", request.labels, "label"),
        ("field", request.fields, "fields"),
    ):
        if value and request.kind not in (None, kind):
            raise ConfigError(
                f"--{option}: does not apply to --kind {request.kind}. Omit it, or use "
                f"--kind {kind}."
            )
    if len(set(request.labels)) < len(request.labels):
        raise ConfigError("--label: the same label is given twice. Remove one.")
    if request.fields and request.kind is None:
        raise ConfigError("--field: needs --kind fields. Add that option.")
    if request.table_options.has_fields and set(request.fields) != set(
        request.table_options.output_columns
    ):
        raise ConfigError("--field: fields have the names of their --output-column. Omit --field.")
    if not request.separator.strip() and request.kind == "set":
        raise ConfigError("--separator: is blank. Use a separator such as ', ' or ' | '.")
    if request.source_url and not request.source:
        raise ConfigError("--source-url: needs the name of the dataset. Add --source.")


def _require_utf_8(options: DraftRequest | TableOptions) -> None:
    for one in fields(options):
        if one.name in ("table", "name"):  # what cannot be read or named is reported as such
            continue
        for text in _texts(getattr(options, one.name)):
            if not is_encodable(text):
                raise ConfigError(
                    f"--{_option(one.name)}: {printable(text)} is not UTF-8. Correct it."
                )


def _require_table(request: DraftRequest) -> None:
    """Require a table for its options, and another column for each of them."""
    table = request.table_options
    if request.table is None:
        for one in fields(table):
            if getattr(table, one.name):
                raise ConfigError(
                    f"--{_option(one.name)}: needs a table. Name one with --from, or leave this "
                    "option out."
                )
    columns = [
        *table.input_columns,
        *table.output_columns,
        *filter(None, (table.id_column, table.instruction_column)),
    ]
    if len(set(columns)) < len(columns):
        raise ConfigError("two options name the same column. Change or remove one of them.")


def _option(field: str) -> str:
    return OPTIONS.get(field, field.replace("_", "-"))


def _texts(value: Any) -> Iterator[str]:
    """Yield all texts in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
