"""The documentation of a rule: title, prose, a note on its fix, and examples.

All of it is in the rule's own file: prose in the docstring, examples in `good` and `bad`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from textwrap import indent
from typing import Any, NamedTuple

from taskschema.core.findings import Applicability
from taskschema.rules.rule import RULES, CollectionRule, ConversionRule, FileRule, Rule, WaiverRule

__all__ = ["Documentation", "Example", "documentation", "examples", "fix_note"]

MOST_ROWS = 2  # rows shown per example; the rest only reaches the required number
MARGIN = "  "
FIX_NOTES = {
    Applicability.SAFE: "Fixable with `--fix`.",
    Applicability.UNSAFE: "Fixable with `--unsafe-fixes`.",
    None: "",
}


class Documentation(NamedTuple):
    """The docstring of a rule in its parts."""

    title: str
    """What is wrong, in one line."""
    prose: tuple[str, ...]
    """Why it matters and how to fix it: paragraphs, with the line breaks of the docstring."""


class Example(NamedTuple):
    """An example of a rule, laid out to be read."""

    label: str
    """`Bad` or `Good`."""
    text: str


def documentation(rule: Rule) -> Documentation:
    """Return the docstring of the rule's module in its parts."""
    title, *prose = RULES.documentation(f"{rule.code.lower()}_{rule.name.replace('-', '_')}")
    return Documentation(title, tuple(prose))


def fix_note(rule: Rule) -> str:
    """Return the option of `check` that fixes the rule's findings, as a sentence; may be empty."""
    return FIX_NOTES[rule.fix]


def examples(rule: Rule) -> Iterator[Example]:
    """Yield a case that breaks the rule and a similar one that does not, if the rule has them."""
    for label in ("Bad", "Good"):
        if value := getattr(rule, label.lower(), None):
            yield Example(label, "\n".join(_lines(rule, value)))


def _lines(rule: Rule, value: Any) -> Iterable[str]:
    if isinstance(rule, FileRule):
        return [repr(value)]
    if isinstance(rule, (ConversionRule, WaiverRule)):
        return str(value).splitlines()
    return _file_lines(value) if isinstance(rule, CollectionRule) else _task_lines(value)


def _file_lines(files: Mapping[str, Any]) -> Iterator[str]:
    """Yield each file under its name: other files whole, tasks by the keys that differ."""
    for name, content in files.items():
        lines: Iterable[str]
        if isinstance(content, str):
            yield f"{name}:"
            lines = content.splitlines()
        else:
            yield f"{name}.json:"
            lines = _task_lines(content) if content else ["(any task)"]
        yield indent("\n".join(lines).rstrip(), MARGIN)


def _task_lines(overlay: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each key of an overlay, or for each of its first rows."""
    for key, part in overlay.items():
        if part is None:
            yield f"(a task without {_json(key)})"
        elif isinstance(part, list) and part and isinstance(part[0], dict):
            rows = [_json(row) for row in part[:MOST_ROWS]]
            if remaining := len(part) - len(rows):
                rows.append(f"... and {remaining:,} more")
            yield f"{_json(key)}: ["
            yield from (f"{MARGIN}{row}" for row in rows)
            yield "]"
        else:
            yield f"{_json(key)}: {_json(part)}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
