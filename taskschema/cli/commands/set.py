"""`taskschema set`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskschema.cli.completion import values
from taskschema.cli.shared.choices import DryRun
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
            help="FIELD=VALUE sets a field, FIELD= removes it, FIELD+=VALUE and FIELD-=VALUE add "
            "to and remove from a list. Then task files and folders.",
        ),
    ],
    *,
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY=VALUE", help="Select tasks with this value in a column; repeatable."
        ),
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Change metadata of all selected tasks.

    No other byte of a file changes. VALUE is text, or JSON if the field is not text. Conditions are
    those of `export --where`. Changes that do not fit the schema are reported and skipped, and the
    exit code is 1.

    Example: taskschema set domains+=Food --where categories=Mathematics
    """
    from taskschema.authoring.set.assignments import (  # noqa: PLC0415
        is_assignment,
        parse_assignment,
    )
    from taskschema.authoring.set.changes import changes  # noqa: PLC0415
    from taskschema.collection.collection import collect  # noqa: PLC0415
    from taskschema.core.errors import ConfigError  # noqa: PLC0415
    from taskschema.core.storage.paths import is_remote  # noqa: PLC0415
    from taskschema.dataset.filters import Filters, condition  # noqa: PLC0415

    paths = [location(word) for word in words if not is_assignment(word)]
    assignments = [parse_assignment(word) for word in words if is_assignment(word)]
    if not assignments:
        raise ConfigError("no change is given. Add one, e.g. summary=TEXT or domains+=Food.")
    if not paths and not where:
        raise ConfigError(
            "no task is selected. Give --where KEY=VALUE or paths; `.` selects the current folder."
        )
    if remote := next(filter(is_remote, paths), None):
        raise ConfigError(f"{remote}: is remote; `set` changes local files. Copy it first.")
    filters = Filters(where=tuple(condition(text) for text in where or ()))
    found = list(changes(collect(paths or [Path()]), assignments, filters))
    raise typer.Exit(_write(found, dry_run=dry_run))


def _write(found: "list[MetadataChange]", *, dry_run: bool) -> int:
    """Write or print the changes, report them, and return the exit code."""
    from taskschema.cli.shared.difference import difference  # noqa: PLC0415
    from taskschema.cli.shared.writing import FileWriter, print_failures  # noqa: PLC0415
    from taskschema.core.text.printing import printable, several  # noqa: PLC0415

    writer, changed = FileWriter(), 0
    for one in found:
        if one.refusal:
            place = printable(one.path.as_posix())
            typer.echo(f"{place}: {printable(one.refusal)} Skipped.", err=True)
        if one.after == one.before:
            continue
        if dry_run:
            for line in difference(one.path, one.before, one.after):
                typer.echo(line)
        elif not writer.write(one.path, one.after):
            continue
        changed += 1
    unread = [one for one in found if one.findings]
    refused = sum(bool(one.refusal) for one in found)
    unchanged = len(found) - changed - refused - len(writer.failures) - len(unread)
    counts = f"{several(changed, 'file')} {'would change' if dry_run else 'changed'}"
    counts += f", {unchanged} up to date" if unchanged else ""
    counts += f", {refused} skipped" if refused else ""
    typer.echo(f"{counts}." if found else "No task matches the conditions.", err=dry_run)
    if unread:
        findings = [finding for one in unread for finding in one.findings]
        refuse(findings, "Unreadable files were skipped. Fix the errors, then run again.")
    print_failures(writer.failures)
    return 2 if writer.failures else int(bool(refused or unread))


COMMAND = set_fields
