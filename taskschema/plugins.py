"""A plugin is a file: its name is the file's name, and it exposes one constant.

Listing never imports, so a command that needs one plugin pays for one.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

__all__ = ["load", "load_all", "names"]


@cache
def names(package: str) -> tuple[str, ...]:
    """The sorted plugin names of a package such as `taskschema.rules`, without importing any."""
    found = iter_modules(import_module(package).__path__)
    return tuple(sorted(module.name for module in found if not module.name.startswith("_")))


def load(package: str, name: str, constant: str) -> Any:
    """The one constant of a plugin, such as `RULE` of the rule named `fil005_invalid_json`.

    Raises:
        ModuleNotFoundError: the package has no such plugin.
    """
    return getattr(import_module(f"{package}.{name}"), constant)


def load_all(package: str, constant: str) -> dict[str, Any]:
    """Every plugin of a package by name, in the order of the names."""
    return {name: load(package, name, constant) for name in names(package)}
