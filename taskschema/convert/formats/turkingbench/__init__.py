"""TurkingBench: one folder per task, with an HTML form and a CSV batch of answers.

A folder holds `template.html`, the form, and `batch.csv`, its answers.

Read: the text of the page before the first line with a placeholder `${column}` is the definition.
The rest, filled in from a row, is the input of an instance. A column that is only used where the
reader does not see it, such as the URL of an image, is added as `column: value`; no script runs. A
cell without text, such as a video, is replaced by its URLs.

Each column `Answer.<name>` is a field of the answer: of type `text` (text, textarea, hidden, or a
field that is not in the page), `label` (radio, select, a single checkbox), `set` (several
checkboxes) or `number` (number, range). The labels are the values that the form offers, if all
answers are among them. A single field named `answer` is a plain text or label.

Rows with the same `HITId`, or with the same cells apart from answers and columns about the worker,
make one instance. Their answers are its alternatives, the most frequent first, and blanks last
unless they are an unticked checkbox. Title and description become summary and description.
`extras.turkingbench` keeps the template, the columns and the rows.

Written: one folder per task, with its own template if it has one, else with a page made of its
definition and fields. Everything else is in a script of type `application/json` at the end of the
page and in the column `taskschema`, so nothing is lost.
"""

import csv
from collections.abc import Generator, Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import orjson

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.formats.turkingbench.page_from_task import (
    EMBEDDED,
    page_and_rows,
    split_embedded,
)
from taskschema.convert.formats.turkingbench.submissions import (
    ANSWER,
    Submission,
    is_answer,
    is_of_worker,
    read_batch,
    text_of,
)
from taskschema.convert.formats.turkingbench.task_from_page import (
    BOX,
    Page,
    instance_of,
    page_of,
    task_head,
)
from taskschema.convert.pieces import (
    Chunk,
    ConversionSource,
    Document,
    Item,
    Piece,
    Place,
    Problem,
    Sample,
    SourceCounts,
    tasks_in,
)
from taskschema.convert.shared.rows.json_difference import difference, overlaid
from taskschema.convert.shared.rows.schema_fit import fits_as_instance, fits_without_instances
from taskschema.convert.shared.rows.task_names import TaskNames
from taskschema.convert.shared.rows.tasks_from_rows import BROKEN_COLUMN, with_ids
from taskschema.convert.shared.rows.taskschema_column import COLUMN
from taskschema.convert.shared.sources.json_files import files_in, label_of
from taskschema.core.syntax import strict_json

TEMPLATE, BATCH = "template.html", "batch.csv"
LONGEST_PAGE = 4_000_000  # bytes
NUMBER, ROW, CARRIED = "instance", "row", "carried"
LOST = (
    "the row is missing whose `taskschema` holds further fields of this instance, such as its id. "
    "Restore that row to keep them."
)


