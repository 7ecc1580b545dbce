"""Turns violations of rules into findings with line, column and excerpt."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from taskschema.core.findings import Finding, Fix
from taskschema.core.syntax import json_pointers
from taskschema.core.syntax.json_pointers import Position
from taskschema.core.text.excerpts import excerpt
from taskschema.core.text.printing import printable
from taskschema.rules.rule import Rule, Violation

__all__ = [
    "Hit",
    "display_path",
    "line_position",
    "locate_findings",
    "make_finding",
    "position_at",
    "read_lines",
    "without_outranked",
]

START = Position(1, 1, "", 0)


class Hit(NamedTuple):
    """A violation with its rule, whose pointer refers to the file in its own schema version."""

    rule: Rule
    violation: Violation
    instance: str = ""
    """The id of the instance, or empty."""
    fix: Fix | None = None
    """The fix, with pointers into the file."""


def without_outranked(hits: Iterable[Hit]) -> list[Hit]:
    """Return one hit per rule and pointer, without those that another rule outranks there."""
    first: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        first.setdefault((hit.rule.code, hit.violation.pointer), hit)
    codes = {code for code, _ in first}
    outranked = {
        (code, hit.violation.pointer)
        for hit in first.values()
        for code in hit.rule.outranks
        if code in codes
    }
    return [hit for key, hit in first.items() if key not in outranked]


def make_finding(hit: Hit, path: Path, place: Position = START) -> Finding:
    """Return the finding of a hit at a position, by default the start of the file."""
    rule, violation = hit.rule, hit.violation
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=violation.severity or rule.severity,
        path=display_path(path),
        pointer=violation.pointer,
        line=place.line,
        column=place.column,
        message=printable(violation.message),
        instance=printable(hit.instance),
        excerpt="" if rule.secret else place.excerpt,
        caret=0 if rule.secret else place.caret,
        fix=hit.fix,
    )


def locate_findings(
    path: Path, raw: bytes, hits: Sequence[Hit], rows: tuple[str, Sequence[str]] | None = None
) -> tuple[Finding, ...]:
    """Return the findings of hits, with line, column and excerpt.

    Args:
        path: the file.
        raw: its bytes.
        hits: the hits in this file.
        rows: speeds up finding rows, see `json_pointers.locate`.
    """
    if not hits:
        return ()
    spots = [(hit.violation.pointer, hit.violation.at) for hit in hits]
    found = json_pointers.locate(raw, set(spots), rows)
    return tuple(
        make_finding(hit, path, found[spot]) for hit, spot in zip(hits, spots, strict=True)
    )


def position_at(raw: bytes, line: int, column: int) -> Position:
    """Return the position of a line and column, without an excerpt if the bytes are not UTF-8."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Position(line, column, "", 0)
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return Position(line, column, *excerpt(text, min(start + column - 1, len(text))))


def read_lines(path: Path) -> list[str]:
    """Return the lines of a text file, or an empty list if it cannot be opened."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return []


def line_position(lines: Sequence[str], line: int) -> Position:
    """Return the position of the start of a line."""
    text = lines[line - 1] if line <= len(lines) else ""
    return Position(line, 1, *excerpt(text, 0))


def display_path(path: Path) -> str:
    """Return a path as findings show it: with forward slashes and escaped control characters."""
    return printable(path.as_posix())
