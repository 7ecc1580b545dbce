"""From violations to findings: which of them speak, and where in the file they stand."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from taskschema import places
from taskschema.findings import Finding, Fix
from taskschema.rules import Rule, Violation
from taskschema.text import printable

__all__ = ["Hit", "finding", "line_of", "placed", "shown", "spoken"]

WIDEST_EXCERPT = 120  # characters
BEFORE_CARET = 40


class Hit(NamedTuple):
    """A violation of a rule whose pointer leads into the file itself."""

    rule: Rule
    violation: Violation
    instance: str = ""
    """The id of the instance concerned."""
    fix: Fix | None = None
    """With pointers into the file itself."""


def spoken(hits: Iterable[Hit]) -> list[Hit]:
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


def finding(
    hit: Hit, path: Path, place: tuple[int, int] = (1, 1), excerpt: tuple[str, int] = ("", 0)
) -> Finding:
    """A hit as a finding at a line and column; the start of the file by default."""
    rule, violation = hit.rule, hit.violation
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=violation.severity or rule.severity,
        path=shown(path),
        pointer=violation.pointer,
        line=place[0],
        column=place[1],
        message=printable(violation.message),
        instance=hit.instance,
        excerpt=excerpt[0],
        caret=excerpt[1],
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
    text = raw.decode()
    found = places.locate(text, {hit.violation.pointer for hit in hits}, rows)
    return tuple(
        finding(
            hit,
            path,
            found[hit.violation.pointer][:2],
            ("", 0) if hit.rule.secret else excerpt(text, found[hit.violation.pointer][2]),
        )
        for hit in hits
    )


def excerpt(text: str, offset: int) -> tuple[str, int]:
    """The line round an offset, cut where it is long, and where in it the offset is."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    before, after = "", ""
    if end - start > WIDEST_EXCERPT:
        if offset - start > BEFORE_CARET:
            start, before = offset - BEFORE_CARET, "..."
        if end - start > WIDEST_EXCERPT:
            end, after = start + WIDEST_EXCERPT, "..."
    lead = before + _shown(text[start:offset])
    return lead + _shown(text[offset:end]) + after, len(lead)


def line_of(raw: bytes, line: int, column: int) -> tuple[str, int]:
    """The excerpt at a line and column of any bytes; empty where they are not text."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "", 0
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return excerpt(text, min(start + column - 1, len(text)))


def shown(path: Path) -> str:
    """A path as findings name it: with forward slashes, and nothing in it that could hide."""
    return printable(path.as_posix())


def _shown(text: str) -> str:
    """What can be printed of a line; a tab takes one column, as it counts for one."""
    return printable(text.replace("\t", " ").removesuffix("\r"))
