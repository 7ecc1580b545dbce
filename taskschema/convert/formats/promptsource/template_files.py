"""Reader of promptsource template files."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taskschema.convert.formats.promptsource.round_trip import TAGS
from taskschema.convert.formats.promptsource.templates import CHOICES
from taskschema.convert.pieces import Document, Place, Problem
from taskschema.convert.shared.rows.row_fields import json_type
from taskschema.core.syntax import strict_json
from taskschema.core.syntax.json_pointers import escape
from taskschema.core.syntax.yaml import load

__all__ = ["TemplateEntry", "TemplateFile", "read_template_file"]

FIELD_TYPES = (
    ("jinja", str, "a text"),
    ("name", (str, int, float), "a text"),
    (CHOICES, (str, type(None)), "a text or null"),
    ("metadata", (dict, type(None)), "a mapping"),
)


@dataclass(frozen=True, slots=True)
class TemplateEntry:
    """One template."""

    key: str
    name: str
    jinja: str
    choices: str | None
    fields: Document
    """All fields of the template, unchanged."""
    place: Place


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """A file of templates."""

    path: Path
    dataset: str
    """The dataset, with its subset after a slash if it has one."""
    document: Document
    at: Callable[[str], Place]
    """The place of the value at a pointer."""
    reported: frozenset[str]
    """Pointers of values whose problem is already reported."""

    def entries(self) -> Iterator[TemplateEntry | Problem]:
        """Yield the templates, and a problem for each invalid one."""
        for key, fields in self.document["templates"].items():
            pointer = "/templates" + escape(key)
            if fields is None and pointer in self.reported:
                continue
            if not isinstance(fields, dict):
                message = (
                    f"is {json_type(fields)}, not a template. Write it as `!Template` with `jinja`."
                )
                yield Problem(self.at(pointer), "wrong-shape", message)
            elif problem := self._fault({"name": key} | fields, pointer):
                yield problem
            else:
                name = str(fields.get("name", key))
                choices = fields.get(CHOICES)
                yield TemplateEntry(key, name, fields["jinja"], choices, fields, self.at(pointer))

    def _fault(self, fields: Document, pointer: str) -> Problem | None:
        for field, types, expected in FIELD_TYPES:
            value = fields.get(field)
            if field == "jinja" and field not in fields:
                message = "has no `jinja`. Add the template text or remove the entry."
                return Problem(self.at(pointer), "wrong-shape", message)
            if not isinstance(value, types):
                message = f"`{field}` is {json_type(value)}, not {expected}. Write it as one."
                return Problem(self.at(f"{pointer}/{field}"), "wrong-shape", message)
        return None


def read_template_file(path: Path, label: Path) -> Iterator[TemplateFile | Problem]:
    """Yield the problems of a file, then the file itself unless it is unusable."""
    try:
        with path.open("rb") as file:
            raw = file.read(strict_json.MAX_BYTES)
    except OSError as error:
        yield Problem(Place(label), "unreadable-row", f"cannot be opened: {error.strerror}.")
        return
    document, faults, place_of = load(raw, TAGS)

    def at(pointer: str) -> Place:
        return Place(label, *place_of(pointer), pointer)

    for fault in faults:
        place = Place(label, fault.line, fault.column, fault.pointer)
        yield Problem(place, "unreadable-row", fault.message)
    reported = {fault.pointer for fault in faults}
    if (document is None and faults) or _is_reported(document, reported):
        return
    if problem := _fault(document, at):
        yield problem
        return
    subset = document.get("subset")
    dataset = document["dataset"] + (f"/{subset}" if subset else "")
    yield TemplateFile(path, dataset, document, at, frozenset(reported))


def _is_reported(document: Any, reported: set[str]) -> bool:
    """Return whether the problem of a missing key is already reported."""
    return isinstance(document, dict) and any(
        document.get(key) is None and f"/{key}" in reported for key in ("dataset", "templates")
    )


def _fault(document: Any, at: Callable[[str], Place]) -> Problem | None:
    """Return the first problem of a file, its templates aside."""
    if not isinstance(document, dict):
        message = (
            f"is {json_type(document)}, not a mapping with `dataset` and `templates`. Write both."
        )
        return Problem(at(""), "wrong-shape", message)
    shapes = (("dataset", str, "a text"), ("subset", (str, type(None)), "a text"))
    for key, types, expected in (*shapes, ("templates", dict, "a mapping with a key for each")):
        if key not in document and key != "subset":
            return Problem(at(""), "wrong-shape", f"has no `{key}`. Add it.")
        if not isinstance(document.get(key), types):
            message = f"`{key}` is {json_type(document[key])}, not {expected}. Write it as one."
            return Problem(at(f"/{key}"), "wrong-shape", message)
    if not document["templates"]:
        return Problem(at("/templates"), "wrong-shape", "has no template. Add one.")
    return None
