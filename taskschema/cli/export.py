"""`taskschema export`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskschema.cli import _completion
from taskschema.cli._choices import ExecutorName, assigned, exporters, listed, workers
from taskschema.cli._ending import tidied
from taskschema.cli._findings import refuse
from taskschema.cli._progress import progress
from taskschema.cli._sizes import size
from taskschema.locations import location

if TYPE_CHECKING:
    from taskschema.findings import Finding

Several = list[str] | None


def export(  # noqa: PLR0917 - typer's arguments
    kind: Annotated[
        str,
        typer.Argument(
            callback=exporters,
            autocompletion=_completion.exporters,
            metavar="KIND",
            help=f"What to write: {listed('exporters')}.",
        ),
    ],
    out: Annotated[
        Path,
        typer.Argument(
            metavar="OUT",
            parser=location,
            help="The folder to write; an earlier export is replaced.",
        ),
    ],
    collection: Annotated[
        Path,
        typer.Option(
            metavar="PATH",
            parser=location,
            help="The collection, a folder of tasks, or one task file.",
        ),
    ] = Path(),
    view: Annotated[
        Several,
        typer.Option(
            metavar="NAME",
            autocompletion=_completion.views,
            help=f"The shape of records: {listed('views')}; by KIND if not given. "
            "`taskschema views` says more. huggingface takes several.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Of all that is drawn.")] = 0,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            autocompletion=_completion.settings,
            help="A setting of the view, or of KIND; of one of several views VIEW.NAME=VALUE.",
        ),
    ] = None,
    tokenizer: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A tokenizer.json, for views that count tokens."),
    ] = None,
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing if the check finds anything at all.")
    ] = False,
    track: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            autocompletion=_completion.tracks,
            help="Divide tasks as splits/NAME says; splits/default if it is there.",
        ),
    ] = None,
    split: Annotated[
        Several,
        typer.Option(
            metavar="NAME",
            autocompletion=_completion.splits,
            help="Only tasks of this split; may be repeated.",
        ),
    ] = None,
    evaluation_split: Annotated[
        bool,
        typer.Option(
            "--evaluation-split", help="Put what tasks declare for evaluations into a split."
        ),
    ] = False,
    category: Annotated[
        Several,
        typer.Option(
            metavar="NAME",
            autocompletion=_completion.categories,
            help="Only tasks of this category; may be repeated.",
        ),
    ] = None,
    language: Annotated[
        Several,
        typer.Option(
            metavar="TAG",
            autocompletion=_completion.languages,
            help="Only tasks in this language; may be repeated.",
        ),
    ] = None,
    license_class: Annotated[
        str | None,
        typer.Option(
            metavar="CLASS",
            autocompletion=_completion.license_classes,
            help="Only licences at most as strict: "
            "commercial, unspecified, non-commercial, academic.",
        ),
    ] = None,
    where: Annotated[
        Several,
        typer.Option(
            metavar="KEY=VALUE", help="Only tasks with this value in a column; may be repeated."
        ),
    ] = None,
    max_instances: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Draw at most N instances of a task.")
    ] = None,
    shard_size: Annotated[
        str,
        typer.Option(metavar="SIZE", help="About how large a file gets, as in 500MB."),
    ] = "500MB",
    executor: ExecutorName = None,
) -> None:
    """Write tasks as a dataset that others can load.

    A file that does not parse or does not fit its schema is named and left out, and the exit code
    is 1; what else the check finds does not stop an export, unless --strict asks for it.

    Example: taskschema export jsonl build/chat --view messages --set demonstrations=2
    """
    from taskschema.collection import collect  # noqa: PLC0415
    from taskschema.errors import NoTasksError  # noqa: PLC0415
    from taskschema.export import Choice  # noqa: PLC0415
    from taskschema.export import export as write  # noqa: PLC0415
    from taskschema.export_filters import Filters, condition  # noqa: PLC0415
    from taskschema.exporters import Options  # noqa: PLC0415
    from taskschema.gate import Options as Judging  # noqa: PLC0415
    from taskschema.gate import check_collection  # noqa: PLC0415
    from taskschema.text import several  # noqa: PLC0415
    from taskschema.token_counts import tokenizer_of  # noqa: PLC0415

    filters = Filters(
        categories=tuple(category or ()),
        languages=tuple(language or ()),
        license_class=license_class,
        where=tuple(condition(text) for text in where or ()),
        max_instances=max_instances,
        seed=seed,
    )
    options = Options(
        views=tuple(view or ()),
        seed=seed,
        settings=assigned(set_ or []),
        tokenizer=tokenizer_of(tokenizer) if tokenizer else None,
        shard_size=size(shard_size, "--shard-size"),
        evaluation_split=evaluation_split,
        say=lambda line: typer.echo(line, err=True),
    )
    tasks, team = collect([collection]), workers(executor)
    if strict:
        report = check_collection(tasks, Judging(workers=team))
        if report.failed(strict=True):
            refuse(report.findings, "Nothing was written, as --strict asks.")
            raise typer.Exit(1)
    skipped: list[Finding] = []
    try:
        with tidied(), progress("exporting") as tell:
            manifest = write(
                kind,
                out,
                tasks,
                skip=skipped.extend,
                progress=tell,
                choice=Choice(track=track, splits=tuple(split or ()), filters=filters),
                options=options,
                workers=team,
            )
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
