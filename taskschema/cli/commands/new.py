"""`taskschema new`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskschema.cli.completion import values
from taskschema.cli.shared.choices import CollectionFolder, answer_kinds, methods
from taskschema.cli.shared.interrupts import tidied
from taskschema.cli.shared.json_option import json_object

if TYPE_CHECKING:
    from collections.abc import Iterable

    from taskschema.core.findings import Finding

Texts = list[str] | None


def new(  # noqa: PLR0917 - typer's arguments
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="Lower-case letters and digits, separated by single . _ or -."
        ),
    ],
    table: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="Table of rows: CSV, TSV, JSONL, JSON list, Parquet or a folder of `datasets`.",
        ),
    ] = None,
    input_column: Annotated[
        Texts,
        typer.Option(
            metavar="NAME",
            help="Column of the inputs; repeatable, each becomes a line `NAME: CELL`.",
        ),
    ] = None,
    output_column: Annotated[
        Texts,
        typer.Option(
            metavar="NAME", help="Column of the outputs; repeatable, each is an acceptable output."
        ),
    ] = None,
    id_column: Annotated[str, typer.Option(metavar="NAME", help="Column of the ids.")] = "",
    instruction_column: Annotated[
        str, typer.Option(metavar="NAME", help="Column of the instructions, if rows have them.")
    ] = "",
    output_separator: Annotated[
        str, typer.Option(metavar="TEXT", help="Separator of acceptable outputs in one cell.")
    ] = "",
    encoding: Annotated[
        str, typer.Option(metavar="NAME", help="Encoding of the table, e.g. windows-1252.")
    ] = "",
    configuration: Annotated[
        str,
        typer.Option(
            "--config",
            metavar="JSON",
            help="Further settings of the format; `formats csv` lists those of CSV.",
        ),
    ] = "{}",
    demonstrations: Annotated[
        int,
        typer.Option(
            metavar="N",
            min=0,
            max=20,
            help="Rows that become demonstrations; 0 keeps all as instances.",
        ),
    ] = 2,
    summary: Annotated[
        str, typer.Option(metavar="TEXT", help="One-line summary for listings.")
    ] = "",
    definition: Annotated[
        Texts,
        typer.Option(metavar="TEXT", help="The instruction; repeat it to add paraphrases."),
    ] = None,
    category: Annotated[
        Texts,
        typer.Option(
            metavar="TERM",
            autocompletion=values.categories,
            help="Category; repeatable. `explain categories` lists all.",
        ),
    ] = None,
    domain: Annotated[
        Texts,
        typer.Option(
            metavar="TERM",
            autocompletion=values.domains,
            help="Domain; repeatable. `explain domains` lists all.",
        ),
    ] = None,
    language: Annotated[
        Texts,
        typer.Option(
            metavar="TAG",
            autocompletion=values.languages,
            help="Language of all texts: tag or name; repeatable.",
        ),
    ] = None,
    instruction_language: Annotated[
        Texts,
        typer.Option(
            metavar="TAG",
            autocompletion=values.languages,
            help="Language of the definition, if different.",
        ),
    ] = None,
    input_language: Annotated[
        Texts,
        typer.Option(
            metavar="TAG",
            autocompletion=values.languages,
            help="Language of the inputs, if different.",
        ),
    ] = None,
    output_language: Annotated[
        Texts,
        typer.Option(
            metavar="TAG",
            autocompletion=values.languages,
            help="Language of the outputs, if different.",
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            autocompletion=values.answer_kinds,
            callback=answer_kinds,
            help="Answer format: text, label, set, fields or choices [default: from the rows].",
        ),
    ] = None,
    label: Annotated[
        Texts, typer.Option(metavar="TEXT", help="Label of the task; repeatable.")
    ] = None,
    field: Annotated[
        Texts, typer.Option(metavar="NAME", help="Field of an answer; repeatable.")
    ] = None,
    separator: Annotated[
        str, typer.Option(metavar="TEXT", help="Separator of the members of a set.")
    ] = ", ",
    license_: Annotated[
        Texts,
        typer.Option(
            "--license", metavar="ID", help="Licence, e.g. CC0-1.0, or Unknown; repeatable."
        ),
    ] = None,
    contributor: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Author of the task [default: user.name of git]."),
    ] = None,
    method: Annotated[
        str | None,
        typer.Option(
            metavar="HOW",
            autocompletion=values.methods,
            callback=methods,
            help="Origin of the rows: human, programmatic, converted, generated or mixed.",
        ),
    ] = None,
    generator: Annotated[
        str, typer.Option(metavar="TEXT", help="Model that generated the rows.")
    ] = "",
    source: Annotated[
        str, typer.Option("--source", metavar="NAME", help="Dataset that the rows are from.")
    ] = "",
    source_url: Annotated[str, typer.Option(metavar="URL", help="Address of that dataset.")] = "",
    collection: CollectionFolder = Path(),
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask no questions.")] = False,
) -> None:
    """Draft a task file from options, a table and your answers.

    On a terminal, it asks for everything that no option gives. Unanswered questions become
    placeholders, which `check` reports. Some rows of the table become demonstrations. No file is
    overwritten.

    Example: taskschema new film_mood --from reviews.csv --license CC0-1.0
    """
    from taskschema.authoring.new import draft  # noqa: PLC0415
    from taskschema.authoring.new.option_values import (  # noqa: PLC0415
        parse_language,
        parse_license,
        parse_term,
    )
    from taskschema.authoring.new.request import (  # noqa: PLC0415
        KINDS,
        METHODS,
        DraftRequest,
        TableOptions,
    )
    from taskschema.authoring.new.summary import summary_lines  # noqa: PLC0415
    from taskschema.cli.shared.interview import Interview  # noqa: PLC0415
    from taskschema.cli.shared.prompts import is_terminal, print_unclear_columns  # noqa: PLC0415
    from taskschema.convert.rows import UnclearColumnsError  # noqa: PLC0415
    from taskschema.core.text.printing import printable  # noqa: PLC0415

    output_columns = tuple(output_column or ())
    has_fields = kind == "fields" and len(output_columns) > 1
    languages = {
        "instruction": instruction_language or language,
        "input": input_language or language,
        "output": output_language or language,
    }
    request = DraftRequest(
        name=name,
        collection=collection,
        table=table,
        table_options=TableOptions(
            input_columns=tuple(input_column or ()),
            output_columns=output_columns,
            has_fields=has_fields,
            id_column=id_column,
            instruction_column=instruction_column,
            output_separator=output_separator,
            encoding=encoding,
            configuration=json_object(configuration, "--config"),
        ),
        demonstrations=demonstrations,
        summary=summary,
        definition=tuple(definition or ()),
        categories=tuple(parse_term("categories", term) for term in category or ()),
        domains=tuple(parse_term("domains", term) for term in domain or ()),
        languages={
            text: [parse_language(tag) for tag in tags] for text, tags in languages.items() if tags
        },
        kind=next((one for one in KINDS if one == kind), None),
        labels=tuple(label or ()),
        fields=tuple(field or (output_columns if has_fields else ())),
        separator=separator,
        licenses=tuple(map(parse_license, license_ or ())),
        contributor=contributor,
        method=next((one for one in METHODS if one == method), None),
        generator=generator,
        source=source,
        source_url=source_url,
    )
    dialog = Interview() if is_terminal() and not yes else None
    try:
        with tidied():
            created = draft.create_draft(request, report=_print_findings, dialog=dialog)
    except UnclearColumnsError as error:
        print_unclear_columns(error, request.table_options)
        raise typer.Exit(2) from error
    for line in summary_lines(created):
        typer.echo(printable(line))
    raise typer.Exit(int(bool(created.rows and created.rows.refused)))


def _print_findings(findings: "Iterable[Finding]") -> None:
    from taskschema.core.findings import Report  # noqa: PLC0415
    from taskschema.gate.reports.formats.text import lines  # noqa: PLC0415

    for line in lines(Report.of(1, findings)):
        typer.echo(line, err=True)


COMMAND = new
