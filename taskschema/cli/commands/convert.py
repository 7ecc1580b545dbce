"""`taskschema convert`."""

from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskschema.cli.completion import values
from taskschema.cli.shared.choices import GROUPINGS, groupings
from taskschema.cli.shared.interrupts import tidied
from taskschema.cli.shared.json_option import json_object
from taskschema.cli.shared.progress import rows_progress

if TYPE_CHECKING:
    from taskschema.convert.account import ConversionAccount


def convert(  # noqa: PLR0917 - typer's arguments
    source: Annotated[
        str,
        typer.Argument(metavar="SRC", help="A file, a folder, or - for the standard input."),
    ],
    target: Annotated[
        str,
        typer.Argument(metavar="DST", help="A file, a folder/, or - for the standard output."),
    ],
    source_format: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FORMAT",
            autocompletion=values.formats,
            help="Told from SRC by default.",
        ),
    ] = None,
    target_format: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="FORMAT",
            autocompletion=values.formats,
            help="Tasks of this schema by default.",
        ),
    ] = None,
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of the task, or how names begin.")
    ] = None,
    group: Annotated[
        str,
        typer.Option(
            metavar="BY",
            callback=groupings,
            autocompletion=values.words(*GROUPINGS),
            help="What loose instructions become: `collection`, one task, or `instruction`, one "
            "for each distinct instruction.",
        ),
    ] = "collection",
    instruction: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The definition for rows without one.")
    ] = None,
    instruction_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of a table: where instructions stand.")
    ] = None,
    input_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of a table: where inputs stand.")
    ] = None,
    output_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of a table: where outputs stand.")
    ] = None,
    id_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of a table: where ids stand.")
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="The rows of templates, the contexts of questions."),
    ] = None,
    license_: Annotated[
        str | None,
        typer.Option("--license", metavar="TEXT", help="Of tasks that name none, in words."),
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Of all that is random.")] = 0,
    size: Annotated[int, typer.Option(metavar="N", min=1, help="Instances to generate.")] = 100,
    configuration: Annotated[
        str,
        typer.Option(
            "--config", metavar="JSON", help="What else a format takes; `formats NAME` tells."
        ),
    ] = "{}",
    report: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write all findings to it, as JSON.")
    ] = None,
    max_findings: Annotated[
        int,
        typer.Option(metavar="N", min=0, help="Of one kind in one file to show; 0 for all."),
    ] = 10,
    *,
    merge: Annotated[
        bool,
        typer.Option("--merge/--no-merge", help="Whether rows with equal inputs become one."),
    ] = True,
    bare: Annotated[
        bool,
        typer.Option("--bare", help="Write rows without the column `taskschema`."),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing if anything is refused or lost.")
    ] = False,
) -> None:
    """Convert tasks and instruction data from any format to any other.

    Rows that cannot be read are named with their places and left out, and the exit code is 1; what
    the target has no place for is told. `taskschema formats` lists the formats.

    Example: taskschema convert alpaca_data.json tasks/ --license "CC BY-NC 4.0"
    """
    from taskschema.convert.convert import convert as run  # noqa: PLC0415
    from taskschema.convert.format import ConvertOptions  # noqa: PLC0415
    from taskschema.core.errors import DestinationError  # noqa: PLC0415

    if report and realpath(report) in (realpath(source), realpath(target)):
        message = f"--report: {report} is the source or the target. Name another file."
        raise DestinationError(message)
    options = ConvertOptions(
        name=name,
        group="instruction" if group == "instruction" else "collection",
        merge=merge,
        instruction=instruction,
        instruction_column=instruction_column,
        input_column=input_column,
        output_column=output_column,
        id_column=id_column,
        data=data,
        seed=seed,
        size=size,
        configuration=json_object(configuration, "--config"),
        license=license_,
        bare=bare,
    )
    with tidied(), rows_progress("converting") as tell:
        done = run(
            source,
            target,
            source_format=source_format,
            target_format=target_format,
            options=options,
            force=force,
            strict=strict,
            progress=tell,
        )
    _say(done, target, report, max_findings, strict=strict)
    raise typer.Exit(int(done.report.failed() or (strict and done.failed) or not done.tasks))


def _say(
    done: "ConversionAccount", target: str, report: Path | None, most: int, *, strict: bool
) -> None:
    from taskschema.core.storage.atomic_files import write_atomically  # noqa: PLC0415
    from taskschema.core.text.printing import several  # noqa: PLC0415
    from taskschema.gate.reports.formats.text import lines  # noqa: PLC0415
    from taskschema.gate.reports.reporter import REPORTERS  # noqa: PLC0415

    found = done.report
    for line in lines(found.capped(most or None)):
        typer.echo(line, err=True)
    for pattern, count in sorted(done.lost.items()):
        what = done.loses[pattern].what
        typer.echo(f"{done.target} has no place for {what} ({several(count, 'task')}).", err=True)
    to_output = target == "-"
    typer.echo(
        f"{several(done.read, 'row')} of {done.source} read: {done.kept:,} kept in "
        f"{several(done.tasks, 'task')}, {done.merged:,} merged, {done.refused:,} refused.",
        err=to_output,
    )
    if strict and done.failed:
        typer.echo("Nothing was written, as --strict asks.", err=True)
    elif not done.tasks:
        typer.echo("Nothing was written, as there is no task.", err=True)
    elif not to_output:
        typer.echo(f"Written to {target} as {done.target}.")
    if report:
        reporter = REPORTERS.load("json")
        write_atomically(report, reporter.render(found).encode())


COMMAND = convert
