"""What `taskschema new` asks for, in the order in which people think of a task."""

from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from taskschema.cli.shared.prompts import ask, ask_each, one_of

if TYPE_CHECKING:
    from taskschema.authoring.new import DraftRequest, TableRows

INTRODUCTION = "Leave an answer empty to fill it in later."
ANSWERS = (
    "Kind of answer: text (written freely), label (one of a few), set (several, in any order), "
    "fields (named parts)"
)
SCORED = "choices"


def interview(
    wish: "DraftRequest", rows: "TableRows | None", *, asks_method: bool
) -> "DraftRequest":
    """The wish with what somebody at the terminal says; nothing is asked that is known."""
    from taskschema.authoring.new import KINDS, METHODS, likely_labels  # noqa: PLC0415
    from taskschema.authoring.new.terms import license_of, term_of  # noqa: PLC0415

    typer.echo(INTRODUCTION)
    if not wish.summary:
        said = ask("Summary: what the task asks for, in one line", "", str)
        wish = replace(wish, summary=said or "")
    if not wish.definition and not (rows and rows.definition):
        said = ask("Definition: what is given, what to answer, in which form", "", str)
        wish = replace(wish, definition=(said,) if said else ())
    if not wish.categories:
        found = ask("Category", "", lambda text: term_of("categories", text))
        wish = replace(wish, categories=(found,) if found else ())
    wish = _languages(wish)
    likely = likely_labels(rows.instances) if rows else ()
    kinds = [kind for kind in KINDS if not (rows and kind == SCORED)]
    question = ANSWERS if rows else f"{ANSWERS}, {SCORED} (with scores)"
    if wish.kind is None:
        default = "label" if wish.labels or likely else "text"
        named = ask(question, default, one_of(kinds))
        wish = replace(wish, kind=next(kind for kind in KINDS if kind == named))
    if wish.kind == "label" and not wish.labels:
        if likely:
            typer.echo(f"Labels, as the rows have them: {', '.join(likely)}")
        else:
            labels = ask_each("Labels, with commas between", "", str)
            wish = replace(wish, labels=labels)
    if wish.kind == "fields" and not wish.fields and not rows:
        fields: tuple[str, ...] = ()
        while not fields:
            fields = ask_each("Fields of an answer, with commas between", "", str)
        wish = replace(wish, fields=fields)
    if asks_method:
        named = ask("How the rows were made: " + ", ".join(METHODS), "human", one_of(METHODS))
        wish = replace(wish, method=next(one for one in METHODS if one == named))
    if wish.method == "converted" and not wish.source:
        wish = replace(wish, source=ask("Dataset that they are from", "", str) or "")
        wish = replace(wish, source_url=ask("Its address", "", str) or "" if wish.source else "")
    if not wish.licenses:
        one = ask("Licence of the rows, such as CC0-1.0 or CC-BY-4.0", "", license_of)
        wish = replace(wish, licenses=(one,) if one else ())
    return replace(wish, contributor=ask("Contributor", wish.contributor, str) or "")


def _languages(wish: "DraftRequest") -> "DraftRequest":
    from taskschema.authoring.new.terms import language_of  # noqa: PLC0415

    languages, before = dict(wish.languages), "en"
    for key, what in (("instruction", "definition"), ("input", "inputs"), ("output", "outputs")):
        if key not in languages:
            found = ask_each(f"Language of the {what}", before, language_of)
            languages[key] = list(found)
        before = ", ".join(languages[key])
    return replace(wish, languages=languages)
