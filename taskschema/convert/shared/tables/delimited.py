"""Reads and writes delimited text: a row per line, with a delimiter between cells.

A cell in quotation marks may hold delimiters, line breaks and doubled quotation marks. A row that
breaks these rules is reported, and reading continues with the next line.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Literal, NamedTuple

from taskschema.core.syntax import strict_json

__all__ = ["DelimitedRow", "first_line", "line_of", "records"]

HINT = "Save the file as UTF-8; a file from Windows: `iconv -f WINDOWS-1252 -t UTF-8`."
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
QUOTED = re.compile(r'"[^"]*"')
MARKED = re.compile(r'[,;\t"\r\n\0]|^\s|\s$')
FAULTS = {
    "expected after": "a quotation mark is inside a cell. Double it, and put the cell in "
    "quotation marks; if no cell of the file is quoted, give `--config '{\"quotes\": false}'`.",
    "unexpected end": "a quotation mark opens a cell here and is never closed. Close it; "
    "if no cell of the file is quoted, give `--config '{\"quotes\": false}'`.",
    "field larger": f"a cell is longer than {strict_json.MAX_BYTES:,} characters. Close its "
    "quotation mark, or remove it.",
}


class DelimitedRow(NamedTuple):
    """The cells of one row, or the error in it."""

    line: int
    """The line where it starts, 1-based."""
    cells: list[str]
    fault: str = ""
    """The error and how to fix it, in sentences; then there are no cells."""


def first_line(path: Path) -> str:
    """Return the first line that is not blank, without quoted text; or an empty text.

    Raises:
        OSError: the file cannot be opened.
    """
    with _opened(path) as file:
        while line := file.readline(strict_json.MAX_BYTES):
            if line.strip():
                return QUOTED.sub("", line)
    return ""


def records(path: Path, delimiter: str, *, quotes: bool = True) -> Iterator[DelimitedRow]:
    """Yield the rows of a file; blank lines are skipped.

    Args:
        path: the file, in UTF-8 with any line breaks; a byte order mark is skipped.
        delimiter: the character between cells.
        quotes: whether cells may be in quotation marks; if not, these are ordinary text.

    Raises:
        OSError: the file cannot be opened.
    """
    with path.open("rb") as file:
        if file.read(2) in UTF_16:
            yield DelimitedRow(1, [], "the file is UTF-16. Save it as UTF-8.")
            return
    csv.field_size_limit(max(csv.field_size_limit(), strict_json.MAX_BYTES))
    with _opened(path) as file:
        lines = _Lines(file)
        style: Literal[0, 3] = csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE
        reader = csv.reader(lines, delimiter=delimiter, quoting=style, strict=True)
        while True:
            lines.taken.clear()
            start = lines.number + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                known = (text for key, text in FAULTS.items() if key in str(error))
                yield DelimitedRow(start, [], next(known, f"is not a row: {error}. Fix it."))
                lines.back()
                continue
            if fault := _fault(lines.taken, quotes=quotes):
                yield DelimitedRow(start, [], fault)
            elif any(cells):
                yield DelimitedRow(start, cells)


def line_of(cells: Iterable[str], delimiter: str) -> bytes:
    """Return one row as a line, with quotation marks only where they are needed."""
    quoted = (
        f'"{cell.replace(chr(34), 2 * chr(34))}"' if MARKED.search(cell) else cell for cell in cells
    )
    return f"{delimiter.join(quoted)}\n".encode()


class _Lines(Iterator[str]):
    """The lines of a file; those of the current row can be read again."""

    def __init__(self, file: IO[str]) -> None:
        self.file = file
        self.number = 0
        """The number of the line that was read last."""
        self.taken: list[str] = []
        self.again: list[str] = []

    def __next__(self) -> str:
        line = self.again.pop() if self.again else self.file.readline(strict_json.MAX_BYTES)
        if not line:
            raise StopIteration
        self.number += 1
        self.taken.append(line)
        return line

    def back(self) -> None:
        """Go back to the line after the first one of the row."""
        self.number -= len(self.taken) - 1
        self.again += self.taken[:0:-1]
        self.taken.clear()


def _opened(path: Path) -> IO[str]:
    # Bytes that are not UTF-8 become halves of surrogate pairs, which valid UTF-8 never gives.
    return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")


def _fault(lines: Sequence[str], *, quotes: bool) -> str:
    """The error in the characters of a row; empty if there is none."""
    text = "".join(lines)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            byte = ord(text[error.start]) - 0xDC00
            return f"byte 0x{byte:02x} is not UTF-8. {HINT}"
    if "\0" in text and (not quotes or "\0" in QUOTED.sub("", text)):
        return "holds a NUL character outside of quotation marks. Save the file as text in UTF-8."
    return ""
