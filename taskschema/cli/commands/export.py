"""`taskschema export`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskschema.cli.completion import values
from taskschema.cli.shared.choices import (
    ExecutorName,
    Seed,
    ViewSettings,
    assigned,
    exporters,
    listed,
)
from taskschema.cli.shared.findings import refuse
from taskschema.cli.shared.interrupts import tidied
from taskschema.cli.shared.progress import working
from taskschema.cli.shared.sizes import size
from taskschema.core.storage.paths import location
from taskschema.export.exporter import EXPORTERS
from taskschema.views.view import VIEWS

if TYPE_CHECKING:
    from taskschema.collection.collection import Collection
    from taskschema.export.export import ExportResult

Several = list[str] | None


def export(  # noqa: PLR0917 - typer's arguments
    kind: Annotated[
        str,
        typer.Argument(
            callback=exporters,
            autocompletion=values.exporters,
            metavar="KIND",
            help=f"The exporter: {listed(EXPORTERS)}.",
        ),
    ],
    out: Annotated[
        Path,
        typer.Argument(
            metavar="OUT",
            parser=location,
            help="The folder to write; replaces an earlier export.",
        ),
    ],
    collection: Annotated[
        Path,
        typer.Option(
            metavar="PATH",
            parser=location,
            help="The collection: a folder of tasks or one task file.",
        ),
    ] = Path(),
    view: Annotated[
        Several,
        typer.Option(
            metavar="NAME",
            autocompletion=values.views,
            help=f"The view of the records: {listed(VIEWS)} [depends on KIND]. "
            "See `taskschema views`. huggingface accepts several.",
        ),
    ] = None,
    seed: Seed = 0,
    set_: ViewSettings = None,
    tokenizer: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A tokenizer.json, for views that count tokens."),
    ] = None,
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing if `check --strict` fails.")
    ] = False,
    track: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            autocompletion=values.tracks,
            help="The split lists to use, splits/NAME [default, if it exists].",
        ),
    ] = None,
    split: Annotated[
        Several,
        typer.Option(
            metavar="NAME",
            autocompletion=values.splits,
            help="Only tasks of this split; repeatable.",
        ),
    ] = None,
    evaluation_split: Annotated[
        bool,
        typer.Option(
            "--evaluation-split", help="Write evaluation instances as a split of their own."
        ),
    ] = False,
    category: Annotated[
        Several,
        typer.Option(
            metavar="NAME",
            autocompletion=values.categories,
            help="Only tasks of this category; repeatable.",
        ),
    ] = None,
    language: Annotated[
        Several,
        typer.Option(
            metavar="TAG",
            autocompletion=values.languages,
            help="Only tasks in this language; repeatable.",
        ),
    ] = None,
    license_class: Annotated[
        str | None,
        typer.Option(
            metavar="CLASS",
            autocompletion=values.license_classes,
            help="Only tasks whose licence class is at most this strict: "
            "commercial, unspecified, non-commercial, academic.",
        ),
    ] = None,
    where: Annotated[
        Several,
        typer.Option(metavar="KEY=VALUE", help="Only tasks with this metadata value; repeatable."),
    ] = None,
    max_instances: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Sample at most N instances of each task."),
    ] = None,
    shard_size: Annotated[
        str,
        typer.Option(metavar="SIZE", help="The approximate size of a data file."),
    ] = "500MB",
    executor: ExecutorName = None,
) -> None:
    """Export tasks as a dataset for training or evaluation.

    Skips and lists files that are not valid JSON or do not fit the schema, and exits with 1 then.
    Other errors do not stop an export without --strict.

    Example: taskschema export jsonl build/chat --view messages --set demonstrations=2
    """
    from taskschema.collection.collection import collect  # noqa: PLC0415
    from taskschema.dataset.filters import Filters, condition  # noqa: PLC0415
    from taskschema.export.export import export as run_export  # noqa: PLC0415
    from taskschema.export.request import ExportRequest  # noqa: PLC0415
    from taskschema.views.tokenizers import tokenizer_of  # noqa: PLC0415

    filters = Filters(
        categories=tuple(category or ()),
        languages=tuple(language or ()),
        license_class=license_class,
        where=tuple(condition(text) for text in where or ()),
        max_instances=max_instances,
        seed=seed,
    )
    request = ExportRequest(
        kind,
        out,
        views=tuple(view or ()),
        seed=seed,
        settings=assigned(set_ or []),
        tokenizer=tokenizer_of(tokenizer) if tokenizer else None,
        track=track,
        splits=tuple(split or ()),
        evaluation_split=evaluation_split,
        filters=filters,
        shard_size=size(shard_size, "--shard-size"),
    )
    tasks = collect([collection])
    if strict:
        _require_no_findings(tasks, executor)
    with tidied(), working("exporting", executor) as workers:
        result = run_export(tasks, request, workers)
    _print(result, out)


def _require_no_findings(tasks: "Collection", executor: str | None) -> None:
    from taskschema.gate.check import CheckOptions, check_collection  # noqa: PLC0415

    with working("checking", executor) as workers:
        report = check_collection(tasks, CheckOptions(workers=workers))
    if report.failed(strict=True):
        refuse(report.findings, "The check with --strict failed; nothing was written.")
        raise typer.Exit(1)


def _print(result: "ExportResult", out: Path) -> None:
    from taskschema.core.text.printing import several  # noqa: PLC0415

    for note in result.notes:
        typer.echo(note, err=True)
    if result.refusal:
        refuse(result.findings, f"taskschema: {result.refusal}")
        raise typer.Exit(1)
    instances = several(result.manifest.instances, "instance")
    typer.echo(f"{instances} of {several(result.manifest.tasks, 'task')} written to {out}")
    if result.findings:
        files = several(len({finding.path for finding in result.findings}), "file")
        refuse(result.findings, f"Skipped {files} with errors. Fix them and export again.")
        raise typer.Exit(1)


COMMAND = export
