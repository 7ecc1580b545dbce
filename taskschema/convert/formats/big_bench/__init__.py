"""BIG-bench: one JSON file per task, whose examples have targets or scored choices.

Read: one file, or a folder of folders with a `task.json` each. If the file of a folder has no
examples, the folders below it hold the parts of one task: each part becomes a task of its own, and
the fields of the file above are kept with each part.

`task_prefix` is the definition; without it, `description` is. `description` is also the summary.
Keywords that are terms of our vocabularies become categories, domains and kinds of reasoning. If
all examples have `target_scores`, the answers are scored choices. If only some have them, the
answers are texts and the scores are kept. Metrics that have an equivalent here are converted. The
canary is kept unchanged. All other fields go to `extras.big_bench` and are written back.

Written: everything that BIG-bench has no field for goes to the key `taskschema` of the file or of
an example; BIG-bench's own reader ignores unknown keys.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.formats.big_bench.examples import ExampleFault, example_of, instance_of
from taskschema.convert.formats.big_bench.task_fields import GENERATIVE, fields_of, head_of
from taskschema.convert.formats.big_bench.task_files import COLUMN, FILE, TaskFile
from taskschema.convert.pieces import (
    Chunk,
    ConversionSource,
    Document,
    Item,
    Piece,
    Place,
    Problem,
    Sample,
    tasks_in,
)
from taskschema.convert.shared.rows.json_difference import difference
from taskschema.convert.shared.sources.json_files import files_in, load_json
from taskschema.core.text.slugs import slug

MARKS = frozenset({"canary", "name", "description", "keywords"})
SNIFFED_FILES = 5  # files of a folder
BATCH = 1_000  # examples of one chunk


def sniff(sample: Sample) -> bool:
    """Return whether a file, or one of the first of a folder, has the fields of a task."""
    if not sample.names:
        return any(_is_task(row) for row in sample.rows[:1])
    names = [name for name in sample.names if name.rpartition("/")[2] == FILE]
    return any(_is_task(_document(sample.path / name)) for name in names[:SNIFFED_FILES])


def _is_task(document: Any) -> bool:
    return isinstance(document, dict) and document.keys() >= MARKS


def _document(path: Path) -> Any:
    found = load_json(path, path)
    return None if isinstance(found, Problem) else found[1]


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Yield the tasks of a file or folder, one per part, and the problems found."""
    paths = []
    for found in files_in(source):
        if isinstance(found, Problem):
            yield found
        else:
            paths.append(found)
    if source.path.is_dir():
        named = [path for path in paths if path.name == FILE]
        paths = named or [path for path in paths if _is_task(_document(path))]
    containers: dict[Path, Document] = {}
    for path in sorted(paths, key=lambda path: (path.parent.parts, path.name)):
        yield from TaskFile(path, source, options, containers, paths).pieces()


def write(items: Iterable[Item], options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """Yield a folder with a `task.json` per task; parts of one task share the file above them."""
    containers: dict[str, Document] = {}
    for task in tasks_in(items):
        fields, container = fields_of(task)
        folder = slug(fields["name"])
        if not task["instances"]:
            message = "has no instances, and a BIG-bench task needs examples. Add instances."
            yield Problem(Place(Path(task["name"])), "not-expressible", message)
            continue
        if container:
            parent = slug(container["name"])
            folder = f"{parent}/{folder}"
            if parent not in containers:
                containers[parent] = container
                shared = orjson.dumps(container, option=orjson.OPT_INDENT_2)
                yield Chunk(f"{parent}/{FILE}", shared + b"\n")
            elif containers[parent] != container:
                message = (
                    f"has other fields for `{parent}` than an earlier part; those are written."
                )
                place = Place(Path(task["name"]), pointer="/extras/big_bench/container")
                yield Problem(place, "not-kept", message, refuses=False)
        for data in _written(task, fields, container, options):
            yield Chunk(f"{folder}/{FILE}", data)


def _written(
    task: Document, fields: Document, container: Document | None, options: ConvertOptions
) -> Iterator[bytes]:
    scored = task.get("answer_format", {}).get("kind") == "choices"
    implied = not GENERATIVE.isdisjoint(fields["metrics"])
    head = {key: value for key, value in task.items() if key not in ("schema_version", "instances")}
    column = difference(head, head_of(fields, scored=scored, container=container))
    lines = [f"  {_text(key)}: {_text(value)},\n" for key, value in fields.items()]
    if column and not options.bare:
        lines.append(f"  {_text(COLUMN)}: {_text(column)},\n")
    yield "".join(["{\n", *lines, '  "examples": [\n']).encode()
    rows = task["instances"]
    with_scores = not scored and not all(
        "target_scores" in example_of(row, scored=scored, implied=implied) for row in rows
    )
    between = ""
    for start in range(0, len(rows), BATCH):
        texts = []
        for row in rows[start : start + BATCH]:
            example = example_of(row, scored=scored, implied=implied, with_scores=with_scores)
            if not options.bare:
                example[COLUMN] = {}  # accept blank answers
                have = instance_of(example, scored=scored, implied=implied)
                example[COLUMN] = difference(row, {} if isinstance(have, ExampleFault) else have)
            texts.append(f"    {_text(example)}")
        yield (between + ",\n".join(texts)).encode()
        between = ",\n"
    yield b"\n  ]\n}\n"


def _text(value: Any) -> str:
    return orjson.dumps(value).decode()


FORMAT = Format(
    title="BIG-bench tasks: task.json with targets or scored choices",
    sniff=sniff,
    read=read,
    write=write,
    reads="folder",
)
