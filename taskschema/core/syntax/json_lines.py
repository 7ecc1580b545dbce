"""Streams rows of JSON with their places: JSON Lines, the items of a list, or one object.

A file is never in memory as a whole, unless it is a single object. A broken row is reported and
reading continues with the next row.
"""

import json
from codecs import getincrementaldecoder
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from taskschema.core.syntax import strict_json

__all__ = ["Row", "json_rows"]

CHUNK = 1 << 20  # bytes
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
SPACE = " \t\n\r"
ONE_ROW = "A line holds one row and nothing after it."
LINE_TOO_LONG = f"is longer than {strict_json.MAX_BYTES:,} bytes. Split or remove it."


class Row(NamedTuple):
    """One row, or the error in it."""

    line: int
    """The line of its start, 1-based."""
    column: int
    """The column of its start: 1-based, in code points."""
    pointer: str
    """Its place in a list; empty for a line or a single object."""
    value: Any
    fault: str = ""
    """The error and how to fix it; then there is no value."""


def json_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a file: the items of a list, all lines but blank ones, or one object.

    A row may be any JSON value. A byte order mark is skipped.

    Raises:
        OSError: the file cannot be opened.
    """
    with path.open("rb") as file:
        start = file.read(CHUNK).removeprefix(BYTE_ORDER_MARK).lstrip()
        file.seek(0)
        if start[:1] == b"[":
            yield from _items(file)
        elif (whole := _single(path, start)) is not None:
            yield whole
        else:
            yield from _lines(file)


def _single(path: Path, start: bytes) -> Row | None:
    """Return the row of a file that is one object over several lines; else None."""
    first = start.partition(b"\n")[0].strip()
    if start[:1] != b"{" or not strict_json.parse(first)[1]:
        return None
    if path.stat().st_size > strict_json.MAX_BYTES:
        return None
    document, faults = strict_json.parse(path.read_bytes().removeprefix(BYTE_ORDER_MARK))
    return None if faults else Row(1, 1, "", document)


def _lines(file: IO[bytes]) -> Iterator[Row]:
    number = 0
    while raw := file.readline(strict_json.MAX_BYTES + 1):
        number += 1
        if len(raw) > strict_json.MAX_BYTES:
            while raw and not raw.endswith(b"\n"):
                raw = file.readline(CHUNK)
            yield Row(number, 1, "", None, LINE_TOO_LONG)
            continue
        if number == 1:
            raw = raw.removeprefix(BYTE_ORDER_MARK)
        if not raw.strip():
            continue
        value, faults = strict_json.parse(raw)
        if faults:
            message = faults[0].message.replace(strict_json.ONE_TASK, ONE_ROW)
            yield Row(number, faults[0].column, "", None, message)
        else:
            yield Row(number, 1, "", value)


class _Text:
    """The text of a file from a moving place on, with the line and column of the place."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.decoder = getincrementaldecoder("utf-8")()
        self.buffer = ""
        self.at = 0  # in the buffer
        self.line, self.column = 1, 1  # of that place
        self.ended = False

    def more(self, least: int) -> None:
        """Read more of the file; raises UnicodeDecodeError."""
        raw = self.file.read(max(CHUNK, least))
        self.ended = not raw
        self.buffer = self.buffer[self.at :] + self.decoder.decode(raw, final=not raw)
        self.at = 0

    def pass_over(self, end: int) -> None:
        """Move the place forward to `end` in the buffer."""
        breaks = self.buffer.count("\n", self.at, end)
        if breaks:
            self.line += breaks
            self.column = end - self.buffer.rfind("\n", self.at, end)
        else:
            self.column += end - self.at
        self.at = end

    def next_mark(self) -> str:
        """Skip white space and return the next character; empty at the end of the file."""
        while True:
            end = self.at
            while end < len(self.buffer) and self.buffer[end] in SPACE:
                end += 1
            self.pass_over(end)
            if end < len(self.buffer):
                return self.buffer[end]
            if self.ended:
                return ""
            self.more(CHUNK)


def _items(file: IO[bytes]) -> Iterator[Row]:
    """Yield the items of one list; an error between items ends it, as later places are unsure."""
    text = _Text(file)
    try:
        text.more(CHUNK)
        text.pass_over(len(text.buffer) - len(text.buffer.removeprefix("\ufeff")))
        text.next_mark()
        text.pass_over(text.at + 1)  # the opening bracket
        index = 0
        while (mark := text.next_mark()) != "]":
            if index and mark == ",":
                text.pass_over(text.at + 1)
                mark = text.next_mark()
            elif index:
                yield _broken(text, index, mark, "a comma or the end of the list")
                return
            length = _length(text)
            if not length:
                yield _broken(text, index, mark, "an item of the list")
                return
            raw = text.buffer[text.at : text.at + length].encode()
            value, faults = strict_json.parse(raw)
            fault = faults[0].message if faults else ""
            yield Row(text.line, text.column, f"/{index}", value, fault)
            text.pass_over(text.at + length)
            index += 1
        text.pass_over(text.at + 1)
        if mark := text.next_mark():
            yield _broken(text, index, mark, "the end of the file")
    except UnicodeDecodeError as error:
        message = f"byte 0x{error.object[error.start]:02x} is not UTF-8. Save the file as UTF-8."
        yield Row(text.line, text.column, "", None, message)


def _broken(text: _Text, index: int, mark: str, expected: str) -> Row:
    found = f"found {mark!r}" if mark else "the file ends"
    message = f"expected {expected}, {found}; the rest is not read. Correct the list here."
    return Row(text.line, text.column, f"/{index}", None, message)


def _length(text: _Text) -> int:
    """Return the number of characters of the value at this place; 0 if there is none."""
    decoder = json.JSONDecoder()
    while True:
        try:
            _, end = decoder.raw_decode(text.buffer, text.at)
        except (json.JSONDecodeError, RecursionError) as error:
            place = getattr(error, "pos", len(text.buffer))
            # Only an error near the end of the buffer may go away with more text.
            open_text = "Unterminated" in str(error) or "escape" in str(error)
            near_end = place >= len(text.buffer) - 16 or open_text
            if text.ended or not near_end or len(text.buffer) - text.at > strict_json.MAX_BYTES:
                return 0
        else:
            if end < len(text.buffer) or text.ended:
                return end - text.at
        text.more(len(text.buffer) - text.at)
