"""Reader of BIG-bench task files: one task, or the fields that the parts of a task share."""

from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from typing import Any

from taskschema.convert.format import ConvertOptions
from taskschema.convert.formats.big_bench.examples import ExampleFault, instance_of
from taskschema.convert.formats.big_bench.task_fields import (
    GENERATIVE,
    head_of,
    is_container,
    well_typed_fields,
)
from taskschema.convert.pieces import (
    ConversionSource,
    Document,
    Piece,
    Place,
    Problem,
    SourceCounts,
)
from taskschema.convert.shared.rows.json_difference import overlaid
from taskschema.convert.shared.rows.row_fields import json_type
from taskschema.convert.shared.rows.schema_fit import fits_as_head, fits_as_instance
from taskschema.convert.shared.rows.tasks_from_rows import with_ids
from taskschema.convert.shared.sources.json_files import label_of, load_json, located
from taskschema.core.text.slugs import slug

__all__ = ["COLUMN", "FILE", "TaskFile"]

COLUMN = "taskschema"
FILE = "task.json"
NOT_OURS = "`taskschema` was edited and is no longer valid. Fix it or remove it."
NO_DEFINITION = (
    "has neither a `task_prefix` nor a `description` with an instruction. Write one or give "
    "--instruction."
)


class TaskFile:
    """The reader of one file.

    Args:
        path: the file.
        source: the source that it belongs to.
        options: of the conversion.
        containers: by folder, the shared fields of parts; filled while files are read.
        paths: all files of the source.
    """

    def __init__(
        self,
        path: Path,
        source: ConversionSource,
        options: ConvertOptions,
        containers: dict[Path, Document],
        paths: list[Path],
    ) -> None:
        self.path, self.source, self.options = path, source, options
        self.containers, self.paths = containers, paths
        self.is_only_file = len(paths) == 1
        self.label = label_of(source, path)

    def problem(
        self, pointer: str, message: str, rule: str = "wrong-shape", *, refuses: bool = True
    ) -> Problem:
        """Return a problem of the file, still without line and column."""
        return Problem(Place(self.label, pointer=pointer), rule, message, refuses=refuses)

    def pieces(self) -> Iterator[Piece]:
        """Yield the tasks of the file, then its problems."""
        found = load_json(self.path, self.label)
        if isinstance(found, Problem):
            yield found
            return
        raw, document = found
        pieces: Iterable[Piece]
        if not isinstance(document, dict):
            pieces = [self.problem("", f"is {json_type(document)}, not an object. Write a task.")]
        elif "examples" in document:
            pieces = self.task(document, "", self.containers.get(self.path.parent.parent))
        else:
            pieces = self.parts(document)
        problems = []
        for piece in pieces:
            if isinstance(piece, Problem):
                problems.append(piece)
            else:
                yield piece
        yield from located(raw, problems)

    def parts(self, document: Document) -> Iterator[Piece]:
        """Yield the parts that are in the file itself; parts in folders are read separately."""
        inner = document.get("subtasks")
        is_inside = isinstance(inner, list) and not all(isinstance(part, str) for part in inner)
        container = {
            key: value for key, value in document.items() if not (is_inside and key == "subtasks")
        }
        if not is_container(container):
            yield self.problem("", "has neither `examples` nor a `name` for its parts. Add them.")
        elif isinstance(inner, list) and is_inside:
            self.is_only_file = False
            for index, part in enumerate(inner):
                if isinstance(part, dict) and "examples" in part:
                    yield from self.task(part, f"/subtasks/{index}", container)
                else:
                    message = "is not a task with `examples`. Add them or remove the part."
                    yield self.problem(f"/subtasks/{index}", message)
        elif any(path.parent.parent == self.path.parent for path in self.paths):
            self.containers[self.path.parent] = container
            if self.path.parent.parent in self.containers:
                message = "is a part with parts of its own; the fields above it are not kept."
                yield self.problem("", message, "not-kept", refuses=False)
        else:
            message = "has no `examples`. Add them or convert the folder with its parts."
            yield self.problem("", message)

    def task(self, document: Document, pointer: str, container: Document | None) -> Iterator[Piece]:
        """Yield one task and the problems of its examples."""
        fields = yield from self.fields(document, pointer)
        examples = document["examples"]
        if not isinstance(examples, list) or not (examples or COLUMN in document):
            what = "empty" if examples == [] else json_type(examples)
            message = f"`examples` is {what}. Write a list of examples."
            yield self.problem(f"{pointer}/examples", message)
            return
        scored = _all_scored(examples)
        head = head_of(fields, scored=scored, container=container)
        column = document.get(COLUMN, {})
        head = self.renamed(overlaid(head, column)) if isinstance(column, dict) else {}
        if head and "definition" not in head:
            yield self.problem(pointer, NO_DEFINITION)
            return
        if "name" not in head or not fits_as_head(head):
            yield self.problem(f"{pointer}/{COLUMN}", NOT_OURS)
            return
        scored = scored and head.get("answer_format", {}).get("kind") == "choices"
        implied = not GENERATIVE.isdisjoint(fields.get("metrics", []))
        instances: list[Document] = []
        for index, example in enumerate(examples):
            instance = instance_of(example, scored=scored, implied=implied)
            if not isinstance(instance, ExampleFault) and COLUMN in example:
                instance = _with_column(instance, example[COLUMN], head)
            if isinstance(instance, ExampleFault):
                place = f"{pointer}/examples/{index}{instance.pointer}"
                yield self.problem(place, instance.message, instance.rule)
            else:
                instances.append(instance)
        if instances:
            named = list(with_ids(head["name"], instances))
            yield {"schema_version": 3} | head | {"instances": named}
        yield SourceCounts(len(examples), 0, len(examples) - len(instances))

    def fields(self, document: Document, pointer: str) -> Generator[Problem, None, Document]:
        """Return the usable fields of a task, with a name; yield the problems of the others."""
        fields, wrong = well_typed_fields(document)
        for key, what in wrong.items():
            message = f"{what}; it is not kept. Correct it."
            yield self.problem(f"{pointer}/{key}", message, "not-kept", refuses=False)
        if "container" in document:
            message = "`container` is not kept, because taskschema uses this key. Rename it."
            yield self.problem(f"{pointer}/container", message, "not-kept", refuses=False)
        if not fields.get("name"):
            fields["name"] = self.path.parent.name if self.path.name == FILE else self.source.name
            message = f"has no `name`; `{fields['name']}` is used. Add a name."
            yield self.problem(pointer, message, "assumed", refuses=False)
        return fields

    def renamed(self, head: Document) -> Document:
        """Return the head with the definition and name of the options."""
        if self.options.instruction and "definition" not in head:
            head["definition"] = [self.options.instruction]
        if self.options.name:
            suffix = "" if self.is_only_file else f"-{head.get('name')}"
            head["name"] = slug(self.options.name + suffix)
        return head


def _all_scored(examples: list[Any]) -> bool:
    """Return whether all valid examples have scored choices."""
    having = [
        "target_scores" in example
        for example in examples
        if isinstance(example, dict)
        and not isinstance(instance_of(example, scored=False, implied=False), ExampleFault)
    ]
    return bool(having) and all(having)


def _with_column(instance: Document, column: Any, head: Document) -> Document | ExampleFault:
    """Return the instance completed with its column `taskschema`, or the problem of that."""
    whole = overlaid(instance, column) if isinstance(column, dict) else {}
    if fits_as_instance({"id": "a"} | whole, head):
        return whole
    return ExampleFault("/taskschema", "wrong-shape", NOT_OURS)
