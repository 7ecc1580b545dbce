"""Generates docs/exporters.md and docs/views.md from the exporters and views themselves."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from taskschema.core.column_types import Type
from taskschema.core.plugin_settings import Setting
from taskschema.export.exporter import EXPORTERS, Exporter
from taskschema.views.view import VIEWS, View, ViewOptions

__all__ = [
    "EXAMPLE",
    "brief",
    "exporter_paragraphs",
    "setting_lines",
    "shown",
    "takers",
    "view_paragraphs",
    "views_of",
]

EXAMPLE: dict[str, Any] = {
    "schema_version": 3,
    "name": "smaller_number",
    "definition": ["Name the smaller of the two numbers.", "Which number is smaller?"],
    "positive_demonstrations": [
        {"input": "7 and 12", "output": "7", "explanation": "7 is less than 12."},
        {"input": "40 and 4", "output": "4", "explanation": "4 is less than 40."},
    ],
    "negative_demonstrations": [
        {"input": "3 and 8", "output": "8", "explanation": "8 is the larger one."}
    ],
    "instances": [{"id": "a", "input": "15 and 9", "output": ["9", "nine"]}],
}
"""Two demonstrations, and one instance with two outputs."""


def brief(name: str) -> str:
    """The first sentence of the docstring, without its full stop."""
    return EXPORTERS.documentation(name)[0].partition("\n")[0].removesuffix(".")


def views_of(exporter: Exporter) -> tuple[str, ...]:
    """The views that it takes."""
    return VIEWS.names() if exporter.views is None else exporter.views


def exporter_paragraphs(name: str, exporter: Exporter) -> Iterator[str]:
    """The docstring's paragraphs, then views, settings and what is needed, as Markdown."""
    yield from EXPORTERS.documentation(name)
    if taken := views_of(exporter):
        which = " or ".join(f"`{view}`" for view in taken)
        unasked = f"`{exporter.view}` if not given" if exporter.view else "none if not given"
        said = "any view" if exporter.views is None else which
        yield f"`--view` takes {said}; {unasked}."
    else:
        yield "It writes tasks as they are, and takes no `--view`."
    if exporter.settings:
        yield "Settings beside those of a view:" if taken else "Settings:"
        yield setting_lines(exporter.settings)
    if exporter.extra:
        install = f'pip install "taskschema[{exporter.extra}]"'
        yield f"It needs the extra `{exporter.extra}`: `{install}`."


def takers(name: str) -> tuple[list[str], list[str]]:
    """The exporters that write a view, and of these the ones that do so unasked."""
    taking = {
        kind: exporter
        for kind, exporter in EXPORTERS.load_all().items()
        if exporter.views is None or name in exporter.views
    }
    return [*taking], [kind for kind, exporter in taking.items() if exporter.view == name]


def view_paragraphs(name: str, view: View) -> Iterator[str]:
    """The docstring's paragraphs, then fields, settings, exporters and an example, as Markdown."""
    yield from VIEWS.documentation(name)
    yield "Fields of a record:"
    yield "\n".join(f"- `{key}`: {_spelt(type_)}" for key, type_ in view.columns.items())
    if view.settings:
        yield "Settings:"
        yield setting_lines(view.settings)
    else:
        yield "It has no settings."
    taking, unasked = takers(name)
    listed = ", ".join(f"`{kind}`" for kind in taking)
    also = f"; unasked, {' and '.join(f'`{kind}`' for kind in unasked)}" if unasked else ""
    yield f"Exporters that write it: {listed}{also}."
    usual = ", with every setting as it is by default" if view.settings else ""
    yield f"A record of a small task{usual}:"
    (record, *_) = view.records(EXAMPLE, [0], ViewOptions())
    yield f"```json\n{shown(record)}\n```"


def setting_lines(settings: Mapping[str, Setting]) -> str:
    """A line for each setting: its name, what it is by default, and what it says."""
    return "\n".join(
        f"- `{key}` (by default `{json.dumps(one.default)}`): {one.what}"
        for key, one in settings.items()
    )


def shown(value: dict[str, Any]) -> str:
    """An object as JSON with a line for each field, and for each object in a list."""
    lines = (f"  {_json(key)}: {_field(part)}" for key, part in value.items())
    return "{\n" + ",\n".join(lines) + "\n}"


def _field(value: Any) -> str:
    if isinstance(value, list) and any(isinstance(part, dict) for part in value):
        return "[\n" + ",\n".join(f"    {_json(part)}" for part in value) + "\n  ]"
    return _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _spelt(type_: Type) -> str:
    if isinstance(type_, list):
        return f"list of {_spelt(type_[0])}"
    if isinstance(type_, dict):
        return f"{{{', '.join(f'{key}: {_spelt(part)}' for key, part in type_.items())}}}"
    return type_
