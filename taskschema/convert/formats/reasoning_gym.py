"""Datasets that the library reasoning-gym generates, selected by name.

`taskschema convert leg_counting tasks/ --from reasoning_gym --size 50 --seed 1 --config '{...}'`
makes a task of 50 instances. The question of an item becomes the input, its answer the output. Its
metadata is kept as JSON in `extras.reasoning_gym`. Items with the same question are merged.

`provenance` records how to generate the same task: the seed, and under `configuration` the dataset,
the version of the library, the size and the whole configuration. A few datasets draw from sets,
whose order differs between runs of Python: to get the same items, set PYTHONHASHSEED too.

Some datasets accept several answers and name none. The output is then the example in the metadata,
if the dataset's own scorer accepts it, and this is reported. Items without such an example are
skipped. `composite` mixes other datasets and needs their names:
`{"datasets": [{"name": "leg_counting", "weight": 1, "config": {}}]}`.
"""

import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict, fields
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from io import StringIO
from typing import Any, NamedTuple
from zlib import crc32

import orjson

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.pieces import ConversionSource, Document, Piece, Problem, SourceCounts
from taskschema.convert.shared.rows.python_values import as_json
from taskschema.convert.shared.rows.row_fields import json_type
from taskschema.convert.shared.rows.tasks_from_rows import GENERIC_DEFINITION, with_ids
from taskschema.core.text.near_misses import near_misses
from taskschema.core.text.slugs import slug
from taskschema.schema.versions import NEWEST

OWN = "reasoning_gym"
LIBRARY = "reasoning-gym"
ADDRESS = "https://github.com/open-thought/reasoning-gym"
COMPOSITE = "composite"
EXAMPLES = ("possible_answer", "example_correct_answer", "example_answer", "solution")
ELSEWHERE = ("seed", "size")
LARGEST = 2**63 - 1
LONGEST = 200  # characters of a message of the library


