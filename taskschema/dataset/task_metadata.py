"""Licences and languages of one task, in their canonical forms."""

from collections.abc import Iterable
from typing import Any

from taskschema.dataset.tables import INSTANCES
from taskschema.schema import languages, licenses
from taskschema.schema.columns import Columns

__all__ = ["languages_of", "license_class_of", "licenses_of"]


def licenses_of(task: dict[str, Any]) -> Iterable[str]:
    """Yield each licence of a task: its SPDX expression, or the stated text without one."""
    for entry in task.get("licenses", ()):
        text = " ".join(entry["text"].split())
        yield entry.get("spdx") or licenses.spdx_of(text) or text


def languages_of(task: dict[str, Any]) -> Iterable[str]:
    """Yield the canonical tags of the languages of a task, with repetitions."""
    for tags in task.get("languages", {}).values():
        for tag in tags:
            if languages.is_tag(tag):
                yield languages.canonical_tag(tag)


def license_class_of(columns: Columns) -> str:
    """Return the strictest licence class of a task, as in the column `license_class`."""
    (name,) = (
        column.per_task(columns)
        for column in INSTANCES.columns
        if column.name == "license_class" and column.per_task
    )
    return str(name)
