"""What an export was asked for, as the options that ask for it again."""

import json
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from taskschema.core.text.markdown import fence, inline
from taskschema.core.text.printing import printable

__all__ = ["recipe"]

# One of `splits` is asked for by `--split`; all others are as they are called.
FLAGS = {"splits": "split", "categories": "category", "languages": "language"}
DIGEST = 64  # hexadecimal digits


def recipe(made: Mapping[str, Any]) -> str:
    """A sentence with the options, after an empty line; empty where all was as it is by default.

    Args:
        made: what the manifest has under `options`.
    """
    options = " ".join(_options(made))
    if not options:
        return ""
    notes = "".join(f"\n{note}\n" for note in _notes(made))
    return f"\nIt was exported with these options:\n\n{fence(options)}\n{notes}"


def _notes(made: Mapping[str, Any]) -> Iterator[str]:
    """What no option says."""
    tokenizer = made.get("tokenizer", "")
    if len(tokenizer) == DIGEST:
        yield f"The sha256 of the tokenizer's `FILE` is `{tokenizer}`."
    elif tokenizer:
        yield f"The tokenizer was {inline(tokenizer)}."
    if "seed" in (filters := made.get("filters", {})):
        yield f"Instances were drawn by the seed {filters['seed']}."


def _options(made: Mapping[str, Any]) -> Iterator[str]:
    for name, value in made.items():
        flag = f"--{FLAGS.get(name, name).replace('_', '-')}"
        match name:
            case "filters":
                yield from _options({key: one for key, one in value.items() if key != "seed"})
            case "settings":
                yield from (f"--set {_said(f'{key}={_text(one)}')}" for key, one in value.items())
            case "where":
                yield from (f"{flag} {_said('='.join(pair))}" for pair in value)
            case "tokenizer":
                yield f"{flag} FILE"
            case "evaluation_split":
                yield flag
            case _:
                several = value if isinstance(value, list) else [value]
                yield from (f"{flag} {_said(_text(one))}" for one in several)


def _said(text: str) -> str:
    return shlex.quote(printable(text))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
