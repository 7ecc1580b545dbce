"""What a rule says of itself: a title, the reason and the cure, whether it can be mended, examples.

It all stands in the rule's own file: prose in the docstring, examples in `good` and `bad`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from textwrap import indent
from typing import Any, NamedTuple

from taskschema.core.findings import Applicability
from taskschema.rules.rule import RULES, CollectionRule, ConversionRule, FileRule, Rule, WaiverRule

__all__ = ["Documentation", "Example", "documentation", "examples", "mending"]

MOST_ROWS = 2  # of an example; the others are there to make up the number
MARGIN = "  "
MENDING = {
    Applicability.SAFE: "Fixable with `--fix`.",
    Applicability.UNSAFE: "Fixable with `--unsafe-fixes`.",
    None: "",
}


class Documentation(NamedTuple):
    """The docstring of a rule in its parts."""

    title: str
    """What is wrong, in one line."""
    prose: tuple[str, ...]
    """Why it matters and how to mend it: paragraphs, with the line breaks that they were given."""


class Example(NamedTuple):
    """A case, laid out to be read."""

    word: str
    """`Bad` or `Good`."""
    text: str


def documentation(rule: Rule) -> Documentation:
    """What stands in the docstring of the rule's module."""
    title, *prose = RULES.documentation(f"{rule.code.lower()}_{rule.name.replace('-', '_')}")
    return Documentation(title, tuple(prose))


def mending(rule: Rule) -> str:
    """With which option of `check` a machine mends it; empty where none can."""
    return MENDING[rule.fix]


def examples(rule: Rule) -> Iterator[Example]:
    """A case with the fault and a near miss without it, where there is something to show."""
    for word in ("Bad", "Good"):
        if value := getattr(rule, word.lower(), None):
            yield Example(word, "\n".join(_lines(rule, value)))


def _lines(rule: Rule, value: Any) -> Iterable[str]:
    if isinstance(rule, FileRule):
        return [repr(value)]
    if isinstance(rule, (ConversionRule, WaiverRule)):
        return str(value).splitlines()
    return _files(value) if isinstance(rule, CollectionRule) else _task(value)


def _files(files: Mapping[str, Any]) -> Iterator[str]:
    """Each file under its name: a list or a listing as it stands, of a task what is its own."""
    for name, content in files.items():
        is_text = isinstance(content, str)
        yield f"{name}:" if is_text else f"{name}.json:"
        lines = content.splitlines() if is_text else _task(content) if content else ["(any task)"]
        yield indent("\n".join(lines).rstrip(), MARGIN)


def _task(overlay: Mapping[str, Any]) -> Iterator[str]:
    """What is laid over a task: a line for each key, or for each of the first rows."""
    for key, part in overlay.items():
        if part is None:
            yield f"(a task without {_json(key)})"
        elif isinstance(part, list) and part and isinstance(part[0], dict):
            rows = [_json(row) for row in part[:MOST_ROWS]]
            if left := len(part) - len(rows):
                rows.append(f"... and {left:,} more")
            yield f"{_json(key)}: ["
            yield from (f"{MARGIN}{row}" for row in rows)
            yield "]"
        else:
            yield f"{_json(key)}: {_json(part)}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
