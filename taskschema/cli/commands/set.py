"""`taskschema set`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskschema.cli.completion import values
from taskschema.cli.shared.findings import refuse
from taskschema.core.storage.paths import location

if TYPE_CHECKING:
    from taskschema.authoring.set.changes import MetadataChange


def set_fields(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="FIELD=VALUE... [PATH...]",
            autocompletion=values.assignments,
            help="FIELD=VALUE sets, FIELD= removes; FIELD+=VALUE adds to a list, FIELD-=VALUE "
            "takes out of it. Then task files and folders of them.",
        ),
    ],
    *,
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY=VALUE", help="Only tasks with this value in a column; may be repeated."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")
    ] = False,
) -> None:
    """Change metadata of all tasks that fulfil the conditions, and no other byte of them.

    VALUE is a text, or JSON where the field is no text. Conditions are those of `export --where`.
    What would not fit the schema is named and left as it is, and the exit code is 1.

    Example: taskschema set domains+=Food --where categories=Mathematics
    """
    from taskschema.authoring.set.assignments import assignment, is_assignment  # noqa: PLC0415
    from taskschema.authoring.set.changes import changes  # noqa: PLC0415
    from taskschema.collection.collection import collect  # noqa: PLC0415
    from taskschema.core.errors import ConfigError  # noqa: PLC0415
    from taskschema.core.storage.paths import is_remote  # noqa: PLC0415
    from taskschema.dataset.filters import Filters, condition  # noqa: PLC0415

    paths = [location(word) for word in words if not is_assignment(word)]
    wanted = [assignment(word) for word in words if is_assignment(word)]
    if not wanted:
        raise ConfigError("nothing is to be set. Write what, as in summary=TEXT or domains+=Food.")
    if not paths and not where:
        raise ConfigError(
            "which tasks are meant? Give --where KEY=VALUE, or paths; `.` for all that are here."
        )
    if elsewhere := next(filter(is_remote, paths), None):
        raise ConfigError(f"{elsewhere}: is elsewhere, and files here are changed. Copy it first.")
    filters = Filters(where=tuple(condition(text) for text in where or ()))
    found = list(changes(collect(paths or [Path()]), wanted, filters))
    raise typer.Exit(_done(found, dry_run=dry_run))


def _done(found: "list[MetadataChange]", *, dry_run: bool) -> int:
    """Write or show the changes, and tell of them; the exit code."""
    from taskschema.cli.shared.difference import difference  # noqa: PLC0415
    from taskschema.core.errors import DestinationError  # noqa: PLC0415
    from taskschema.core.storage.atomic_files import write_atomically  # noqa: PLC0415
    from taskschema.core.text.printing import printable, several  # noqa: PLC0415

    written, failures = 0, []
    for one in found:
        if one.refusal:
            place = printable(one.path.as_posix())
            typer.echo(f"{place}: {printable(one.refusal)} Left as it is.", err=True)
        if one.after == one.before:
            continue
        if dry_run:
            for line in difference(one.path, one.before, one.after):
                typer.echo(line)
        else:
            try:
                write_atomically(one.path, one.after)
            except DestinationError as error:
                failures.append(error)
                continue
        written += 1
    unread = [finding for one in found for finding in one.findings]
    refused = sum(bool(one.refusal) for one in found)
    kept = len(found) - written - refused - len(failures) - sum(bool(one.findings) for one in found)
    told = f"{several(written, 'file')} {'would change' if dry_run else 'changed'}"
    told += f", {kept} as wanted already" if kept else ""
    told += f", {refused} left as they are" if refused else ""
    typer.echo(f"{told}." if found else "No task fulfils the conditions.", err=dry_run)
    if unread:
        refuse(unread, "Whether those fulfil the conditions cannot be told. Mend them first.")
    for failure in failures:
        typer.echo(f"taskschema: {failure}", err=True)
    return 2 if failures else int(bool(refused or unread))


COMMAND = set_fields
