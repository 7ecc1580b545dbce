"""The command line: each command is a file; it parses, makes one library call, and reports.

A command's file imports what it needs inside its function, so that `--help` stays quick.
"""

from typing import Annotated

import typer

from taskschema import plugins

__all__ = ["app"]

app = typer.Typer(
    name="taskschema",
    help="The unified task schema for instruction data: check, format, migrate and export tasks.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
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


for _name, _command in plugins.load_all(__name__, "COMMAND").items():
    app.command(_name)(_command)
