"""Files of BIG-bench as they are read: one task each, or what the parts of a task share."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from taskschema.convert.format import ConvertOptions
from taskschema.convert.formats.big_bench.examples import ExampleFault, instance_of
from taskschema.convert.formats.big_bench.head import GENERATIVE, head_of, is_container, sound
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
NOT_OURS = "`taskschema` is not as it was written. Mend it, or leave it out."
NO_DEFINITION = (
    "has neither a `task_prefix` nor a `description` that says what to do. Write one, or give "
    "--instruction."
)


class TaskFile:
    """One file as it is read."""

    def __init__(
        self,
        path: Path,
        source: ConversionSource,
        options: ConvertOptions,
        above: dict[Path, Document],
        paths: list[Path],
    ) -> None:
        self.path, self.source, self.options = path, source, options
        self.above, self.paths = above, paths
        self.alone = len(paths) == 1
        self.label = label_of(source, path)

    def problem(
        self, pointer: str, message: str, rule: str = "wrong-shape", *, refuses: bool = True
    ) -> Problem:
        """A problem without line and column."""
        return Problem(Place(self.label, pointer=pointer), rule, message, refuses=refuses)

    def pieces(self) -> Iterator[Piece]:
        """The tasks and problems of the file."""
        found = load_json(self.path, self.label)
        if isinstance(found, Problem):
            yield found
            return
        raw, document = found
        pieces: Iterable[Piece]
        if not isinstance(document, dict):
            pieces = [self.problem("", f"is {json_type(document)}, not an object. Write a task.")]
        elif "examples" in document:
            pieces = self.task(document, "", self.above.get(self.path.parent.parent))
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
        """The parts of a task that stand in its file; those in folders are read in their turn."""
        inner = document.get("subtasks")
        is_inside = isinstance(inner, list) and not all(isinstance(part, str) for part in inner)
        left_out = ("subtasks",) if is_inside else ()
        container = {key: value for key, value in document.items() if key not in left_out}
        if not is_container(container):
            yield self.problem("", "has neither `examples` nor a `name` for its parts. Add them.")
        elif isinstance(inner, list) and is_inside:
            self.alone = False
            for index, part in enumerate(inner):
                if isinstance(part, dict) and "examples" in part:
                    yield from self.task(part, f"/subtasks/{index}", container)
                else:
                    yield self.problem(f"/subtasks/{index}", "is no task with `examples`. Mend it.")
        elif any(path.parent.parent == self.path.parent for path in self.paths):
            self.above[self.path.parent] = container
            if self.path.parent.parent in self.above:
                message = "is a part that has parts; what stands above it is not kept with them."
                yield self.problem("", message, "not-kept", refuses=False)
        else:
            message = "has no `examples`. Add them, or convert the folder that holds its parts."
            yield self.problem("", message)

    def task(self, document: Document, pointer: str, container: Document | None) -> Iterator[Piece]:
        """One task, with what is wrong with its examples."""
        fields, wrong = sound(document)
        for key, what in wrong.items():
            message = f"{what}; it is not kept. Mend it."
            yield self.problem(f"{pointer}/{key}", message, "not-kept", refuses=False)
        if "container" in document:
            message = "`container` is not kept, as the word has another meaning here. Rename it."
            yield self.problem(f"{pointer}/container", message, "not-kept", refuses=False)
        if not fields.get("name"):
            fields["name"] = self.path.parent.name if self.path.name == FILE else self.source.name
            message = f"has no `name`; `{fields['name']}` was taken. Write it."
            yield self.problem(pointer, message, "assumed", refuses=False)
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
        instances, faults = [], 0
        for index, example in enumerate(examples):
            here = f"{pointer}/examples/{index}"
            instance = instance_of(example, scored=scored, implied=implied)
            if not isinstance(instance, ExampleFault) and COLUMN in example:
                instance = _carrying(instance, example[COLUMN], head)
            if isinstance(instance, ExampleFault):
                faults += 1
                yield self.problem(here + instance.pointer, instance.message, instance.rule)
            else:
                instances.append(instance)
        if instances:
            named = list(with_ids(head["name"], instances))
            yield {"schema_version": 3} | head | {"instances": named}
        yield SourceCounts(len(examples), 0, faults)

    def renamed(self, head: Document) -> Document:
        """The head with what the options say."""
        if self.options.instruction and "definition" not in head:
            head["definition"] = [self.options.instruction]
        if self.options.name:
            own = self.options.name if self.alone else f"{self.options.name}-{head.get('name')}"
            head["name"] = slug(own)
        return head


def _all_scored(examples: list[Any]) -> bool:
    """Whether all examples that can be read have scored choices."""
    having = [
        "target_scores" in example
        for example in examples
        if isinstance(example, dict)
        and not isinstance(instance_of(example, scored=False, implied=False), ExampleFault)
    ]
    return bool(having) and all(having)


def _carrying(instance: Document, column: Any, head: Document) -> Document | ExampleFault:
    whole = overlaid(instance, column) if isinstance(column, dict) else {}
    return (
        whole
        if fits_as_instance({"id": "a"} | whole, head)
        else ExampleFault("/taskschema", "wrong-shape", NOT_OURS)
    )
