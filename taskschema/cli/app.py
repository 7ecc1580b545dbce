"""The Typer app that finds commands: one file each, which parses, calls the library and prints.

The file of a command is imported when the command is used, and imports the library inside its
function, so that `--help` and completion stay fast.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

from taskschema.core.plugins import Family

__all__ = ["app"]

COMMANDS: Family[Any] = Family("taskschema.cli.commands", "COMMAND")
SETTINGS: dict[str, Any] = {
    "pretty_exceptions_enable": False,
    "rich_markup_mode": None,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}


class Commands(Mapping[str, Any]):
    """Every command by name, created when first used."""

    def __getitem__(self, name: str) -> Any:
        if name not in COMMANDS.names():
            raise KeyError(name)
        return _command(name)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS.names())

    def __len__(self) -> int:
        return len(COMMANDS.names())


class _Group(TyperGroup):
    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = cast("dict[str, Any]", Commands())

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Complete the names of commands, but not after a word that is not a command."""
        if getattr(ctx, "_protected_args", None):
            return []
        return super().shell_complete(ctx, incomplete)


@cache
def _command(name: str) -> Any:
    alone = typer.Typer(add_completion=False, **SETTINGS)
    alone.command(name)(COMMANDS.load(name))
    return get_command(alone)


app = typer.Typer(
    name="taskschema",
    cls=_Group,
    help="The unified task schema for instruction data: check, format, migrate and export tasks.",
    no_args_is_help=True,
    **SETTINGS,
)


def _print_version(value: bool) -> None:  # noqa: FBT001 - typer calls it so
    if value:
        from importlib.metadata import version  # noqa: PLC0415

        typer.echo(f"taskschema {version('taskschema')}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    del version  # its callback has done the work
