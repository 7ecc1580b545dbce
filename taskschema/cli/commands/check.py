"""`taskschema check`."""

from pathlib import Path
from typing import Annotated

import typer

from taskschema.cli.completion import values
from taskschema.cli.shared.choices import (
    ExecutorName,
    TaskPaths,
    formats,
    listed,
    profiles,
)
from taskschema.cli.shared.progress import working
from taskschema.core.storage.paths import location
from taskschema.gate.reports.reporter import REPORTERS

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
            help="Tell only of these rules, such as INS002,TXT.",
        ),
    ] = None,
    ignore: Annotated[
        Codes,
        typer.Option(
            metavar="CODES", autocompletion=values.rules, help="Do not tell of these rules."
        ),
    ] = None,
    changed_since: Annotated[
        str | None,
        typer.Option(
            metavar="REVISION", help="Tell only of faults that came since a revision of git."
        ),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(
            metavar="REVISION",
            help="Tell also of names that others took there meanwhile, such as origin/main.",
        ),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            callback=formats,
            autocompletion=values.reporters,
            metavar="NAME",
            help=f"How to report: {listed(REPORTERS)}.",
        ),
    ] = "text",
    output_file: Annotated[
        Path | None,
        typer.Option(
            "--output-file",
            "-o",
            metavar="FILE",
            parser=location,
            help="Write the report there.",
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE.html", parser=location, help="Write a page to read, too."),
    ] = None,
    max_findings: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            help="Tell of at most N findings of one rule in one file, 0 for all.",
        ),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            parser=location,
            help="Tell only of what the baseline does not have.",
        ),
    ] = None,
    stdin_filename: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The name of the task when PATH is - (standard input)."),
    ] = None,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help="Write what is found to the baseline.")
    ] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended safely.")] = False,
    unsafe_fixes: Annotated[
        bool,
        typer.Option("--unsafe-fixes", help="Mend also by merging, dropping or choosing."),
    ] = False,
    diff: Annotated[
        bool,
        typer.Option("--diff", help="Show what --fix would change, and change nothing."),
    ] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Tell how often each rule found something.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Let warnings fail the check too.")
    ] = False,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Judge every file anew, and keep nothing.")
    ] = False,
    executor: ExecutorName = None,
) -> None:
    """Find every fault of task files, each with its place and its cure.

    Exits with 1 if there is an error (with --strict, any finding; with --diff, anything to mend),
    2 if it cannot go on.

    Example: taskschema check tasks
    """
    from taskschema.cli.shared import checking, fixing  # noqa: PLC0415
    from taskschema.gate.check import CheckOptions  # noqa: PLC0415
    from taskschema.rules.selection import Selection  # noqa: PLC0415

    source = checking.source(paths or [Path()], stdin_filename)
    told = checking.ReportRequest(
        reporter=format_,
        statistics=statistics,
        output=output_file,
        page=report,
        most=max_findings,
        baseline=baseline,
        update=update_baseline,
        beside=source.raw is not None and (fix or unsafe_fixes),
    )
    checking.require_sense(source, told, diff=diff)
    with working("checking", executor) as workers:
        options = CheckOptions(
            profile=profile,
            selection=Selection(select=_split(select), ignore=_split(ignore))
            if select or ignore
            else None,
            changed=checking.changed(source, changed_since),
            base=checking.base(source, base),
            cache=not no_cache,
            workers=workers,
        )
        if diff:
            raise typer.Exit(fixing.preview(source, options, unsafe=unsafe_fixes))
        left = 0
        if fix or unsafe_fixes:
            source, left = fixing.fix(source, options, unsafe=unsafe_fixes)
        found = checking.run(source, options, told)
    raise typer.Exit(2 if left else int(found.failed(strict=strict)))


def _split(codes: Codes) -> tuple[str, ...]:
    """Codes may be given one by one or with commas between them, in either case."""
    words = [code.strip().upper() for part in codes or () for code in part.split(",")]
    return tuple(filter(None, words)) or tuple(words)


COMMAND = check
