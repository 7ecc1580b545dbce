"""Submissions of crowd workers: the rows of the CSV batch of a task."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from taskschema.convert.pieces import Place, Problem
from taskschema.core.syntax import strict_json
from taskschema.core.text.printing import several

__all__ = ["ANSWER", "Submission", "is_answer", "is_of_worker", "read_batch", "text_of"]

ANSWER = "Answer."
OF_WORKER = frozenset(
    (
        *("AssignmentId", "WorkerId", "AssignmentStatus", "AcceptTime", "SubmitTime"),
        *("AutoApprovalTime", "ApprovalTime", "RejectionTime", "RequesterFeedback"),
        *("WorkTimeInSeconds", "LifetimeApprovalRate", "Last30DaysApprovalRate"),
        *("Last7DaysApprovalRate", "Approve", "Reject"),
    )
)


class Submission(NamedTuple):
    """One submission."""

    place: Place
    cells: dict[str, str]
    """The cells by column."""


def is_answer(column: str) -> bool:
    """Return whether a column holds answers of workers."""
    return column.startswith(ANSWER) and column != ANSWER


def is_of_worker(column: str) -> bool:
    """Return whether a column belongs to a worker's submission, not to the input."""
    return is_answer(column) or column in OF_WORKER


def text_of(path: Path, label: Path, most: int) -> str | Problem:
    """Return a file as text, without a byte order mark, or its problem.

    Args:
        path: the file.
        label: the path that findings show.
        most: the largest size, in bytes.
    """
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= most else b""
    except OSError as error:
        return Problem(Place(label), "unreadable-row", f"cannot be opened: {error.strerror}.")
    if size > most:
        message = f"is longer than {most:,} bytes. Make it shorter."
        return Problem(Place(label), "unreadable-row", message)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8. Save the file as UTF-8."
        return Problem(Place(label, line), "unreadable-row", message)


def read_batch(path: Path, label: Path) -> Iterator[list[str] | Submission | Problem]:
    """Yield the columns, then each row or its problem; without valid columns, only a problem."""
    text = text_of(path, label, strict_json.MAX_BYTES)
    if isinstance(text, Problem):
        yield text
        return
    rows = _rows(text)
    line, columns, fault = next(rows, (1, [], ""))
    repeated = sorted(name for name, count in Counter(columns).items() if count > 1)
    if fault or not columns or repeated:
        reason = fault or "has no columns. Name them in the first line."
        if repeated:
            reason = f"has the column `{repeated[0]}` more than once. Rename one of them."
        yield Problem(Place(label, line), "unreadable-row", reason)
        return
    yield columns
    for line, cells, fault in rows:
        place = Place(label, line)
        if fault:
            yield Problem(place, "unreadable-row", fault)
        elif len(cells) != len(columns):
            message = (
                f"has {several(len(cells), 'cell')}, but the header has "
                f"{several(len(columns), 'column')}. Fix the row."
            )
            yield Problem(place, "wrong-shape", message)
        else:
            yield Submission(place, dict(zip(columns, cells, strict=True)))


def _rows(text: str) -> Iterator[tuple[int, list[str], str]]:
    """Yield line, cells and error message of each row that is not empty."""
    reader = csv.reader(StringIO(text, newline=""))
    while True:
        line = reader.line_num + 1
        limit = csv.field_size_limit(strict_json.MAX_BYTES)  # of all of Python
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, [], f"is not valid CSV: {error}. Fix it; the following rows are not read."
            return
        finally:
            csv.field_size_limit(limit)
        if cells:
            yield line, cells, ""
