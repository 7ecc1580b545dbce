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
        bool, typer.Option("--check", help="Write nothing; exit with 1 if a file would change.")
    ] = False,
    executor: ExecutorName = None,
) -> None:
    """Write task files in canonical form.

    Only the layout and the order of keys change; every file keeps its schema version. Files that
    do not parse or do not fit their schema are reported and skipped, and the exit code is 1.

    Example: taskschema fmt tasks
    """
    from taskschema.authoring.fmt import format_collection  # noqa: PLC0415
    from taskschema.cli.shared.writing import FileWriter, print_failures  # noqa: PLC0415
    from taskschema.collection.collection import collect  # noqa: PLC0415
    from taskschema.core.parallel.workers import workers_of  # noqa: PLC0415
    from taskschema.core.text.printing import several  # noqa: PLC0415

    collection = collect(paths or [Path()])
    writer, changed, refused = FileWriter(), 0, []
    for formatted in format_collection(collection, workers_of(executor)):
        if formatted.findings:
            refused.append(formatted)
        if formatted.data is None:
            continue
        if check or writer.write(formatted.path, formatted.data):
            changed += 1
            typer.echo(f"{'would reformat' if check else 'reformatted'} {formatted.path}")
    kept = len(collection) - changed - len(refused) - len(writer.failures)
    typer.echo(f"{changed} {'to reformat' if check else 'reformatted'}, {kept} already canonical.")
    if refused:
        findings = [finding for formatted in refused for finding in formatted.findings]
        refuse(
            findings, f"Skipped {several(len(refused), 'file')}. Fix the errors, then run again."
        )
    print_failures(writer.failures)
    if writer.failures:
        raise typer.Exit(2)
    raise typer.Exit(int(bool(refused) or (check and changed > 0)))


COMMAND = fmt
