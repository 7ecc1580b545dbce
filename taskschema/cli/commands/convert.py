"""`taskschema convert`."""

from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskschema.cli.completion import values
from taskschema.cli.shared.choices import (
    GROUPINGS,
    FormatConfig,
    IdColumn,
    InstructionColumn,
    Seed,
    groupings,
)
from taskschema.cli.shared.interrupts import tidied
from taskschema.cli.shared.json_option import json_object
from taskschema.cli.shared.progress import rows_progress

if TYPE_CHECKING:
    from taskschema.convert.account import ConversionAccount

Source = Annotated[
    str, typer.Argument(metavar="SRC", help="A file, a folder, or - for standard input.")
]
Target = Annotated[
    str, typer.Argument(metavar="DST", help="A file, a folder/, or - for standard output.")
]
SourceFormat = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="FORMAT",
        autocompletion=values.formats,
        help="Format of SRC; detected by default.",
    ),
]
TargetFormat = Annotated[
    str | None,
    typer.Option(
        "--to",
        metavar="FORMAT",
        autocompletion=values.formats,
        help="Format of DST; tasks of this schema by default.",
    ),
]
Name = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Name of the task, or prefix of the names of several."),
]
Group = Annotated[
    str,
    typer.Option(
        metavar="BY",
        callback=groupings,
        autocompletion=values.words(*GROUPINGS),
        help="Group loose rows into one task (`collection`), or one for each distinct "
        "instruction (`instruction`).",
    ),
]
Merge = Annotated[
    bool, typer.Option("--merge/--no-merge", help="Merge rows with equal inputs into one.")
]
Instruction = Annotated[
    str | None, typer.Option(metavar="TEXT", help="Definition for rows without an instruction.")
]
InputColumn = Annotated[
    str | None, typer.Option(metavar="NAME", help="Column of a table that holds inputs.")
]
OutputColumn = Annotated[
    str | None, typer.Option(metavar="NAME", help="Column of a table that holds outputs.")
]
Data = Annotated[
    Path | None,
    typer.Option(metavar="PATH", help="Rows for templates, or contexts of questions."),
]
License = Annotated[
    str | None,
    typer.Option("--license", metavar="TEXT", help="License for tasks without one, in words."),
]
Size = Annotated[int, typer.Option(metavar="N", min=1, help="Number of instances to generate.")]
Bare = Annotated[bool, typer.Option("--bare", help="Write rows without the column `taskschema`.")]
Force = Annotated[bool, typer.Option("--force", help="Replace existing files.")]
Strict = Annotated[
    bool, typer.Option("--strict", help="Write nothing if anything is refused or lost.")
]
ReportFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write all findings to this file, as JSON.")
]
MaxFindings = Annotated[
    int,
    typer.Option(metavar="N", min=0, help="Findings to show of each rule in a file; 0 for all."),
]


def convert(  # noqa: PLR0917 - typer's arguments
    source: Source,
    target: Target,
    source_format: SourceFormat = None,
    target_format: TargetFormat = None,
    name: Name = None,
    group: Group = "collection",
    instruction: Instruction = None,
    instruction_column: InstructionColumn = None,
    input_column: InputColumn = None,
    output_column: OutputColumn = None,
    id_column: IdColumn = None,
    data: Data = None,
    license_: License = None,
    seed: Seed = 0,
    size: Size = 100,
    configuration: FormatConfig = "{}",
    report: ReportFile = None,
    max_findings: MaxFindings = 10,
    *,
    merge: Merge = True,
    bare: Bare = False,
    force: Force = False,
    strict: Strict = False,
) -> None:
    """Convert tasks and instruction data from any format to any other.

    Rows that cannot be read are listed with their places and skipped, and the exit code is 1. What
    the target has no place for is listed too. `taskschema formats` lists the formats.

    Example: taskschema convert alpaca_data.json tasks/ --license "CC BY-NC 4.0"
    """
    from taskschema.convert.convert import convert as run  # noqa: PLC0415
    from taskschema.convert.format import ConvertOptions  # noqa: PLC0415
    from taskschema.convert.request import ConvertRequest  # noqa: PLC0415

    _require_own_files(report, source, target)
    request = ConvertRequest(
        source,
        target,
        source_format=source_format,
        target_format=target_format,
        options=ConvertOptions(
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
        ),
        force=force,
        strict=strict,
    )
    with tidied(), rows_progress("converting") as progress:
        account = run(request, progress=progress)
    _print(account, target, max_findings, strict=strict)
    if report:
        _write_report(account, report)
    failed = account.report.failed() or (strict and account.failed)
    raise typer.Exit(int(failed or not account.tasks))


def _require_own_files(report: Path | None, source: str, target: str) -> None:
    from taskschema.core.errors import DestinationError  # noqa: PLC0415

    if "-" not in (source, target) and realpath(source) == realpath(target):
        message = f"{target}: is the source. Name another target."
        raise DestinationError(message)
    if report and realpath(report) in (realpath(source), realpath(target)):
        message = f"--report: {report} is the source or the target. Name another file."
        raise DestinationError(message)


def _print(account: "ConversionAccount", target: str, max_findings: int, *, strict: bool) -> None:
    """Print the findings and losses to standard error, and a summary to standard output."""
    from taskschema.core.text.printing import several  # noqa: PLC0415
    from taskschema.gate.reports.formats.text import lines  # noqa: PLC0415

    for line in lines(account.report.capped(max_findings or None)):
        typer.echo(line, err=True)
    for what, tasks in account.losses:
        lost = f"{account.target} has no place for {what} ({several(tasks, 'task')})."
        typer.echo(lost, err=True)
    is_output = target == "-"  # then standard output holds the data
    typer.echo(
        f"{several(account.read, 'row')} of {account.source} read: {account.kept:,} kept in "
        f"{several(account.tasks, 'task')}, {account.merged:,} merged, "
        f"{account.refused:,} refused.",
        err=is_output,
    )
    if strict and account.failed:
        typer.echo("Nothing was written because of --strict.", err=True)
    elif not account.tasks:
        typer.echo("Nothing was written: no task remains.", err=True)
    elif not is_output:
        typer.echo(f"Written to {target} as {account.target}.")


def _write_report(account: "ConversionAccount", report: Path) -> None:
    from taskschema.core.storage.atomic_files import write_atomically  # noqa: PLC0415
    from taskschema.gate.reports.reporter import REPORTERS  # noqa: PLC0415

    write_atomically(report, REPORTERS.load("json").render(account.report).encode())


COMMAND = convert