def sniff(sample: Sample) -> bool:
    """Return whether a folder, or one below it, has a template and a batch."""
    names = set(sample.names)
    return any(
        name.removesuffix(BATCH) + TEMPLATE in names
        for name in names
        if name == BATCH or name.endswith(f"/{BATCH}")
    )


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Yield one task per folder with a batch."""
    names = TaskNames(options.name)
    found = False
    for path in files_in(source):
        if isinstance(path, Problem):
            yield path
        elif path.name == BATCH:
            found = True
            name = source.name if path.parent == source.path else path.parent.name
            key = label_of(source, path).as_posix()
            yield from _task(source, path, names.of(name, key), options)
    if not found:
        message = f"has no `{BATCH}`. Name the folder of a task, or a folder of such folders."
        yield Problem(source.place(), "wrong-shape", message)


def _task(
    source: ConversionSource, path: Path, name: str, options: ConvertOptions
) -> Iterator[Piece]:
    """Yield the task of one folder, and its problems."""
    label = label_of(source, path)
    html = _template(source, path.with_name(TEMPLATE), label.with_name(TEMPLATE))
    if isinstance(html, Problem):
        yield html
        return
    columns, submissions, refused = yield from _batch(path, label)
    read = len(submissions) + refused
    if columns and not any(map(is_answer, columns)):
        message = "has no column `Answer.<field>`. Use the batch with its answers."
        yield Problem(Place(label), "missing-answer", message)
        columns = []
    template, carried = split_embedded(html)
    if not columns:
        yield SourceCounts(read, 0, read)
        return
    page = page_of(template, columns)
    yield from _assumed(page, label)
    natural = task_head(
        page, [submission.cells for submission in submissions], name, options.instruction
    )
    task = overlaid(natural, carried) if isinstance(carried, dict) else natural
    if carried is not None and (not isinstance(carried, dict) or not fits_without_instances(task)):
        yield Problem(Place(label.with_name(TEMPLATE)), "wrong-shape", BROKEN_COLUMN)
        yield SourceCounts(read, 0, read)
        return
    instances: list[Document] = []
    merged = 0
    for members in _groups(submissions, options):
        row = _instance(page, natural, task, members)
        if isinstance(row, Problem):
            refused += len(members)
            yield row
        else:
            yield from _missing_column(members)
            merged += len(members) - 1
            instances.append(row)
    if instances or not refused:
        yield task | {"instances": list(with_ids(str(task["name"]), instances))}
    yield SourceCounts(read, merged, refused)


def _batch(
    path: Path, label: Path
) -> Generator[Problem, None, tuple[list[str], list[Submission], int]]:
    """Return the columns but `taskschema`, the valid rows and the number of invalid ones."""
    columns: list[str] = []
    submissions: list[Submission] = []
    refused = 0
    for found in read_batch(path, label):
        if isinstance(found, list):
            columns = [column for column in found if column != COLUMN]
        elif isinstance(found, Submission):
            submissions.append(found)
        else:
            refused += bool(columns)
            yield found
    return columns, submissions, refused


def _template(source: ConversionSource, path: Path, label: Path) -> str | Problem:
    """Return the text of a template, which must be inside the source."""
    root = source.path if source.path.is_dir() else source.path.parent
    if path.resolve().is_relative_to(root.resolve()):
        return text_of(path, label, LONGEST_PAGE)
    message = "is a link out of the folder. Put the file itself here."
    return Problem(Place(label), "unreadable-row", message)


def _assumed(page: Page, label: Path) -> Iterator[Problem]:
    """Yield a problem if answers have no field in the page."""
    names = [column.removeprefix(ANSWER) for column in page.columns if is_answer(column)]
    without = [name for name in names if name not in page.form.fields]
    if without:
        message = (
            f"{len(without):,} of {len(names):,} answers, such as `{without[0]}`, have no field in "
            "the page; a script may add it. They are treated as texts."
        )
        yield Problem(Place(label), "assumed", message, refuses=False)


def _groups(submissions: list[Submission], options: ConvertOptions) -> Iterable[list[Submission]]:
    """Return the submissions grouped by input."""
    groups: dict[Any, list[Submission]] = {}
    for index, submission in enumerate(submissions):
        key: Any = index
        if isinstance(number := _carried(submission).get(NUMBER), int):
            key = f"instance {number}"
        elif options.merge and submission.cells.get("HITId"):
            key = ("HITId", submission.cells["HITId"])
        elif options.merge:
            key = tuple(
                cell
                for name, cell in submission.cells.items()
                if not is_of_worker(name) and name != COLUMN
            )
        groups.setdefault(key, []).append(submission)
    return groups.values()


def _carried(submission: Submission) -> Document:
    """Return the object in the column `taskschema`; empty if there is none."""
    value, faults = strict_json.parse(submission.cells.get(COLUMN, "").encode() or b"{}")
    return value if not faults and isinstance(value, dict) else {}


def _column(submissions: list[Submission]) -> Document:
    """Return the column `taskschema` of the row that holds the whole instance."""
    columns = [_carried(submission) for submission in submissions]
    return next((column for column in columns if CARRIED in column), columns[0])


def _missing_column(submissions: list[Submission]) -> Iterator[Problem]:
    """Yield a problem if the row whose column carries the instance is missing."""
    column = _column(submissions)
    if NUMBER in column and CARRIED not in column:
        yield Problem(submissions[0].place, "assumed", LOST, refuses=False)


def _place_of(submission: Submission) -> int:
    """Return the number that a row had among the rows of its instance when it was written."""
    place = _carried(submission).get(ROW)
    return place if isinstance(place, int) else 0


def _instance(
    page: Page, natural: Document, task: Document, submissions: list[Submission]
) -> Document | Problem:
    """Return the instance of a group of submissions, or its problem."""
    column = _column(submissions)
    submissions = sorted(submissions, key=_place_of)
    is_filled = any(
        cell.strip()
        for submission in submissions
        for name, cell in submission.cells.items()
        if is_answer(name)
    )
    has_boxes = any(field.kind == BOX for field in page.form.fields.values())
    if not is_filled and not has_boxes and not column:
        message = "has no answer. Fill it in or remove the row."
        return Problem(submissions[0].place, "missing-answer", message)
    rows = [{name: submission.cells[name] for name in page.columns} for submission in submissions]
    made = instance_of(page, natural, rows)
    carried = column.get(CARRIED, {})
    whole = overlaid(made, carried) if isinstance(carried, dict) else {}
    if (submissions[0].cells.get(COLUMN) and not column) or not fits_as_instance(
        {"id": "a"} | whole, task
    ):
        return Problem(submissions[0].place._replace(pointer=COLUMN), "wrong-shape", BROKEN_COLUMN)
    return whole


def write(items: Iterable[Item], options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """Yield one folder per task."""
    for task in tasks_in(items):
        name = task["name"]
        template, columns, groups = page_and_rows(task)
        page = page_of(template, columns)
        natural = task_head(page, [row for rows in groups for row in rows], name, None)
        whole = {key: value for key, value in task.items() if key != "instances"}
        if not options.bare:
            template += EMBEDDED.format(_json(difference(whole, natural)).replace("<", "\\u003c"))
        yield Chunk(f"{name}/{TEMPLATE}", template.encode())
        names = columns if options.bare else [*columns, COLUMN]
        yield Chunk(f"{name}/{BATCH}", _line(names))
        for number, (row, cells) in enumerate(zip(task["instances"], groups, strict=True)):
            found = difference(row, instance_of(page, natural, cells))
            for index, one in enumerate(cells):
                column = {NUMBER: number} | ({ROW: index} if index else {CARRIED: found})
                more = [] if options.bare else [_json(column)]
                yield Chunk(f"{name}/{BATCH}", _line([one[key] for key in columns] + more))


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _line(cells: list[str]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()


FORMAT = Format(
    title="TurkingBench tasks: a folder with an HTML form and a batch of answers in CSV",
    sniff=sniff,
    read=read,
    write=write,
    reads="folder",
)
