"""TurkingBench: a folder for each task, with `template.html`, a form, and `batch.csv`, its answers.

Read, the page's text before the first line with a placeholder `${column}` is the definition, and
the rest, filled in from a row, the input of an instance. What is filled in only where nobody sees
it, as an image's address, is added as `column: value`; no script runs. Of a cell without text, such
as a film, its addresses are taken. Each column `Answer.<name>` is a field of the answers: of type
`text` (text, textarea, hidden, or no such field in the page), `label` (radio, select, one
checkbox), `set` (several checkboxes) or `number` (number, range). Its labels are those the form
offers, if all answers are among them. Rows with the same `HITId`, or with the same cells but for
answers and the columns about a worker, make one instance: its alternatives are what they fill in,
the most frequent first, and what is left blank last unless it is a box that nobody ticked. A single
field named `answer` is a plain text or label. Title and description become summary and description;
`extras.turkingbench` keeps the template, the columns and the rows.

Written, a task is a folder again: its own template where it has one, else a page made of its
definition and fields. A script of type `application/json` at the end of the page and the column
`taskschema` carry what page and row do not say, so that nothing is lost.
"""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import orjson

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.formats.turkingbench.hits import (
    ANSWER,
    Submission,
    batch,
    is_answer,
    is_of_worker,
    text_of,
)
from taskschema.convert.formats.turkingbench.page import EMBEDDED, embedded, sheet_of
from taskschema.convert.formats.turkingbench.to_task import BOX, Page, head, instance, page_of
from taskschema.convert.pieces import (
    Chunk,
    CompanionFile,
    ConversionSource,
    Document,
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
    "the row is gone whose `taskschema` holds what the others do not say of this instance, such as "
    "its id. Put it back if you want that."
)


def sniff(sample: Sample) -> bool:
    """Whether a folder, or one below it, has a template and a batch."""
    names = set(sample.names)
    return any(
        name.removesuffix(BATCH) + TEMPLATE in names
        for name in names
        if name == BATCH or name.endswith(f"/{BATCH}")
    )


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """A task for each folder with a batch."""
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
        message = f"holds no `{BATCH}`. Name the folder of a task, or one of such folders."
        yield Problem(source.place(), "wrong-shape", message)


def _task(
    source: ConversionSource, path: Path, name: str, options: ConvertOptions
) -> Iterator[Piece]:
    """The task of one folder."""
    label, beside = label_of(source, path), path.with_name(TEMPLATE)
    root = source.path if source.path.is_dir() else source.path.parent
    is_inside = beside.resolve().is_relative_to(root.resolve())
    whole = text_of(beside, label.with_name(TEMPLATE), LONGEST_PAGE) if is_inside else None
    if not isinstance(whole, str):
        message = "is a link out of the folder. Put the file itself here."
        place = Place(label.with_name(TEMPLATE))
        yield whole or Problem(place, "unreadable-row", message)
        return
    columns: list[str] = []
    hits: list[Submission] = []
    read = refused = 0
    for found in batch(path, label):
        if isinstance(found, list):
            columns = [column for column in found if column != COLUMN]
        elif isinstance(found, Submission):
            hits.append(found)
        else:
            refused += bool(columns)
            yield found
    read = len(hits) + refused
    if columns and not any(map(is_answer, columns)):
        message = "has no column `Answer.<field>`. Take the batch with its answers."
        yield Problem(Place(label), "missing-answer", message)
        columns, refused = [], read
    template, said = embedded(whole)
    if not columns:
        yield SourceCounts(read, 0, read)
        return
    page = page_of(template, columns)
    yield from _assumed(page, label)
    natural = head(page, [hit.cells for hit in hits], name, options.instruction)
    task = overlaid(natural, said) if isinstance(said, dict) else natural
    if said is not None and (not isinstance(said, dict) or not fits_without_instances(task)):
        yield Problem(Place(label.with_name(TEMPLATE)), "wrong-shape", BROKEN_COLUMN)
        yield SourceCounts(read, 0, read)
        return
    instances: list[Document] = []
    merged = 0
    for members in _groups(hits, options):
        row = _instance(page, natural, task, members)
        if isinstance(row, Problem):
            refused += len(members)
            yield row
        else:
            yield from _lost(members)
            merged += len(members) - 1
            instances.append(row)
    if instances or not refused:
        yield task | {"instances": list(with_ids(str(task["name"]), instances))}
    yield SourceCounts(read, merged, refused)


