"""`taskschema fmt`."""

from pathlib import Path
from typing import Annotated

import typer

from taskschema.cli._choices import TaskPaths
from taskschema.cli._findings import refuse


def fmt(
    paths: TaskPaths = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit with 1 if a file would change.")
    ] = False,
) -> None:
    """Write task files in their canonical form.

    Each stays in the version it is in; only the layout and the order of keys change. A file that
    does not parse or does not fit its schema is named and left as it is, and the exit code is 1.

    Example: taskschema fmt tasks
    """
    from taskschema import canonical  # noqa: PLC0415
    from taskschema.collection import collect  # noqa: PLC0415
    from taskschema.errors import DestinationError  # noqa: PLC0415
    from taskschema.files import write_atomically  # noqa: PLC0415
    from taskschema.reading import read  # noqa: PLC0415
    from taskschema.text import several  # noqa: PLC0415

    collection = collect(paths or [Path()])
    changed, refused, failures = 0, [], []
    for path in collection.paths:
        reading = read(path, collection.config.root)
        if reading.document is None or reading.version is None:
            refused.append(reading)
            continue
        text = canonical.dumps(reading.document, reading.version)
        if text == reading.raw:
            continue
        if not check:
            try:
                write_atomically(path, text)
            except DestinationError as error:
                failures.append(error)
                continue
        changed += 1
        typer.echo(f"{'would reformat' if check else 'reformatted'} {path}")
    kept = len(collection) - changed - len(refused) - len(failures)
    typer.echo(f"{changed} {'to reformat' if check else 'reformatted'}, {kept} already canonical.")
    if refused:
        findings = [finding for reading in refused for finding in reading.findings]
        refuse(findings, f"Left as it is: {several(len(refused), 'file')}. Mend that first.")
    for failure in failures:
        typer.echo(f"taskschema: {failure}", err=True)
    if failures:
        raise typer.Exit(2)
    raise typer.Exit(int(bool(refused) or (check and changed > 0)))


COMMAND = fmt
