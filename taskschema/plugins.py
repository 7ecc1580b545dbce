"""A plugin is a file: its name is the file's name, and it exposes one constant.

Listing never imports, so a command that needs one plugin pays for one.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any

__all__ = ["headline", "load", "load_all", "names"]


@cache
def names(package: str) -> tuple[str, ...]:
    """The sorted plugin names of a package such as `taskschema.rules`, without importing any."""
    return tuple(sorted(name for name in _found(package) if not name.startswith("_")))


def headline(package: str, name: str) -> str:
    """The first line of a plugin's docstring, read from its file; empty where there is none."""
    spec = _found(package)[name].find_spec(name)
    source: str = spec.loader.get_source(name) or ""
    return source.partition('"""')[2].split("\n", 1)[0].split('"""', 1)[0]


@cache
def _found(package: str) -> dict[str, Any]:
    """What finds each module of a package, by its name; the package is not imported either."""
    spec = find_spec(package)
    folders = (spec and spec.submodule_search_locations) or ()
    return {module.name: module.module_finder for module in iter_modules(folders)}


def load(package: str, name: str, constant: str) -> Any:
    """The one constant of a plugin, such as `RULE` of the rule named `fil005_invalid_json`.

    Raises:
        ModuleNotFoundError: the package has no such plugin.
    """
    return getattr(import_module(f"{package}.{name}"), constant)


def load_all(package: str, constant: str) -> dict[str, Any]:
    """Every plugin of a package by name, in the order of the names."""
    return {name: load(package, name, constant) for name in names(package)}
