"""Plugins: one module or package each, with the plugin's name and one constant.

Listing the names of plugins imports none of them, so a command loads only what it uses.
"""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any, Generic, TypeVar

__all__ = ["Family"]

Plugin = TypeVar("Plugin")


@dataclass(frozen=True, slots=True)
class Family(Generic[Plugin]):
    """All plugins of one kind: their folder, and the constant that each of them defines."""

    package: str
    """The dotted name of the folder, such as `taskschema.rules.catalogue`."""
    constant: str
    """The name of the constant in each plugin, such as `RULE`."""

    def names(self) -> tuple[str, ...]:
        """Return the sorted names of the plugins without importing any."""
        return _names(self.package)

    def load(self, name: str) -> Plugin:
        """Import one plugin and return its constant.

        Raises:
            ModuleNotFoundError: the family has no plugin of this name.
        """
        plugin: Plugin = getattr(import_module(f"{self.package}.{name}"), self.constant)
        return plugin

    def load_all(self) -> dict[str, Plugin]:
        """Import every plugin, in order of their names."""
        return {name: self.load(name) for name in self.names()}

    def headline(self, name: str) -> str:
        """Return the first line of a plugin's docstring without importing the plugin."""
        spec = _finders(self.package)[name].find_spec(name)
        source: str = spec.loader.get_source(name) or ""
        return source.partition('"""')[2].split("\n", 1)[0].split('"""', 1)[0]

    def documentation(self, name: str) -> list[str]:
        """Return the paragraphs of a plugin's docstring, with their line breaks."""
        module = import_module(f"{self.package}.{name}")
        return inspect.cleandoc(module.__doc__ or "").split("\n\n")


@cache
def _names(package: str) -> tuple[str, ...]:
    return tuple(sorted(name for name in _finders(package) if not name.startswith("_")))


@cache
def _finders(package: str) -> Mapping[str, Any]:
    """Return the finder of each module of a package by name, without importing the package."""
    spec = find_spec(package)
    folders = (spec and spec.submodule_search_locations) or ()
    return {module.name: module.module_finder for module in iter_modules(folders)}
