"""Text with a row a line and cells between delimiters, read strictly and written again.

A cell in quotation marks may hold delimiters and line breaks, and its own marks twice. A row that
breaks this is told, and the next line read as the next row.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Literal, NamedTuple

from taskschema.core.syntax import strict_json

__all__ = ["DelimitedRow", "first_line", "line_of", "records"]

CURE = "Save the file as UTF-8; a file from Windows: `iconv -f WINDOWS-1252 -t UTF-8`."
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
QUOTED = re.compile(r'"[^"]*"')
MARKED = re.compile(r'[,;\t"\r\n\0]|^\s|\s$')
FAULTS = {
    "expected after": "a quotation mark stands inside a cell. Write it twice, and the cell in "
    "quotation marks; where no cell of the file is quoted, give `--config '{\"quotes\": false}'`.",
    "unexpected end": "a quotation mark opens a cell here and never closes it. Close it; "
    "where no cell of the file is quoted, give `--config '{\"quotes\": false}'`.",
    "field larger": f"a cell is longer than {strict_json.MAX_BYTES:,} characters. Close its "
    "quotation mark, or leave it out.",
}


class DelimitedRow(NamedTuple):
    """The cells of one row, or what is wrong with it."""

    line: int
    """Where it begins, 1-based."""
    cells: list[str]
    fault: str = ""
    """As a sentence with a cure; then there are no cells."""


def first_line(path: Path) -> str:
    """The first line that is not blank, without what stands in quotation marks; or nothing.

    Raises:
        OSError: the file cannot be opened.
    """
    with _opened(path) as file:
        while line := file.readline(strict_json.MAX_BYTES):
            if line.strip():
                return QUOTED.sub("", line)
    return ""


def records(path: Path, delimiter: str, *, quotes: bool = True) -> Iterator[DelimitedRow]:
    """The rows of a file, blank lines left out.

    Args:
        path: the file, of UTF-8 with any line breaks; a byte order mark is passed over.
        delimiter: what stands between cells.
        quotes: whether quotation marks stand round cells; else they are text like any other.

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
                yield DelimitedRow(start, [], next(known, f"is no row: {error}. Mend it."))
                lines.back()
                continue
            if fault := _fault(lines.taken, quotes=quotes):
                yield DelimitedRow(start, [], fault)
            elif any(cells):
                yield DelimitedRow(start, cells)


def line_of(cells: Iterable[str], delimiter: str) -> bytes:
    """One row as it is written: quotation marks only where they are needed."""
    quoted = (
        f'"{cell.replace(chr(34), 2 * chr(34))}"' if MARKED.search(cell) else cell for cell in cells
    )
    return f"{delimiter.join(quoted)}\n".encode()


class _Lines(Iterator[str]):
    """The lines of a file; those of the row at hand can be read again."""

    def __init__(self, file: IO[str]) -> None:
        self.file = file
        self.number = 0
        """Of the line that was read last."""
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
    # What is no UTF-8 becomes half surrogate pairs, which no UTF-8 can stand for.
    return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")


def _fault(lines: Sequence[str], *, quotes: bool) -> str:
    """What is wrong with the characters of a row."""
    text = "".join(lines)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            byte = ord(text[error.start]) - 0xDC00
            return f"byte 0x{byte:02x} is not UTF-8. {CURE}"
    if "\0" in text and (not quotes or "\0" in QUOTED.sub("", text)):
        return "holds a NUL character outside of quotation marks. Save the file as text in UTF-8."
    return ""
