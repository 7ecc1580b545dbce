"""Plugins: one file or package each, named as the plugin, with one constant.

Listing names never imports a plugin, so a command that needs one plugin pays for one.
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
    """The plugins of one kind: where they are, and the constant that each of them exposes."""

    package: str
    """The dotted name of their folder, such as `taskschema.rules.catalogue`."""
    constant: str
    """The constant of each plugin, such as `RULE`."""

    def names(self) -> tuple[str, ...]:
        """List the plugins by name, sorted; none is imported."""
        return _names(self.package)

    def load(self, name: str) -> Plugin:
        """Import one plugin.

        Raises:
            ModuleNotFoundError: the family has no plugin of that name.
        """
        plugin: Plugin = getattr(import_module(f"{self.package}.{name}"), self.constant)
        return plugin

    def load_all(self) -> dict[str, Plugin]:
        """Import every plugin, in the order of the names."""
        return {name: self.load(name) for name in self.names()}

    def headline(self, name: str) -> str:
        """Return the first line of a plugin's docstring; the plugin is not imported."""
        spec = _found(self.package)[name].find_spec(name)
        source: str = spec.loader.get_source(name) or ""
        return source.partition('"""')[2].split("\n", 1)[0].split('"""', 1)[0]

    def documentation(self, name: str) -> list[str]:
        """Return the paragraphs of a plugin's docstring, with their line breaks."""
        module = import_module(f"{self.package}.{name}")
        return inspect.cleandoc(module.__doc__ or "").split("\n\n")


@cache
def _names(package: str) -> tuple[str, ...]:
    return tuple(sorted(name for name in _found(package) if not name.startswith("_")))


@cache
def _found(package: str) -> Mapping[str, Any]:
    """The finder of each module of a package, by name; the package itself is not imported."""
    spec = find_spec(package)
    folders = (spec and spec.submodule_search_locations) or ()
    return {module.name: module.module_finder for module in iter_modules(folders)}
