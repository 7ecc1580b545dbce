"""From violations to findings: which of them speak, and where in the file they stand."""

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
    "finding",
    "line_in",
    "lines_of",
    "place_in",
    "placed",
    "shown",
    "without_outranked",
]

START = Position(1, 1, "", 0)


class Hit(NamedTuple):
    """A violation of a rule whose pointer leads into the file itself."""

    rule: Rule
    violation: Violation
    instance: str = ""
    """The id of the instance concerned."""
    fix: Fix | None = None
    """With pointers into the file itself."""


def without_outranked(hits: Iterable[Hit]) -> list[Hit]:
    """One of a rule at each pointer, without those that another rule outranks there."""
    first: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        first.setdefault((hit.rule.code, hit.violation.pointer), hit)
    codes = {code for code, _ in first}
    silent = {
        (code, hit.violation.pointer)
        for hit in first.values()
        for code in hit.rule.outranks
        if code in codes
    }
    return [hit for about, hit in first.items() if about not in silent]


def finding(hit: Hit, path: Path, place: Position = START) -> Finding:
    """A hit as a finding at its place; the start of the file by default."""
    rule, violation = hit.rule, hit.violation
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=violation.severity or rule.severity,
        path=shown(path),
        pointer=violation.pointer,
        line=place.line,
        column=place.column,
        message=printable(violation.message),
        instance=printable(hit.instance),
        excerpt="" if rule.secret else place.excerpt,
        caret=0 if rule.secret else place.caret,
        fix=hit.fix,
    )


def placed(
    path: Path, raw: bytes, hits: Sequence[Hit], rows: tuple[str, Sequence[str]] | None = None
) -> tuple[Finding, ...]:
    """Findings with line, column and excerpt.

    `rows` is what `places.locate` takes to find rows fast.
    """
    if not hits:
        return ()
    spots = [(hit.violation.pointer, hit.violation.at) for hit in hits]
    found = json_pointers.locate(raw, set(spots), rows)
    return tuple(finding(hit, path, found[spot]) for hit, spot in zip(hits, spots, strict=True))


def place_in(raw: bytes, line: int, column: int) -> Position:
    """A line and column of any bytes as a place; where they are not text, without an excerpt."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Position(line, column, "", 0)
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return Position(line, column, *excerpt(text, min(start + column - 1, len(text))))


def lines_of(path: Path) -> list[str]:
    """The lines of any text file; none if it cannot be opened."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return []


def line_in(lines: Sequence[str], line: int) -> Position:
    """The start of a line of any text as a place."""
    text = lines[line - 1] if line <= len(lines) else ""
    return Position(line, 1, *excerpt(text, 0))


def shown(path: Path) -> str:
    """A path as findings name it: with forward slashes, and nothing in it that could hide."""
    return printable(path.as_posix())
