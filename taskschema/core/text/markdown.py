"""Texts of tasks in Markdown, where they stay texts: no markup, no HTML, no line of their own."""

import re
from urllib.parse import quote, urlsplit

from taskschema.core.text.printing import printable

__all__ = ["code", "fence", "inline", "link"]

LONGEST = 200
# Two backslashes before a bracket begin a formula on the Hub, so that none escapes another.
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\\": "&#92;"}
ESCAPES = str.maketrans({mark: f"\\{mark}" for mark in "`*_[]|~$#!"} | ENTITIES)
# What makes a list or a heading out of the beginning or the whole of a line.
BEGINNING = re.compile(r"^(\d*)([-+=.):])")
BACKTICKS = re.compile("`+")
KEPT_IN_URL = ":/?#[]@!$&'()*+,;=%-._~"


def inline(text: str, longest: int = LONGEST) -> str:
    """The text on one line of Markdown or in a cell of a table, cut where it is long."""
    line = " ".join(text.split())
    line = printable(line[:longest]) + ("..." if len(line) > longest else "")
    return BEGINNING.sub(r"\1\\\2", line.translate(ESCAPES))


def code(text: str, longest: int = LONGEST) -> str:
    """The text as a span of code, where hosts neither link nor mention anybody; `...` for none.

    In a cell of a table its bars still have to be escaped.
    """
    line = " ".join(text.split())
    line = printable(line[:longest]) + ("..." if len(line) > longest else "") or "..."
    marks = "`" * (1 + max(map(len, BACKTICKS.findall(line)), default=0))
    # One space after and before the marks is not part of the text.
    return f"{marks} {line} {marks}" if "`" in line else f"{marks}{line}{marks}"


def link(text: str, url: str) -> str:
    """A link with an address of the web; the text alone for any other address."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        usable = None
    if not usable:
        return inline(text)
    return f"[{inline(text)}](<{quote(url, safe=KEPT_IN_URL).replace('&', '&amp;')}>)"


def fence(text: str, language: str = "") -> str:
    """A block of code, whose fence is longer than any row of backticks inside."""
    body = "\n".join(printable(line.expandtabs(4)) for line in text.strip().splitlines())
    marks = "`" * max(3, 1 + max(map(len, BACKTICKS.findall(body)), default=0))
    return f"{marks}{language}\n{body}\n{marks}"
