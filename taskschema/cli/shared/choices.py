"""Arguments that commands share, and callbacks that validate the values of options."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from taskschema.cli.completion import values
from taskschema.core.storage.paths import is_address, location

if TYPE_CHECKING:
    from taskschema.core.plugins import Family

__all__ = [
    "GROUPINGS",
    "ID_ACTIONS",
    "SPLIT_ACTIONS",
    "STATS_FORMATS",
    "CollectionFolder",
    "CollectionPath",
    "DryRun",
    "ExecutorName",
    "FormatConfig",
    "IdColumn",
    "InstructionColumn",
    "Seed",
    "TaskPaths",
    "ViewSettings",
    "answer_kinds",
    "assigned",
    "diff_formats",
    "exporters",
    "formats",
    "groupings",
    "here",
    "id_actions",
    "listed",
    "methods",
    "profiles",
    "split_actions",
    "stats_formats",
    "versions",
]

ID_ACTIONS = ("add",)
GROUPINGS = ("collection", "instruction")
SPLIT_ACTIONS = ("build", "check")
STATS_FORMATS = ("text", "markdown", "json")

TaskPaths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="PATH",
        parser=location,
        help="Task files and folders [the current folder].",
    ),
]

CollectionPath = Annotated[
    Path, typer.Argument(metavar="PATH", parser=location, help="Folder of the collection.")
]

CollectionFolder = Annotated[
    Path, typer.Option(metavar="DIR", parser=location, help="Folder of the collection.")
]

DryRun = Annotated[bool, typer.Option("--dry-run", help="Print the changes and write nothing.")]

ExecutorName = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        autocompletion=values.executors,
        help="Where to run: processes[:N] or dask:ADDRESS [processes for large collections].",
    ),
]

ViewSettings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        autocompletion=values.settings,
        help="Setting of the view or exporter; VIEW.NAME=VALUE for one of several views.",
    ),
]

Seed = Annotated[int, typer.Option(metavar="N", min=0, help="Seed of all random choices.")]

FormatConfig = Annotated[
    str,
    typer.Option(
        "--config",
        metavar="JSON",
        help="Further settings of a format; `taskschema formats NAME` lists them.",
    ),
]

InstructionColumn = Annotated[
    str | None, typer.Option(metavar="NAME", help="Column of a table that holds instructions.")
]

IdColumn = Annotated[
    str | None, typer.Option(metavar="NAME", help="Column of a table that holds ids.")
]


def listed(family: "Family[Any]") -> str:
    """Return the names of the plugins of a family, for a help text."""
    return ", ".join(family.names())


def versions(value: str) -> str:
    """Validate a schema version."""
    from taskschema.schema.versions import VERSIONS  # noqa: PLC0415

    return _one_of(value, map(str, VERSIONS))


def formats(value: str) -> str:
    """Validate the name of a reporter."""
    from taskschema.gate.reports.reporter import REPORTERS  # noqa: PLC0415

    return _one_of(value, REPORTERS.names())


def diff_formats(value: str) -> str:
    """Validate an output format of `diff`."""
    from taskschema.analysis.diff.format import DIFF_FORMATS  # noqa: PLC0415

    return _one_of(value, DIFF_FORMATS.names())


def stats_formats(value: str) -> str:
    """Check the name of an output format of `stats`."""
    return _one_of(value, STATS_FORMATS)


def exporters(value: str) -> str:
    """Validate the name of an exporter."""
    from taskschema.export.exporter import EXPORTERS  # noqa: PLC0415

    return _one_of(value, EXPORTERS.names())


def groupings(value: str) -> str:
    """Validate a grouping of loose rows."""
    return _one_of(value, GROUPINGS)


def split_actions(value: str) -> str:
    """Check an action of `split`."""
    return _one_of(value, SPLIT_ACTIONS)


def answer_kinds(value: str | None) -> str | None:
    """Check a kind of answer format; None if it is not given."""
    from taskschema.authoring.new.request import KINDS  # noqa: PLC0415

    return value if value is None else _one_of(value, KINDS)


def methods(value: str | None) -> str | None:
    """Check a method of provenance; None if it is not given."""
    from taskschema.authoring.new.request import METHODS  # noqa: PLC0415

    return value if value is None else _one_of(value, METHODS)


def id_actions(value: str) -> str:
    """Check an action of `ids`."""
    return _one_of(value, ID_ACTIONS)


def profiles(value: str | None) -> str | None:
    """Validate the name of a profile; None takes that of the collection."""
    from taskschema.schema.profiles import PROFILES  # noqa: PLC0415

    return value if value is None else _one_of(value, PROFILES)


def here(value: str | None) -> str | None:
    """Refuse a remote URL."""
    if value and is_address(value):
        raise typer.BadParameter(
            f"{value} is remote, and this command needs local files. Copy it first."
        )
    return value


def assigned(given: list[str]) -> dict[str, str]:
    """Parse `--set NAME=VALUE` options."""
    settings: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not (name and equals):
            raise typer.BadParameter(f"{one!r} is not NAME=VALUE.", param_hint="--set")
        if name in settings:
            raise typer.BadParameter(f"{name!r} is given twice.", param_hint="--set")
        settings[name] = value
    return settings


def _one_of(value: str, known: Iterable[str]) -> str:
    known = tuple(known)
    if value not in known:
        raise typer.BadParameter(f"{value!r} is not one of {', '.join(known)}.")
    return value
