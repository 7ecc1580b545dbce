"""Generates docs/exporters.md and docs/views.md from the declarations of exporters and views."""

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
    "exporters_of",
    "json_text",
    "setting_lines",
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
    """Return the first line of the docstring of an exporter, without its full stop."""
    return EXPORTERS.documentation(name)[0].partition("\n")[0].removesuffix(".")


def views_of(exporter: Exporter) -> tuple[str, ...]:
    """Return the names of the views that an exporter accepts."""
    return VIEWS.names() if exporter.views is None else exporter.views


def exporter_paragraphs(name: str, exporter: Exporter) -> Iterator[str]:
    """Yield Markdown paragraphs: the docstring, then views, settings and requirements."""
    yield from EXPORTERS.documentation(name)
    if accepted := views_of(exporter):
        names = " or ".join(f"`{view}`" for view in accepted)
        default = f"`{exporter.view}`" if exporter.view else "none"
        yield f"`--view` accepts {'any view' if exporter.views is None else names} [{default}]."
    else:
        yield "It writes whole tasks and accepts no `--view`."
    if exporter.settings:
        yield "Settings in addition to those of a view:" if accepted else "Settings:"
        yield setting_lines(exporter.settings)
    if exporter.extra:
        install = f'pip install "taskschema[{exporter.extra}]"'
        yield f"It requires the extra `{exporter.extra}`: `{install}`."


def exporters_of(name: str) -> tuple[list[str], list[str]]:
    """Return the exporters that accept a view, and those of them that write it by default."""
    accepting = {
        kind: exporter
        for kind, exporter in EXPORTERS.load_all().items()
        if exporter.views is None or name in exporter.views
    }
    return [*accepting], [kind for kind, exporter in accepting.items() if exporter.view == name]


def view_paragraphs(name: str, view: View) -> Iterator[str]:
    """Yield Markdown paragraphs: the docstring, then fields, settings, exporters, an example."""
    yield from VIEWS.documentation(name)
    yield "Fields of a record:"
    yield "\n".join(f"- `{key}`: {_type_name(type_)}" for key, type_ in view.columns.items())
    if view.settings:
        yield "Settings:"
        yield setting_lines(view.settings)
    else:
        yield "It has no settings."
    accepting, by_default = exporters_of(name)
    listed = ", ".join(
        f"`{kind}` (default)" if kind in by_default else f"`{kind}`" for kind in accepting
    )
    yield f"Exporters that accept it: {listed}."
    settings = ", with default settings" if view.settings else ""
    yield f"A record of a small task{settings}:"
    (record, *_) = view.records(EXAMPLE, [0], ViewOptions())
    yield f"```json\n{json_text(record)}\n```"


def setting_lines(settings: Mapping[str, Setting]) -> str:
    """Return a Markdown list with the name, default and meaning of each setting."""
    return "\n".join(
        f"- `{key}` [`{json.dumps(one.default)}`]: {one.what}" for key, one in settings.items()
    )


def json_text(value: dict[str, Any]) -> str:
    """Return an object as JSON with one line for each field, and for each object in a list."""
    lines = (f"  {_json(key)}: {_field(part)}" for key, part in value.items())
    return "{\n" + ",\n".join(lines) + "\n}"


def _field(value: Any) -> str:
    if isinstance(value, list) and any(isinstance(part, dict) for part in value):
        return "[\n" + ",\n".join(f"    {_json(part)}" for part in value) + "\n  ]"
    return _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _type_name(type_: Type) -> str:
    if isinstance(type_, list):
        return f"list of {_type_name(type_[0])}"
    if isinstance(type_, dict):
        return f"{{{', '.join(f'{key}: {_type_name(part)}' for key, part in type_.items())}}}"
    return type_
