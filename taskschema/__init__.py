"""The unified task schema for instruction data, and the toolkit around it.

Everything is imported on first use, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from taskschema.collection.collection import Collection
    from taskschema.collection.reading import read_task
    from taskschema.core.findings import Finding, Report, Severity
    from taskschema.dataset.loading import load
    from taskschema.gate.check import check
    from taskschema.schema.migrate import downgrade, upgrade
    from taskschema.schema.model import Demonstration, Instance, Task

__all__ = [
    "Collection",
    "Demonstration",
    "Finding",
    "Instance",
    "Report",
    "Severity",
    "Task",
    "check",
    "downgrade",
    "load",
    "read_task",
    "upgrade",
]

_HOMES = {
    "collection.collection": ("Collection",),
    "collection.reading": ("read_task",),
    "core.findings": ("Finding", "Report", "Severity"),
    "dataset.loading": ("load",),
    "gate.check": ("check",),
    "schema.migrate": ("downgrade", "upgrade"),
    "schema.model": ("Demonstration", "Instance", "Task"),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(f"taskschema.{home}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'taskschema' has no attribute {name!r}")
