"""Questions to whoever sits at a terminal, each asked again until its answer can be used."""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from taskschema.core.errors import ConfigError, TaskSchemaError

if TYPE_CHECKING:
    from taskschema.authoring.new import TableOptions

__all__ = [
    "ask",
    "ask_columns",
    "ask_each",
    "is_terminal",
    "one_of",
    "tell_columns",
    "tell_options",
]

Answer = TypeVar("Answer")
MOST_COLUMNS = 40
UNNAMED = re.compile(r"column \d+")
MUCH_LONGER = 2  # times the first column, to be the input in its place
LONGEST_NAME = 40  # characters of a column's name


def is_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str, default: str, judge: Callable[[str], Answer]) -> Answer | None:
    """What somebody answers, as it was judged; None where they leave it for later.

    Args:
        question: without a mark at its end.
        default: what nothing but the return key stands for; empty for leaving it open.
        judge: raises a TaskSchemaError that says what is wrong with an answer.
    """
    while True:
        said = typer.prompt(question, default=default, show_default=bool(default)).strip()
        if not said:
            return None
        try:
            return judge(said)
        except TaskSchemaError as error:
            typer.echo(f"  {error}", err=True)


def ask_each(question: str, default: str, judge: Callable[[str], Answer]) -> tuple[Answer, ...]:
    """The same for several answers with commas between."""

    def each(said: str) -> tuple[Answer, ...]:
        return tuple(judge(part.strip()) for part in said.split(",") if part.strip())

    return ask(question, default, each) or ()


def one_of(known: Sequence[str]) -> Callable[[str], str]:
    """A judge that takes nothing but some words."""

    def judge(said: str) -> str:
        from taskschema.core.text.near_misses import near_misses  # noqa: PLC0415
        from taskschema.core.text.printing import printable  # noqa: PLC0415

        if said in known:
            return said
        close = near_misses(said, known)
        cure = f"Did you mean {close[0]}?" if close else f"There are {', '.join(known)}."
        raise ConfigError(f"{printable(said)!r} is none of them. {cure}")

    return judge


def ask_columns(examples: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of the input and those of the output."""
    tell_columns(examples)
    known = one_of([*examples])
    inputs: tuple[str, ...] = ()
    while not inputs:
        inputs = ask_each("Column of the inputs (several with commas between)", "", known)
    outputs: tuple[str, ...] = ()
    while not outputs:
        outputs = ask_each("Column of the outputs (several with commas between)", "", known)
    return inputs, outputs


def tell_columns(examples: Mapping[str, Any]) -> None:
    """Print the columns of a table with an example each."""
    import json  # noqa: PLC0415

    from taskschema.core.text.printing import printable, quote  # noqa: PLC0415

    width = max((len(printable(name)) for name in examples), default=0)
    for name in [*examples][:MOST_COLUMNS]:
        value = examples[name]
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        shown = printable(quote(text)) if value not in (None, "") else "(nothing)"
        typer.echo(f"  {printable(name):{width}}  {shown}", err=True)
    if len(examples) > MOST_COLUMNS:
        typer.echo(f"  and {len(examples) - MOST_COLUMNS:,} more", err=True)


def tell_options(examples: Mapping[str, Any], given: "TableOptions") -> None:
    """Print options that say which column holds what, as somebody might give them."""
    from shlex import quote  # noqa: PLC0415

    from taskschema.core.text.printing import printable  # noqa: PLC0415

    named = [name for name in examples if not UNNAMED.fullmatch(name)] or [*examples]
    longest = max(named, key=lambda name: len(str(examples[name])))
    is_much_longer = len(str(examples[longest])) > MUCH_LONGER * len(str(examples[named[0]]))
    likely = longest if is_much_longer else named[0]
    inputs = [name for name in given.input_columns if name in examples] or [likely]
    others = [name for name in named if name not in inputs] or named
    outputs = [name for name in given.output_columns if name in examples] or [others[-1]]
    lead = ""
    if any(len(name) > LONGEST_NAME for name in examples):  # the first row is one of data
        lead, inputs, outputs = """--config '{"header": false}' """, ["column 1"], ["column 2"]
    said = "".join(f"--input-column {quote(name)} " for name in inputs)
    said += " ".join(f"--output-column {quote(name)}" for name in outputs)
    line = f"Give them, such as: {lead}{said}"
    typer.echo(f"{printable(line)} (each may be given several times).", err=True)
