"""Questions on a terminal; each is repeated until its answer is valid."""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from taskschema.core.errors import ConfigError, TaskSchemaError

if TYPE_CHECKING:
    from taskschema.authoring.new.request import TableOptions
    from taskschema.convert.rows import UnclearColumnsError

__all__ = ["ask", "ask_columns", "ask_several", "is_terminal", "one_of", "print_unclear_columns"]

Answer = TypeVar("Answer")
MOST_COLUMNS = 40
UNNAMED = re.compile(r"column \d+")
MUCH_LONGER = 2  # a column this many times longer than the first is likely the input
LONGEST_NAME = 40  # characters of the name of a column


def is_terminal() -> bool:
    """Whether a user can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str, default: str, parse: Callable[[str], Answer]) -> Answer | None:
    """Return the parsed answer to a question; None for an empty answer.

    Args:
        question: the question, without punctuation at its end.
        default: the answer if the user presses the return key only; empty for none.
        parse: parses an answer, or raises a TaskSchemaError that says what is wrong with it.
    """
    while True:
        answer = typer.prompt(question, default=default, show_default=bool(default)).strip()
        if not answer:
            return None
        try:
            return parse(answer)
        except TaskSchemaError as error:
            typer.echo(f"  {error}", err=True)


def ask_several(question: str, default: str, parse: Callable[[str], Answer]) -> tuple[Answer, ...]:
    """Return the parsed answers to a question, which commas separate."""

    def parse_each(answer: str) -> tuple[Answer, ...]:
        return tuple(parse(part.strip()) for part in answer.split(",") if part.strip())

    return ask(question, default, parse_each) or ()


def one_of(allowed: Sequence[str]) -> Callable[[str], str]:
    """Return a parser that accepts the allowed words only."""

    def parse(answer: str) -> str:
        from taskschema.core.text.near_misses import near_misses  # noqa: PLC0415
        from taskschema.core.text.printing import printable  # noqa: PLC0415

        if answer in allowed:
            return answer
        nearest = near_misses(answer, allowed)
        fix = f"Did you mean {nearest[0]}?" if nearest else f"Choose one of {', '.join(allowed)}."
        raise ConfigError(f"{printable(answer)!r} is not a valid answer. {fix}")

    return parse


def ask_columns(error: "UnclearColumnsError") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns of the inputs and the columns of the outputs that the user names."""
    _print_columns(error)
    parse = one_of([*error.examples])
    inputs: tuple[str, ...] = ()
    while not inputs:
        inputs = ask_several("Column of the inputs (several separated by commas)", "", parse)
    outputs: tuple[str, ...] = ()
    while not outputs:
        outputs = ask_several("Column of the outputs (several separated by commas)", "", parse)
    return inputs, outputs


def print_unclear_columns(error: "UnclearColumnsError", given: "TableOptions") -> None:
    """Print the error, the columns with an example each, and likely options for them."""
    from taskschema.core.text.printing import printable  # noqa: PLC0415

    _print_columns(error)
    options = f"Name the columns, for example: {_likely_options(error.examples, given)}"
    typer.echo(f"{printable(options)} (each option is repeatable).", err=True)


def _print_columns(error: "UnclearColumnsError") -> None:
    import json  # noqa: PLC0415

    from taskschema.core.text.printing import printable, quote  # noqa: PLC0415

    typer.echo(f"taskschema: {error} The columns, with an example each:", err=True)
    examples = error.examples
    width = max((len(printable(name)) for name in examples), default=0)
    for name in [*examples][:MOST_COLUMNS]:
        value = examples[name]
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        example = printable(quote(text)) if value not in (None, "") else "(empty)"
        typer.echo(f"  {printable(name):{width}}  {example}", err=True)
    if len(examples) > MOST_COLUMNS:
        typer.echo(f"  and {len(examples) - MOST_COLUMNS:,} more", err=True)


def _likely_options(examples: Mapping[str, Any], given: "TableOptions") -> str:
    """Return options that name the likely columns of inputs and outputs, for a shell."""
    from shlex import quote  # noqa: PLC0415

    named = [name for name in examples if not UNNAMED.fullmatch(name)] or [*examples]
    longest = max(named, key=lambda name: len(str(examples[name])))
    is_much_longer = len(str(examples[longest])) > MUCH_LONGER * len(str(examples[named[0]]))
    likely = longest if is_much_longer else named[0]
    inputs = [name for name in given.input_columns if name in examples] or [likely]
    others = [name for name in named if name not in inputs] or named
    outputs = [name for name in given.output_columns if name in examples] or [others[-1]]
    lead = ""
    if any(len(name) > LONGEST_NAME for name in examples):  # the first row is data, not a header
        lead, inputs, outputs = """--config '{"header": false}' """, ["column 1"], ["column 2"]
    options = [f"--input-column {quote(name)}" for name in inputs]
    options += [f"--output-column {quote(name)}" for name in outputs]
    return lead + " ".join(options)
