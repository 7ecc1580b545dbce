"""What a view says of itself, with the record that it makes of one small task."""

import inspect
import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from taskschema import plugins
from taskschema.exporters import Exporter
from taskschema.settings import Setting
from taskschema.tables import Type
from taskschema.views import PACKAGE, Options, View

__all__ = ["EXAMPLE", "exporters", "paragraphs", "setting_lines", "shown", "takers", "views"]

EXPORTERS = "taskschema.exporters"
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


def views() -> dict[str, View]:
    """Every view by its name."""
    return plugins.load_all(PACKAGE, "VIEW")


def exporters() -> dict[str, Exporter]:
    """Every exporter by its name."""
    return plugins.load_all(EXPORTERS, "EXPORTER")


def takers(name: str) -> tuple[list[str], list[str]]:
    """The exporters that write a view, and of these the ones that do so unasked."""
    taking = {
        kind: exporter
        for kind, exporter in exporters().items()
        if exporter.views is None or name in exporter.views
    }
    return [*taking], [kind for kind, exporter in taking.items() if exporter.view == name]


def paragraphs(name: str, view: View) -> Iterator[str]:
    """The docstring's paragraphs, then fields, settings, exporters and an example, as Markdown."""
    module = sys.modules[f"{PACKAGE}.{name}"]
    yield from inspect.cleandoc(module.__doc__ or "").split("\n\n")
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
    (record, *_) = view.records(EXAMPLE, [0], Options())
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
