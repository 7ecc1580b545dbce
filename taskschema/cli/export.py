"""`taskschema export`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskschema.cli._choices import exporters, listed
from taskschema.cli._findings import refuse
from taskschema.cli._progress import progress

if TYPE_CHECKING:
    from taskschema.findings import Finding


def export(
    kind: Annotated[
        str,
        typer.Argument(
            callback=exporters, metavar="KIND", help=f"What to write: {listed('exporters')}."
        ),
    ],
    out: Annotated[
        Path,
        typer.Argument(metavar="OUT", help="The folder to write; an earlier export is replaced."),
    ],
    collection: Annotated[
        Path,
        typer.Option(metavar="PATH", help="The collection, a folder of tasks, or one task file."),
    ] = Path(),
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing if the check finds anything at all.")
    ] = False,
) -> None:
    """Write tasks as a dataset that others can load.

    A file that does not parse or does not fit its schema is named and left out, and the exit code
    is 1; what else the check finds does not stop an export, unless --strict asks for it.

    Example: taskschema export huggingface build/dataset --collection tasks
    """
    from taskschema.collection import collect  # noqa: PLC0415
    from taskschema.errors import NoTasksError  # noqa: PLC0415
    from taskschema.export import export as write  # noqa: PLC0415
    from taskschema.gate import check_collection  # noqa: PLC0415
    from taskschema.text import several  # noqa: PLC0415

    tasks = collect([collection])
    if strict:
        report = check_collection(tasks)
        if report.failed(strict=True):
            refuse(report.findings, "Nothing was written, as --strict asks.")
            raise typer.Exit(1)
    skipped: list[Finding] = []
    try:
        with progress("exporting") as tell:
            manifest = write(kind, out, tasks, skip=skipped.extend, progress=tell)
    except NoTasksError as error:
        refuse(skipped, f"taskschema: {error}")
        raise typer.Exit(1) from error
    instances, of = several(manifest.instances, "instance"), several(manifest.tasks, "task")
    typer.echo(f"{instances} of {of} written to {out}")
    if skipped:
        left_out = len({finding.path for finding in skipped})
        refuse(skipped, f"Left out: {several(left_out, 'file')}. Mend that and export again.")
        raise typer.Exit(1)


COMMAND = export
