"""`taskschema fmt`."""

from pathlib import Path
from typing import Annotated

import typer

from taskschema.cli.shared.choices import ExecutorName, TaskPaths
from taskschema.cli.shared.findings import refuse


def fmt(
    paths: TaskPaths = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit with 1 if a file would change.")
    ] = False,
    executor: ExecutorName = None,
) -> None:
    """Write task files in their canonical form.

    Each stays in the version it is in; only the layout and the order of keys change. A file that
    does not parse or does not fit its schema is named and left as it is, and the exit code is 1.

    Example: taskschema fmt tasks
    """
    from taskschema.authoring.fmt import format_collection  # noqa: PLC0415
    from taskschema.collection.collection import collect  # noqa: PLC0415
    from taskschema.core.errors import DestinationError  # noqa: PLC0415
    from taskschema.core.parallel.workers import workers_of  # noqa: PLC0415
    from taskschema.core.storage.atomic_files import write_atomically  # noqa: PLC0415
    from taskschema.core.text.printing import several  # noqa: PLC0415

    collection = collect(paths or [Path()])
    changed, refused, failures = 0, [], []
    for formatted in format_collection(collection, workers_of(executor)):
        if formatted.findings:
            refused.append(formatted)
        if formatted.data is None:
            continue
        if not check:
            try:
                write_atomically(formatted.path, formatted.data)
            except DestinationError as error:
                failures.append(error)
                continue
        changed += 1
        typer.echo(f"{'would reformat' if check else 'reformatted'} {formatted.path}")
    kept = len(collection) - changed - len(refused) - len(failures)
    typer.echo(f"{changed} {'to reformat' if check else 'reformatted'}, {kept} already canonical.")
    if refused:
        findings = [finding for formatted in refused for finding in formatted.findings]
        refuse(findings, f"Left as it is: {several(len(refused), 'file')}. Mend that first.")
    for failure in failures:
        typer.echo(f"taskschema: {failure}", err=True)
    if failures:
        raise typer.Exit(2)
    raise typer.Exit(int(bool(refused) or (check and changed > 0)))


COMMAND = fmt