class _Item(NamedTuple):
    """One generated item."""

    question: str
    answer: str
    metadata: Document
    example: str
    """The metadata key that the answer was taken from; empty if the item has an answer itself."""


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Yield the task of a dataset, and the problems of its items."""
    made = _dataset(source, options)
    if isinstance(made, Problem):
        yield made
        return
    name = slug(options.name or source.name)
    instances: dict[str, Document] = {}
    refused = merged = 0
    examples: dict[str, int] = {}
    for index in range(options.size):
        item = _item(made, index, options.seed, source)
        if isinstance(item, Problem):
            refused += 1
            yield item
            continue
        if item.example:
            examples.setdefault(item.example, index)
        if options.merge and item.question in instances:
            instance = instances[item.question]
            instance["output"] = list(dict.fromkeys((*instance["output"], item.answer)))
            merged += 1
            continue
        key = item.question if options.merge else str(index)
        instances[key] = {
            "input": item.question,
            "output": [item.answer],
            "extras": {OWN: item.metadata},
        }
    for example, index in examples.items():
        message = (
            f"accepts several answers and names none. The output is `{example}` of the metadata, "
            "which the dataset's scorer accepts."
        )
        yield Problem(source.place(pointer=f"/{index}"), "assumed", message, refuses=False)
    if instances:
        yield {
            "schema_version": NEWEST,
            "name": name,
            "definition": [options.instruction or GENERIC_DEFINITION],
            "sources": [{"name": LIBRARY, "url": ADDRESS, "revision": _version()}],
            "provenance": _provenance(source.name, made, options),
            "instances": list(with_ids(name, instances.values())),
        }
    yield SourceCounts(options.size, merged, refused)


def _dataset(source: ConversionSource, options: ConvertOptions) -> Any:
    """Return the dataset, or the problem of its name or configuration."""
    known = import_module("reasoning_gym.factory").DATASETS
    if source.name not in known:
        close = near_misses(source.name, list(known))
        fix = (
            f"Did you mean {' or '.join(close)}?"
            if close
            else f"It has {', '.join(sorted(known))}."
        )
        message = f"{LIBRARY} has no dataset {source.name[:LONGEST]!r}. {fix}"
        return Problem(source.place(), "wrong-shape", message)
    allowed = [field.name for field in fields(known[source.name][1]) if field.init]
    for key in options.configuration:
        if key in ELSEWHERE:
            message = f"`{key}` is not an option of --config. Give --{key} instead."
            return Problem(source.place(pointer=f"/{key}"), "wrong-shape", message)
        if key not in allowed:
            close = near_misses(key, allowed)
            fix = (
                f"Did you mean {' or '.join(close)}?"
                if close
                else f"It has {_option_names(allowed)}."
            )
            message = f"the configuration has no `{key[:LONGEST]}`. {fix}"
            return Problem(source.place(pointer=f"/{key}"), "wrong-shape", message)
    given: dict[str, Any] = {**options.configuration, "seed": options.seed, "size": options.size}
    try:
        with _isolated(options.seed):
            return _configured(source.name, given)
    except Exception as error:  # noqa: BLE001 - anything, from any of its datasets
        message = f"rejects this configuration: {_reason(error)} Change --config or --size."
        return Problem(source.place(), "wrong-shape", message)


def _configured(name: str, given: dict[str, Any]) -> Any:
    """Return the dataset; a wrong configuration may raise any exception."""
    kind_of_dataset, kind_of_config = import_module("reasoning_gym.factory").DATASETS[name]
    if name == COMPOSITE and isinstance(given.get("datasets"), list):
        part = import_module("reasoning_gym.composite").DatasetSpec
        given = given | {"datasets": [part(**one) for one in given["datasets"]]}
    config = kind_of_config(**given)
    if hasattr(config, "validate"):
        config.validate()
    return kind_of_dataset(config=config)


@contextmanager
def _isolated(seed: int | str) -> Iterator[None]:
    """Silence output and seed the global generators; some datasets print or draw from them."""
    state = random.getstate()
    random.seed(seed)
    numpy = sys.modules.get("numpy")
    state_of_numpy = numpy.random.get_state() if numpy else None
    if numpy:
        numpy.random.seed(crc32(str(seed).encode()))
    try:
        with redirect_stdout(StringIO()):
            yield
    finally:
        random.setstate(state)
        if numpy:
            numpy.random.set_state(state_of_numpy)


def _option_names(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names if name not in ELSEWHERE) or "none"


def _item(dataset: Any, index: int, seed: int, source: ConversionSource) -> _Item | Problem:
    """Return an item with an accepted answer, or the problem with it."""
    place = source.place(pointer=f"/{index}")
    try:
        with _isolated(f"{seed} {index}"):
            item = dataset[index]
        question, answer, metadata = item["question"], item["answer"], item.get("metadata", {})
    except Exception as error:  # noqa: BLE001 - anything, from any of its datasets
        message = f"cannot be generated: {_reason(error)} Try another --seed or --config."
        return Problem(place, "unreadable-row", message)
    if not isinstance(question, str):
        message = f"its question is {json_type(question)}, not a text. Choose another dataset."
        return Problem(place, "wrong-shape", message)
    if answer is not None and not isinstance(answer, str):
        message = f"its answer is {json_type(answer)}, not a text. Choose another dataset."
        return Problem(place, "wrong-shape", message)
    kept = as_json(metadata)
    extras = kept if isinstance(kept, dict) else {"metadata": kept}
    if answer is not None and answer.strip():
        return _Item(question, answer, extras, example="")
    if answer is None and (found := _example(dataset, item, extras)):
        text, key = found
        return _Item(question, text, extras, example=key)
    message = (
        "has no answer and no example answer that the dataset's scorer accepts. "
        "Choose another dataset or write the answers."
    )
    return Problem(place, "missing-answer", message)


def _example(dataset: Any, item: Any, metadata: Document) -> tuple[str, str] | None:
    """Return an answer from the metadata that the scorer accepts, and its key."""
    for key in EXAMPLES:
        value = metadata.get(key)
        text = value if isinstance(value, str) else orjson.dumps(value).decode()
        try:
            if value is not None and dataset.score_answer(text, item) == 1:
                return text, key
        except Exception:  # noqa: BLE001, S112 - the scorer may raise anything on a wrong answer
            continue
    return None


def _provenance(name: str, dataset: Any, options: ConvertOptions) -> Document:
    """Return the provenance that reproduces the task."""
    config = {key: value for key, value in asdict(dataset.config).items() if key not in ELSEWHERE}
    seed = {"seed": options.seed} if 0 <= options.seed <= LARGEST else {}
    configuration = {
        "dataset": name,
        "version": _version(),
        "size": options.size,
        "configuration": as_json(config),
    }
    return {"method": "programmatic", "from": OWN, **seed, "configuration": configuration}


def _reason(error: Exception) -> str:
    """Return the message of an error as one sentence."""
    text = " ".join(str(error).split())[:LONGEST].rstrip(".")
    return f"{text or type(error).__name__}."


def _version() -> str:
    try:
        return version(LIBRARY)
    except PackageNotFoundError:
        return "unknown"


FORMAT = Format(
    title="Datasets of reasoning-gym, generated by name, seed and size",
    read=read,
    reads="name",
    modules=("reasoning_gym",),
    extra="reasoning-gym",
    takes=frozenset({"seed", "size"}),
    settings=None,
)
