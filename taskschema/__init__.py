"""The unified task schema for instruction data, and the toolkit around it.

Everything is imported on first use, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from taskschema.collection import Collection
    from taskschema.findings import Finding, Report, Severity
    from taskschema.gate import check
    from taskschema.loading import load
    from taskschema.migrate import downgrade, upgrade
    from taskschema.reading import read_task
    from taskschema.task import Demonstration, Instance, Task

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
    "collection": ("Collection",),
    "findings": ("Finding", "Report", "Severity"),
    "gate": ("check",),
    "loading": ("load",),
    "migrate": ("downgrade", "upgrade"),
    "reading": ("read_task",),
    "task": ("Demonstration", "Instance", "Task"),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(f"taskschema.{home}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'taskschema' has no attribute {name!r}")
