"""`taskschema check`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskschema.cli.completion import values
from taskschema.cli.shared.choices import ExecutorName, TaskPaths, profiles
from taskschema.cli.shared.progress import working
from taskschema.cli.shared.report_format import ReportFormat
from taskschema.core.storage.paths import location

if TYPE_CHECKING:
    from taskschema.gate.check import CheckOptions
    from taskschema.gate.fixes import FixOutcome
    from taskschema.gate.target import CheckTarget

Codes = list[str] | None


def check(
    paths: TaskPaths = None,
    *,
    profile: Annotated[
        str | None,
        typer.Option(
            callback=profiles,
            autocompletion=values.profiles,
            metavar="NAME",
            help="Thresholds: default or superni.",
        ),
    ] = None,
    select: Annotated[
        Codes,
        typer.Option(
            metavar="CODES",
            autocompletion=values.rules,
            help="Report only these rules, e.g. INS002,TXT.",
        ),
    ] = None,
    ignore: Annotated[
        Codes,
        typer.Option(
            metavar="CODES", autocompletion=values.rules, help="Do not report these rules."
        ),
    ] = None,
    changed_since: Annotated[
        str | None,
        typer.Option(
            metavar="REVISION", help="Report only findings of files changed since a git revision."
        ),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(
            metavar="REVISION",
            help="Also report names already taken on this branch, e.g. origin/main.",
        ),
    ] = None,
    format_: ReportFormat = "text",
    output_file: Annotated[
        Path | None,
        typer.Option(
            "--output-file",
            "-o",
            metavar="FILE",
            parser=location,
            help="Write the report to this file.",
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE.html", parser=location, help="Also write an HTML page."),
    ] = None,
    max_findings: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            help="Report at most N findings of one rule in one file; 0 for all.",
        ),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            parser=location,
            help="Report only findings that this baseline does not record.",
        ),
    ] = None,
    stdin_filename: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Name of the file if PATH is - (standard input)."),
    ] = None,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help="Record all findings in the baseline.")
    ] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Apply safe fixes.")] = False,
    unsafe_fixes: Annotated[
        bool,
        typer.Option("--unsafe-fixes", help="Also apply fixes that merge, drop or choose."),
    ] = False,
    diff: Annotated[
        bool,
        typer.Option("--diff", help="Show what --fix would change; write nothing."),
    ] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Print the number of findings of each rule.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 on warnings too.")] = False,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Neither use nor update the cache.")
    ] = False,
    executor: ExecutorName = None,
) -> None:
    """Check task files and report every error with its fix.

    Exits with 1 if there is an error (with --strict: any finding; with --diff: any change), and
    with 2 if it cannot run.

    Example: taskschema check tasks
    """
    from taskschema.cli.shared.terminal import wants_colour  # noqa: PLC0415
    from taskschema.gate.check import CheckOptions, check_target  # noqa: PLC0415
    from taskschema.gate.fixes import write_fixes  # noqa: PLC0415
    from taskschema.gate.reports.output import ReportOutput, ReportRequest  # noqa: PLC0415
    from taskschema.gate.target import target_of  # noqa: PLC0415
    from taskschema.rules.selection import Selection  # noqa: PLC0415

    target = target_of(paths or (), stdin_filename)
    request = ReportRequest(
        reporter=format_,
        statistics=statistics,
        output=output_file,
        page=report,
        most=max_findings,
        baseline=baseline,
        update=update_baseline,
    )
    request.require_valid(target, diff=diff)
    if base is not None:
        target.require_revisions("--base")
    codes = {"select": _split(select), "ignore": _split(ignore)}
    with working("checking", executor) as workers:
        options = CheckOptions(
            profile=profile,
            selection=Selection(**codes) if select or ignore else None,
            most=request.needed,
            changed=target.changed_since(changed_since) if changed_since is not None else None,
            base=base,
            cache=not no_cache,
            workers=workers,
        )
        if diff:
            raise typer.Exit(_preview(target, options, unsafe=unsafe_fixes))
        failures: tuple[str, ...] = ()
        if fix or unsafe_fixes:
            outcome = write_fixes(target, options, unsafe=unsafe_fixes)
            _print_outcome(outcome)
            target, failures = outcome.target, outcome.failures
        found = check_target(target, options)
    output = ReportOutput.of(found, request, color=wants_colour())
    for note in output.notes:
        typer.echo(note, err=True)
    # Standard output already holds the fixed file.
    to_stderr = target.raw is not None and (fix or unsafe_fixes)
    typer.echo(output.text, nl=False, err=to_stderr, color=True)
    raise typer.Exit(2 if failures else int(output.report.failed(strict=strict)))


def _preview(target: "CheckTarget", options: "CheckOptions", *, unsafe: bool) -> int:
    """Print a unified diff of what fixes would change; 1 if they would change anything."""
    from taskschema.cli.shared.difference import difference  # noqa: PLC0415
    from taskschema.core.text.printing import several  # noqa: PLC0415
    from taskschema.gate.fixes import fixed_files  # noqa: PLC0415

    files = 0
    for fixed in fixed_files(target, options, unsafe=unsafe):
        files += 1
        for line in difference(fixed.path, fixed.before, fixed.after):
            typer.echo(line)
    typer.echo(f"{several(files, 'file')} would change.", err=True)
    return int(files > 0)


def _print_outcome(outcome: "FixOutcome") -> None:
    """Print what was fixed; the fixed bytes of standard input go to standard output."""
    from taskschema.core.storage.atomic_files import write_out  # noqa: PLC0415

    for failure in outcome.failures:
        typer.echo(f"taskschema: {failure}", err=True)
    if outcome.target.raw is not None:
        write_out(outcome.target.raw)
        sys.stdout.flush()
    if outcome.summary:
        typer.echo(outcome.summary, err=True)


def _split(codes: Codes) -> tuple[str, ...]:
    """Split codes at commas, in either case."""
    words = [code.strip().upper() for part in codes or () for code in part.split(",")]
    return tuple(filter(None, words)) or tuple(words)


COMMAND = check
