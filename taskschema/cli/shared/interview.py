"""The questions of `taskschema new` on a terminal."""

from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from taskschema.cli.shared.prompts import ask, ask_columns, ask_several, one_of

if TYPE_CHECKING:
    from taskschema.authoring.new.request import DraftRequest, TableOptions
    from taskschema.authoring.new.table import TableRows
    from taskschema.convert.rows import UnclearColumnsError

__all__ = ["Interview"]

INTRODUCTION = "Leave an answer empty to fill it in later."
KINDS_OFFERED = (
    "Answer format: text (free text), label (one of a few), set (several, in any order), "
    "fields (named parts)"
)
CHOICES = "choices"


class Interview:
    """Asks the user on the terminal for everything that a request leaves open."""

    def choose_columns(
        self, error: "UnclearColumnsError", options: "TableOptions"
    ) -> "TableOptions":
        """Ask for the columns of the inputs and of the outputs."""
        inputs, outputs = ask_columns(error)
        return replace(options, input_columns=inputs, output_columns=outputs)

    def complete(self, request: "DraftRequest", rows: "TableRows | None") -> "DraftRequest":
        """Ask for every open field of a request, in the order in which one thinks of a task."""
        typer.echo(INTRODUCTION)
        request = _with_texts(request, rows)
        request = _with_languages(request)
        request = _with_answer_format(request, rows)
        return _with_origin(request)


def _with_texts(request: "DraftRequest", rows: "TableRows | None") -> "DraftRequest":
    from taskschema.authoring.new.option_values import parse_term  # noqa: PLC0415

    if not request.summary:
        summary = ask("Summary: what the task asks for, in one line", "", str)
        request = replace(request, summary=summary or "")
    if not request.definition and not (rows and rows.definition):
        definition = ask("Definition: what is given, what to answer, in which form", "", str)
        request = replace(request, definition=(definition,) if definition else ())
    if not request.categories:
        category = ask("Category", "", lambda text: parse_term("categories", text))
        request = replace(request, categories=(category,) if category else ())
    return request


def _with_languages(request: "DraftRequest") -> "DraftRequest":
    from taskschema.authoring.new.option_values import parse_language  # noqa: PLC0415

    languages, previous = dict(request.languages), "en"
    for key, what in (("instruction", "definition"), ("input", "inputs"), ("output", "outputs")):
        if key not in languages:
            languages[key] = list(ask_several(f"Language of the {what}", previous, parse_language))
        previous = ", ".join(languages[key])
    return replace(request, languages=languages)


def _with_answer_format(request: "DraftRequest", rows: "TableRows | None") -> "DraftRequest":
    from taskschema.authoring.new.answer_format import likely_labels  # noqa: PLC0415
    from taskschema.authoring.new.request import KINDS  # noqa: PLC0415

    likely = likely_labels(rows.instances) if rows else ()
    if request.kind is None:
        # A table has no scores, which choices need.
        kinds = [kind for kind in KINDS if not (rows and kind == CHOICES)]
        question = KINDS_OFFERED if rows else f"{KINDS_OFFERED}, {CHOICES} (with scores)"
        default = "label" if request.labels or likely else "text"
        answer = ask(question, default, one_of(kinds))
        request = replace(request, kind=next(kind for kind in KINDS if kind == answer))
    if request.kind == "label" and not request.labels:
        if likely:
            typer.echo(f"Labels in the rows: {', '.join(likely)}")
        else:
            labels = ask_several("Labels, separated by commas", "", str)
            request = replace(request, labels=labels)
    if request.kind == "fields" and not request.fields and not rows:
        fields: tuple[str, ...] = ()
        while not fields:
            fields = ask_several("Fields of an answer, separated by commas", "", str)
        request = replace(request, fields=fields)
    return request


def _with_origin(request: "DraftRequest") -> "DraftRequest":
    from taskschema.authoring.new.option_values import parse_license  # noqa: PLC0415
    from taskschema.authoring.new.request import METHODS  # noqa: PLC0415

    if request.method is None and not request.source:
        answer = ask("Origin of the rows: " + ", ".join(METHODS), "human", one_of(METHODS))
        request = replace(request, method=next(method for method in METHODS if method == answer))
    if request.method == "converted" and not request.source:
        request = replace(request, source=ask("Dataset that they are from", "", str) or "")
        if request.source:
            request = replace(request, source_url=ask("Address of the dataset", "", str) or "")
    if not request.licenses:
        answer_license = ask("Licence of the rows, e.g. CC0-1.0 or CC-BY-4.0", "", parse_license)
        request = replace(request, licenses=(answer_license,) if answer_license else ())
    contributor = ask("Contributor", request.contributor or "", str)
    return replace(request, contributor=contributor or "")
