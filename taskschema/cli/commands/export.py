"""`taskschema export`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskschema.cli.completion import values
from taskschema.cli.shared.choices import ExecutorName, assigned, exporters, listed
from taskschema.cli.shared.findings import refuse
from taskschema.cli.shared.interrupts import tidied
from taskschema.cli.shared.progress import working
from taskschema.cli.shared.sizes import size
from taskschema.core.storage.paths import location
from taskschema.export.exporter import EXPORTERS
from taskschema.views.view import VIEWS

if TYPE_CHECKING:
    from taskschema.core.findings import Finding

Several = list[str] | None


def export(  # noqa: PLR0917 - typer's arguments
    kind: Annotated[
        str,
        typer.Argument(
            callback=exporters,
            autocompletion=values.exporters,
            metavar="KIND",
            help=f"What to write: {listed(EXPORTERS)}.",
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
            autocompletion=values.views,
            help=f"The shape of records: {listed(VIEWS)}; by KIND if not given. "
            "`taskschema views` says more. huggingface takes several.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Of all that is drawn.")] = 0,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            autocompletion=values.settings,
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
            autocompletion=values.tracks,
            help="Divide tasks as splits/NAME says; splits/default if it is there.",
        ),
    ] = None,
    split: Annotated[
        Several,
        typer.Option(
            metavar="NAME",
            autocompletion=values.splits,
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
            autocompletion=values.categories,
            help="Only tasks of this category; may be repeated.",
        ),
    ] = None,
    language: Annotated[
        Several,
        typer.Option(
            metavar="TAG",
            autocompletion=values.languages,
            help="Only tasks in this language; may be repeated.",
        ),
    ] = None,
    license_class: Annotated[
        str | None,
        typer.Option(
            metavar="CLASS",
            autocompletion=values.license_classes,
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
    from taskschema.collection.collection import collect  # noqa: PLC0415
    from taskschema.core.errors import NoTasksError  # noqa: PLC0415
    from taskschema.core.text.printing import several  # noqa: PLC0415
    from taskschema.dataset.filters import Filters, condition  # noqa: PLC0415
    from taskschema.export.export import ExportChoice  # noqa: PLC0415
    from taskschema.export.export import export as write  # noqa: PLC0415
    from taskschema.export.exporter import ExportOptions  # noqa: PLC0415
    from taskschema.gate.check import CheckOptions as Judging  # noqa: PLC0415
    from taskschema.gate.check import check_collection  # noqa: PLC0415
    from taskschema.views.tokenizers import tokenizer_of  # noqa: PLC0415

    filters = Filters(
        categories=tuple(category or ()),
        languages=tuple(language or ()),
        license_class=license_class,
        where=tuple(condition(text) for text in where or ()),
        max_instances=max_instances,
        seed=seed,
    )
    options = ExportOptions(
        views=tuple(view or ()),
        seed=seed,
        settings=assigned(set_ or []),
        tokenizer=tokenizer_of(tokenizer) if tokenizer else None,
        shard_size=size(shard_size, "--shard-size"),
        evaluation_split=evaluation_split,
        say=lambda line: typer.echo(line, err=True),
    )
    tasks = collect([collection])
    if strict:
        with working("checking", executor) as workers:
            report = check_collection(tasks, Judging(workers=workers))
        if report.failed(strict=True):
            refuse(report.findings, "Nothing was written, as --strict asks.")
            raise typer.Exit(1)
    skipped: list[Finding] = []
    try:
        with tidied(), working("exporting", executor) as workers:
            manifest = write(
                kind,
                out,
                tasks,
                skip=skipped.extend,
                choice=ExportChoice(track=track, splits=tuple(split or ()), filters=filters),
                options=options,
                workers=workers,
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
