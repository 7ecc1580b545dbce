"""Configurations of harness tasks: YAML files merged with their includes."""

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from taskschema.convert.pieces import ConversionSource, Document, Place, Problem
from taskschema.convert.shared.rows.row_fields import json_type
from taskschema.convert.shared.sources.json_files import label_of
from taskschema.core.syntax import strict_json, yaml
from taskschema.core.syntax.json_pointers import escape
from taskschema.core.syntax.yaml import Yaml

__all__ = ["Configs", "Function", "HarnessConfig"]

DEEPEST = 20  # files that include each other
CACHED = 64  # files
NOT_INHERITED = "task_list"


class Function(NamedTuple):
    """The argument of a `!function` tag; it is never run."""

    name: Any


class HarnessConfig(NamedTuple):
    """A configuration merged with the files that it includes."""

    path: Path
    label: Path
    own: Yaml
    values: Document
    """The merged values; code in them is a `Function`."""
    origins: dict[str, Path]
    """By key that was included, the file that it comes from."""

    def place(self, pointer: str = "") -> Place:
        """Return the place of a value in the file; for an included value, that of `include`."""
        key = pointer.split("/")[1] if pointer else ""
        at = self.own.place_of("/include" if key in self.origins else pointer)
        return Place(self.label, *at, pointer)

    def problem(
        self, pointer: str, message: str, rule: str = "wrong-shape", *, refuses: bool = True
    ) -> Problem:
        """Return a problem at a value, with the task and the included file in its message."""
        key = pointer.split("/")[1] if pointer else ""
        origin = f" (from `{self.origins[key].name}`)" if key in self.origins else ""
        task = self.values.get("task")
        about = f"task `{task}`: " if isinstance(task, str) else ""
        return Problem(self.place(pointer), rule, f"{about}{message}{origin}.", refuses=refuses)

    def functions(self) -> list[tuple[str, Any]]:
        """Return the name of each `!function`, with its pointer."""
        return _functions(self.values, "")


class Configs:
    """The configuration files of one source; includes never leave its folder."""

    def __init__(self, source: ConversionSource) -> None:
        self.source = source
        folder = source.path if source.path.is_dir() else source.path.parent
        self.root = folder.resolve()
        self.included: set[Path] = set()
        self.repeated: dict[Place, Problem] = {}
        """By place, the problem of a duplicate key."""
        self.loaded = lru_cache(CACHED)(self._loaded)

    def read(self, path: Path) -> HarnessConfig | Problem:
        """Return the configuration of a file, or its problem."""
        label = label_of(self.source, path)
        own = self.loaded(path)
        if isinstance(own, str):
            return Problem(Place(label), "unreadable-row", own)
        if faults := _severe(own):
            fault = faults[0]
            place = Place(label, fault.line, fault.column, fault.pointer)
            return Problem(place, "unreadable-row", fault.message)
        if not isinstance(own.value, dict):
            message = (
                f"is {json_type(own.value)}, not the configuration of a task. Remove the file."
            )
            return Problem(Place(label), "wrong-shape", message)
        merged = self._merged(path, own.value, (path.resolve(),))
        if isinstance(merged, str):
            at = own.place_of("/include")
            return Problem(Place(label, *at, "/include"), "wrong-shape", merged)
        values, origins = merged
        return HarnessConfig(path, label, own, values, origins)

    def _merged(
        self, path: Path, own: Document, above: tuple[Path, ...]
    ) -> tuple[Document, dict[str, Path]] | str:
        """Return the values of a file and its includes with their origins, or an error message."""
        named = own.get("include", [])
        values: Document = {}
        origins: dict[str, Path] = {}
        for name in named if isinstance(named, list) else [named]:
            if not isinstance(name, str):
                return f"`include` is {json_type(name)}, not a file name. Write a file name."
            other = _resolved(path.parent / name)
            if other is None or not other.is_relative_to(self.root):
                return f"`{name}` is outside the folder. Convert the folder that holds both."
            if other in above or len(above) > DEEPEST:
                return f"`{name}` includes a file that includes it. Remove one of the two."
            found = self.loaded(other)
            if isinstance(found, str):
                return f"`{name}` {found}"
            faults = _severe(found)
            if faults or not isinstance(found.value, dict):
                fault = faults[0].message if faults else "is not a configuration."
                at = f", line {faults[0].line}" if faults else ""
                return f"`{name}`{at}: {fault}"
            self.included.add(other)
            inner = self._merged(other, found.value, (*above, other))
            if isinstance(inner, str):
                return inner
            values |= {key: value for key, value in inner[0].items() if key != NOT_INHERITED}
            origins |= dict.fromkeys(found.value, other) | inner[1]
        mine = {key: value for key, value in own.items() if key != "include"}
        return values | mine, {key: at for key, at in origins.items() if key not in mine}

    def _label(self, path: Path) -> Path:
        """Return the path that findings show for an included file."""
        inside = path.resolve().relative_to(self.root)
        label = self.source.label
        return (label if self.source.path.is_dir() else label.parent) / inside

    def _loaded(self, path: Path) -> Yaml | str:
        """Return the YAML of a file, or why it cannot be read."""
        try:
            if not path.is_file():
                return "does not exist. Add the file."
            if (size := path.stat().st_size) > strict_json.MAX_BYTES:
                return strict_json.too_large(size)
            raw = path.read_bytes()
        except (OSError, ValueError) as error:
            return f"cannot be opened: {error}."
        found = yaml.load(raw, {"!function": Function})
        for fault in found.faults:
            if fault.repeats:
                place = Place(self._label(path), fault.line, fault.column, fault.pointer)
                message = "is a duplicate key; the last value is used, as in the harness. Keep one."
                self.repeated[place] = Problem(place, "assumed", message, refuses=False)
        return found


def _severe(found: Yaml) -> list[yaml.YamlFault]:
    """Return the faults except duplicate keys, of which the harness uses the last."""
    return [fault for fault in found.faults if not fault.repeats]


def _resolved(path: Path) -> Path | None:
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):
        return None


def _functions(value: Any, pointer: str) -> list[tuple[str, Any]]:
    if isinstance(value, Function):
        return [(pointer, value.name)]
    inner: list[tuple[str, Any]] = []
    if isinstance(value, dict):
        inner = [(escape(key), part) for key, part in value.items()]
    elif isinstance(value, list):
        inner = [(f"/{index}", part) for index, part in enumerate(value)]
    return [found for token, part in inner for found in _functions(part, pointer + token)]
