"""Escaping of task texts for Markdown: no markup, no HTML, no mention, no line of their own."""

import re
from urllib.parse import quote, urlsplit

from taskschema.core.text.printing import printable

__all__ = ["code", "code_span", "fence", "inline", "link", "table_cell"]

MAX_LENGTH = 200  # characters of one text
# On the Hub, two backslashes before a bracket start a formula: no escape may follow a backslash.
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\\": "&#92;"}
ESCAPES = str.maketrans({mark: f"\\{mark}" for mark in "`*_[]|~$#!"} | ENTITIES)
# Marks that turn the start of a line, or a whole line, into a list or a heading.
LINE_START = re.compile(r"^(\d*)([-+=.):])")
BACKTICKS = re.compile("`+")
BAR = re.compile(r"(\\*)\|")
SAFE_IN_URL = ":/?#[]@!$&'()*+,;=%-._~"


def inline(text: str, longest: int = MAX_LENGTH) -> str:
    """Return a text as plain text for a line of Markdown or a table cell, cut to `longest`."""
    return LINE_START.sub(r"\1\\\2", _one_line(text, longest).translate(ESCAPES))


def code(text: str, longest: int = MAX_LENGTH) -> str:
    """Return a text as a code span on one line, cut to `longest`; `...` for an empty text.

    Hosts neither link nor mention what is in a code span. In a table, pass the span to
    `table_cell`.
    """
    return code_span(_one_line(text, longest) or "...")


def code_span(line: str) -> str:
    """Return a printable, non-empty line as a code span that shows every character of it.

    The fence is longer than any run of backticks inside.
    """
    marks = _longer_than_inside(line, shortest=1)
    # Markdown strips one space from both ends of a span, unless the span is blank.
    padded = "`" in line or line.strip() not in ("", line)
    return f"{marks} {line} {marks}" if padded else f"{marks}{line}{marks}"


def table_cell(markdown: str) -> str:
    r"""Return Markdown for a cell of a table: each bar is escaped, even in a code span.

    A bar ends the cell unless an odd number of backslashes precedes it, so `\|` becomes `\\\|`.
    """
    return BAR.sub(lambda bar: f"{bar[1]}{bar[1][: len(bar[1]) % 2]}\\|", markdown)


def link(text: str, url: str) -> str:
    """Return a link to a web address; for any other address, only the text."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        usable = None
    if not usable:
        return inline(text)
    return f"[{inline(text)}](<{quote(url, safe=SAFE_IN_URL).replace('&', '&amp;')}>)"


def fence(text: str, language: str = "") -> str:
    """Return a text as a code block, whose fence is longer than any run of backticks inside."""
    body = "\n".join(printable(line.expandtabs(4)) for line in text.strip().splitlines())
    marks = _longer_than_inside(body, shortest=3)
    return f"{marks}{language}\n{body}\n{marks}"


def _one_line(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return printable(line[:longest]) + ("..." if len(line) > longest else "")


def _longer_than_inside(text: str, *, shortest: int) -> str:
    """Return a run of backticks longer than any run in a text, and not shorter than `shortest`."""
    return "`" * max(shortest, 1 + max(map(len, BACKTICKS.findall(text)), default=0))