def _assumed(page: Page, label: Path) -> Iterator[Problem]:
    """What is told of answers that the page has no field for."""
    names = [column.removeprefix(ANSWER) for column in page.columns if is_answer(column)]
    without = [name for name in names if name not in page.form.fields]
    if without:
        message = (
            f"{len(without):,} of {len(names):,} answers, such as `{without[0]}`, are of no field "
            "in the page; a script may add it. They are taken for texts."
        )
        yield Problem(Place(label), "assumed", message, refuses=False)


def _groups(hits: list[Submission], options: ConvertOptions) -> Iterable[list[Submission]]:
    """The submissions for each input."""
    groups: dict[Any, list[Submission]] = {}
    for index, hit in enumerate(hits):
        key: Any = index
        if isinstance(number := _carried(hit).get(NUMBER), int):
            key = f"instance {number}"
        elif options.merge and hit.cells.get("HITId"):
            key = ("HITId", hit.cells["HITId"])
        elif options.merge:
            key = tuple(
                cell
                for name, cell in hit.cells.items()
                if not is_of_worker(name) and name != COLUMN
            )
        groups.setdefault(key, []).append(hit)
    return groups.values()


def _carried(hit: Submission) -> Document:
    """What the column `taskschema` holds; nothing where it is no object."""
    value, faults = strict_json.parse(hit.cells.get(COLUMN, "").encode() or b"{}")
    return value if not faults and isinstance(value, dict) else {}


def _column(hits: list[Submission]) -> Document:
    """The column that says the most of an instance, wherever its row stands among the others."""
    columns = [_carried(hit) for hit in hits]
    return next((column for column in columns if CARRIED in column), columns[0])


def _lost(hits: list[Submission]) -> Iterator[Problem]:
    """What is told where the row is missing that says the most of an instance."""
    column = _column(hits)
    if NUMBER in column and CARRIED not in column:
        yield Problem(hits[0].place, "assumed", LOST, refuses=False)


def _place_of(hit: Submission) -> int:
    """Which of the rows of its instance a row was when it was written."""
    place = _carried(hit).get(ROW)
    return place if isinstance(place, int) else 0


def _instance(
    page: Page, natural: Document, task: Document, hits: list[Submission]
) -> Document | Problem:
    """The instance of a group of submissions, or what is wrong with it."""
    column = _column(hits)
    hits = sorted(hits, key=_place_of)
    is_filled = any(
        cell.strip() for hit in hits for name, cell in hit.cells.items() if is_answer(name)
    )
    has_boxes = any(field.kind == BOX for field in page.form.fields.values())
    if not is_filled and not has_boxes and not column:
        message = "has no answer. Fill it in, or leave the row out."
        return Problem(hits[0].place, "missing-answer", message)
    rows = [{name: hit.cells[name] for name in page.columns} for hit in hits]
    made = instance(page, natural, rows)
    carried = column.get(CARRIED, {})
    whole = overlaid(made, carried) if isinstance(carried, dict) else {}
    if (hits[0].cells.get(COLUMN) and not column) or not fits_as_instance(
        {"id": "a"} | whole, task
    ):
        return Problem(hits[0].place._replace(pointer=COLUMN), "wrong-shape", BROKEN_COLUMN)
    return whole


def write(
    items: Iterable[Document | CompanionFile], options: ConvertOptions
) -> Iterator[Chunk | Problem]:
    """A folder for each task."""
    for task in tasks_in(items):
        name = task["name"]
        template, columns, groups = sheet_of(task)
        page = page_of(template, columns)
        natural = head(page, [row for rows in groups for row in rows], name, None)
        whole = {key: value for key, value in task.items() if key != "instances"}
        if not options.bare:
            template += EMBEDDED.format(_json(difference(whole, natural)).replace("<", "\\u003c"))
        yield Chunk(f"{name}/{TEMPLATE}", template.encode())
        names = columns if options.bare else [*columns, COLUMN]
        yield Chunk(f"{name}/{BATCH}", _line(names))
        for number, (row, cells) in enumerate(zip(task["instances"], groups, strict=True)):
            found = difference(row, instance(page, natural, cells))
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
