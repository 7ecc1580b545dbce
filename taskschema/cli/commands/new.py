"""`taskschema new`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from taskschema.cli.completion import values
from taskschema.cli.shared.choices import answer_kinds, methods
from taskschema.cli.shared.interrupts import tidied
from taskschema.cli.shared.json_option import json_object
from taskschema.core.storage.paths import location

if TYPE_CHECKING:
    from taskschema.authoring.new import DraftRequest, DraftTarget, TableOptions, TableRows

Texts = list[str] | None


def new(  # noqa: PLR0917 - typer's arguments
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Lower-case letters, digits and single . _ -")
    ],
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="Rows to begin with: CSV, TSV, JSONL, a JSON list, Parquet, a folder of datasets.",
        ),
    ] = None,
    input_column: Annotated[
        Texts,
        typer.Option(metavar="NAME", help="Where inputs stand; several are named line by line."),
    ] = None,
    output_column: Annotated[
        Texts,
        typer.Option(
            metavar="NAME", help="Where outputs stand; of several, each cell is acceptable."
        ),
    ] = None,
    id_column: Annotated[str, typer.Option(metavar="NAME", help="Where ids stand.")] = "",
    instruction_column: Annotated[
        str, typer.Option(metavar="NAME", help="Where instructions stand, if rows have some.")
    ] = "",
    output_separator: Annotated[
        str, typer.Option(metavar="TEXT", help="Between acceptable outputs in one cell.")
    ] = "",
    encoding: Annotated[
        str, typer.Option(metavar="NAME", help="Of the file, such as windows-1252.")
    ] = "",
    configuration: Annotated[
        str,
        typer.Option(
            "--config", metavar="JSON", help="What else its format takes: `formats csv` tells."
        ),
    ] = "{}",
    demonstrations: Annotated[
        int,
        typer.Option(metavar="N", min=0, max=20, help="Rows to show; 0 leaves all as instances."),
    ] = 2,
    summary: Annotated[str, typer.Option(metavar="TEXT", help="One line for listings.")] = "",
    definition: Annotated[
        Texts, typer.Option(metavar="TEXT", help="The instruction; again for a paraphrase.")
    ] = None,
    category: Annotated[
        Texts,
        typer.Option(
            metavar="TERM",
            autocompletion=values.categories,
            help="`explain categories` lists all.",
        ),
    ] = None,
    domain: Annotated[
        Texts,
        typer.Option(
            metavar="TERM", autocompletion=values.domains, help="`explain domains` lists all."
        ),
    ] = None,
    language: Annotated[
        Texts,
        typer.Option(
            metavar="TAG",
            autocompletion=values.languages,
            help="Of all texts: a tag or a name.",
        ),
    ] = None,
    instruction_language: Annotated[
        Texts,
        typer.Option(
            metavar="TAG",
            autocompletion=values.languages,
            help="Of the definition, if another.",
        ),
    ] = None,
    input_language: Annotated[
        Texts,
        typer.Option(
            metavar="TAG", autocompletion=values.languages, help="Of the inputs, if another."
        ),
    ] = None,
    output_language: Annotated[
        Texts,
        typer.Option(
            metavar="TAG", autocompletion=values.languages, help="Of the outputs, if another."
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            autocompletion=values.answer_kinds,
            callback=answer_kinds,
            help="Of answers: text, label, set, fields or choices; told from the rows by default.",
        ),
    ] = None,
    label: Annotated[Texts, typer.Option(metavar="TEXT", help="One of the labels.")] = None,
    field: Annotated[Texts, typer.Option(metavar="NAME", help="One of the fields.")] = None,
    separator: Annotated[
        str, typer.Option(metavar="TEXT", help="Between the members of a set.")
    ] = ", ",
    license_: Annotated[
        Texts, typer.Option("--license", metavar="ID", help="Such as CC0-1.0; or Unknown.")
    ] = None,
    contributor: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who wrote it; git's user.name by default.")
    ] = None,
    method: Annotated[
        str | None,
        typer.Option(
            metavar="HOW",
            autocompletion=values.methods,
            callback=methods,
            help="How rows were made: human, programmatic, converted, generated or mixed.",
        ),
    ] = None,
    generator: Annotated[
        str, typer.Option(metavar="TEXT", help="Of generated rows: the model.")
    ] = "",
    origin: Annotated[
        str, typer.Option("--source", metavar="NAME", help="The dataset that rows are from.")
    ] = "",
    source_url: Annotated[str, typer.Option(metavar="URL", help="Where it can be had.")] = "",
    collection: Annotated[
        Path,
        typer.Option(metavar="DIR", parser=location, help="The current folder by default."),
    ] = Path(),
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
) -> None:
    """Begin a task: write its file with all that is known, and gaps where something is to be said.

    On a terminal it asks for what no option gives; what nobody says is a gap, which `check` tells
    of. Of rows, some become demonstrations. No file is ever overwritten.

    Example: taskschema new film_mood --from reviews.csv --license CC0-1.0
    """
    from taskschema.authoring import new as drafting  # noqa: PLC0415
    from taskschema.authoring.new.terms import language_of, license_of, term_of  # noqa: PLC0415
    from taskschema.cli.shared.prompts import is_terminal  # noqa: PLC0415
    from taskschema.core.storage.git_process import user_name  # noqa: PLC0415

    asks = is_terminal() and not yes
    site = drafting.target_of(name, collection)
    outputs = tuple(output_column or ())
    has_fields = kind == "fields" and len(outputs) > 1
    table = drafting.TableOptions(
        input_columns=tuple(input_column or ()),
        output_columns=outputs,
        has_fields=has_fields,
        id_column=id_column,
        instruction_column=instruction_column,
        output_separator=output_separator,
        encoding=encoding,
        configuration=json_object(configuration, "--config"),
    )
    given = {
        "instruction": instruction_language or language,
        "input": input_language or language,
        "output": output_language or language,
    }
    known_method = next((one for one in drafting.METHODS if one == method), None)
    wish = drafting.DraftRequest(
        summary=summary,
        definition=tuple(definition or ()),
        categories=tuple(term_of("categories", one) for one in category or ()),
        domains=tuple(term_of("domains", one) for one in domain or ()),
        languages={key: list(map(language_of, said)) for key, said in given.items() if said},
        kind=next((one for one in drafting.KINDS if one == kind), None),
        labels=tuple(label or ()),
        fields=tuple(field or (outputs if has_fields else ())),
        separator=separator,
        licenses=tuple(map(license_of, license_ or ())),
        contributor=user_name(site.path.parent) if contributor is None else contributor,
        method=known_method or ("converted" if origin else "human"),
        generator=generator,
        source=origin,
        source_url=source_url,
        shown=demonstrations,
    )
    drafting.require_sense(wish, table, source)
    rows = None
    with tidied():
        if source is not None:
            rows = _rows(source, site, table, asks=asks)
    if asks:
        from taskschema.cli.shared.interview import interview  # noqa: PLC0415

        wish = interview(wish, rows, asks_method=known_method is None and not origin)
    _write(site, wish, rows)


def _rows(source: str, site: "DraftTarget", table: "TableOptions", *, asks: bool) -> "TableRows":
    from dataclasses import replace  # noqa: PLC0415

    from taskschema.authoring.new import UnclearColumnsError, rows_of  # noqa: PLC0415
    from taskschema.cli.shared.prompts import ask_columns, tell_columns, tell_options  # noqa: PLC0415

    while True:
        try:
            return rows_of(source, site.name, table)
        except UnclearColumnsError as error:
            typer.echo(f"taskschema: {error} The columns, with an example each:", err=True)
            if not asks:
                tell_columns(error.examples)
                tell_options(error.examples, table)
                raise typer.Exit(2) from error
            inputs, outputs = ask_columns(error.examples)
            table = replace(table, input_columns=inputs, output_columns=outputs)


def _write(site: "DraftTarget", wish: "DraftRequest", rows: "TableRows | None") -> None:
    from taskschema.authoring.new import drafted, report  # noqa: PLC0415
    from taskschema.core.findings import Report  # noqa: PLC0415
    from taskschema.core.storage.atomic_files import write_atomically  # noqa: PLC0415
    from taskschema.core.text.printing import printable  # noqa: PLC0415
    from taskschema.gate.reports.formats.text import lines  # noqa: PLC0415

    for line in lines(Report.of(1, rows.findings)) if rows else ():
        typer.echo(line, err=True)
    document, data = drafted(site, wish, rows)
    write_atomically(site.path, data)
    for line in report(site, wish, rows, document, data):
        typer.echo(printable(line))
    raise typer.Exit(int(bool(rows and rows.refused)))


COMMAND = new
