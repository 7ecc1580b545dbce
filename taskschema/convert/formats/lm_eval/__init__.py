"""Tasks of lm-evaluation-harness: one YAML file per task, with rows in local files.

Only declarations are read: no `!function` is run, and `include` cannot leave the folder. Nothing is
downloaded. Templates run in a sandbox, without `regex_replace`. The rows come from
`dataset_kwargs.data_files` next to the YAML, or from `--data`: a file, or a folder with
`TASK/SPLIT.jsonl` (or .json, .csv, .tsv, .parquet; or `DATASET/NAME/SPLIT`, or `SPLIT`).

`description` is the definition, `doc_to_text` the input and `doc_to_target` the outputs. If
`doc_to_choice` is one list for all rows, it is the list of labels; otherwise its values are
choices, and the correct ones score 1. The samples of `fewshot_config` are demonstrations. Other
fields and columns go to `extras.lm_eval`.

Written: a task is `NAME.yaml` and `NAME.parquet`. Run the harness in that folder with
`--include_path .`, because it resolves the path of the Parquet file from its working directory.
Tasks with labels or choices are written as `multiple_choice`. All others are written as
`generate_until`, up to the first run of line breaks that occurs in no answer. A prompt contains two
demonstrations, none with the same input as an instance. Everything else is written to `metadata`
and the column `taskschema`.
"""

import re
from collections.abc import Generator, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.formats.lm_eval.config import Configs, Function, HarnessConfig
from taskschema.convert.formats.lm_eval.parquet_rows import own_instance, parquet
from taskschema.convert.formats.lm_eval.prompts import HarnessFault, HarnessPrompt
from taskschema.convert.formats.lm_eval.row_files import NoRows, row_files_of
from taskschema.convert.formats.lm_eval.task_fields import (
    COLUMN,
    carried_in,
    demonstrations_of,
    fields_of,
    head_of,
    parsed_column,
    shape_of,
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
from taskschema.convert.shared.rows.json_difference import overlaid
from taskschema.convert.shared.rows.row_fields import json_type
from taskschema.convert.shared.rows.schema_fit import fits_as_head, fits_as_instance
from taskschema.convert.shared.rows.tasks_from_rows import GENERIC_DEFINITION, with_ids
from taskschema.convert.shared.sources.data_rows import data_rows
from taskschema.convert.shared.sources.json_files import files_in
from taskschema.core.syntax import yaml as yaml_documents
from taskschema.core.text.slugs import slug
from taskschema.schema.versions import NEWEST

SUFFIXES = (".yaml", ".yml")
MARKS = ("doc_to_text", "doc_to_target", "output_type", "dataset_path", "include", "process_docs")
SNIFFED_FILES = 20  # files of a folder
HEAD = 1 << 16  # bytes
ODD = re.compile("[^ -~\xa1-\u1fff\u3000-\ud7ff]")  # characters that need quotes in YAML
MEDIA = ("doc_to_image", "doc_to_audio")
MOST_EXHAUSTED = 3  # rows on which templates may exceed their limits
TOO_MUCH = (
    "exceeds the limits of templates on too many rows; the following rows are skipped. "
    "Simplify its templates"
)
CARRIED = f"`{COLUMN}` was edited and is no longer valid. Fix it or remove it"


def sniff(sample: Sample) -> bool:
    """Return whether a YAML file, or one of the first of a folder, configures a task."""
    if not sample.names:
        return sample.suffix in SUFFIXES and _is_task(sample.head.encode())
    names = [name for name in sample.names if Path(name).suffix in SUFFIXES][:SNIFFED_FILES]
    return any(_is_task(_start(sample.path / name)) for name in names)


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError:
        return b""


def _is_task(raw: bytes) -> bool:
    value = yaml_documents.load(raw, {"!function": Function}).value
    if not isinstance(value, dict) or not isinstance(value.get("task"), str):
        return False
    return any(mark in value for mark in MARKS)


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Yield each task whose rows are found locally, and a problem for each other one."""
    configs = Configs(source)
    bases: list[HarnessConfig] = []
    paths = []
    for found in files_in(source):
        if isinstance(found, Problem):
            yield found
        elif found == source.path or found.suffix.lower() in SUFFIXES:
            paths.append(found)
    for path in paths:
        config = configs.read(path)
        if isinstance(config, Problem):
            yield config
            yield SourceCounts(0, 0, 1)
        elif "task" not in config.values and "class" not in config.values:
            bases.append(config)
        else:
            yield from _task(config, configs, options, alone=len(paths) == 1)
    yield from configs.repeated.values()
    for base in bases:
        if base.path.resolve() not in configs.included:
            message = "has no `task`, and no task includes it. Add a name or remove the file"
            yield base.problem("", message, "not-kept", refuses=False)


def _task(
    config: HarnessConfig, configs: Configs, options: ConvertOptions, *, alone: bool
) -> Iterator[Piece]:
    """Yield the task of a configuration, and its problems."""
    if problems := list(_unsupported(config)):
        yield from problems
        yield SourceCounts(0, 0, 1)
        return
    named = config.values.get("task")
    if isinstance(named, int | float | None):
        wrong = json_type(named) if "task" in config.values else "absent"
        yield config.problem("/task", f"`task` is {wrong}, not a name. Write it as a text")
        return
    if not isinstance(named, str):
        message = "is a group of tasks, which is not converted; its tasks are read from their files"
        yield config.problem("/task", message, "not-kept", refuses=False)
        return
    prompt = HarnessPrompt(config.values)
    files = prompt.fault or row_files_of(config, configs, options)
    if isinstance(files, NoRows | HarnessFault):
        yield config.problem(files.pointer, files.message, files.rule)
        yield SourceCounts(0, 0, 1)
        return
    head = yield from _head(config, prompt, options, alone=alone)
    if not {"name", "definition"} <= head.keys() or not fits_as_head(head):
        yield config.problem(f"/metadata/{COLUMN}", CARRIED)
        yield SourceCounts(0, 0, 1)
        return
    is_ours = carried_in(config.values) is not None
    instances, read = [], 0
    for found in chain.from_iterable(data_rows(path, label) for path, label in files):
        read += 1
        made = (
            found if isinstance(found, Problem) else _instance(*found, prompt, head, ours=is_ours)
        )
        if isinstance(made, Problem):
            yield made
        else:
            instances.append(made)
        if prompt.exhausted >= MOST_EXHAUSTED:
            yield config.problem("", TOO_MUCH, "not-applicable", refuses=False)
            break
    if instances:
        named = list(with_ids(head["name"], instances))
        yield {"schema_version": NEWEST} | head | {"instances": named}
    yield SourceCounts(read, 0, read - len(instances))


def _head(
    config: HarnessConfig, prompt: HarnessPrompt, options: ConvertOptions, *, alone: bool
) -> Generator[Problem, None, Document]:
    """Return the task without its instances; an incomplete one if its `metadata` is invalid."""
    column = carried_in(config.values)
    ours = column is not None
    head = head_of(config.values, prompt, ours=ours)
    demonstrations, wrong = demonstrations_of(config.values, ours=ours)
    for pointer, message in wrong:
        yield config.problem(pointer, message, "not-kept", refuses=False)
    if demonstrations:
        head["positive_demonstrations"] = demonstrations
    if ours:
        head = overlaid(head, column) if isinstance(column, dict) else {}
    elif "definition" not in head:
        head["definition"] = [options.instruction or GENERIC_DEFINITION]
        if not options.instruction:
            message = f"has no `description`; `{GENERIC_DEFINITION}` is used. Give --instruction"
            yield config.problem("", message, "assumed", refuses=False)
    if options.name:
        own = options.name if alone else f"{options.name}-{head.get('name')}"
        head["name"] = slug(own)
    return head


def _unsupported(config: HarnessConfig) -> Iterator[Problem]:
    """Yield a problem for each feature of a configuration that cannot be converted."""
    for pointer, name in config.functions():
        message = (
            f"`{pointer.split('/')[1]}` is the code `{name}`, which is not run. Replace it with "
            "rows and templates"
        )
        yield config.problem(pointer, message, "code-refused")
    if config.values.get("use_prompt") is not None:
        message = "uses an external prompt (`use_prompt`). Write it as `doc_to_text`"
        yield config.problem("/use_prompt", message, "not-applicable")
    for key in MEDIA:
        if config.values.get(key) is not None:
            message = f"`{key}` adds media to the prompt. Only text prompts are converted"
            yield config.problem(f"/{key}", message, "not-applicable")


def _instance(
    place: Place, row: Document, prompt: HarnessPrompt, head: Document, *, ours: bool
) -> Document | Problem:
    """Return the instance of a row, or its problem."""
    if ours:
        column = parsed_column(row.get(COLUMN))
        whole = overlaid(own_instance(prompt, row), column) if isinstance(column, dict) else {}
        return (
            whole if fits_as_instance(whole, head) else Problem(place, "wrong-shape", f"{CARRIED}.")
        )
    made = prompt.instance(row)
    if isinstance(made, HarnessFault):
        return Problem(place, made.rule, f"{made.message}. Fix the row or remove it.")
    if not any(text.strip() for text in made["output"]):
        return Problem(place, "missing-answer", "has no answer. Write it or remove the row.")
    kept = prompt.unused(row, made["output"])
    if isinstance(row.get("id"), str):
        made["source_id"] = row["id"]
        kept.pop("id", None)
    whole = made | ({"extras": {"lm_eval": kept}} if kept else {})
    if not fits_as_instance({"id": "a"} | whole, head):
        message = "makes no valid instance. Fix the row or remove it."
        return Problem(place, "wrong-shape", message)
    return whole


def write(items: Iterable[Item], options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """Yield a YAML and a Parquet file per task."""
    for task in tasks_in(items):
        if not task["instances"]:
            message = "has no instances, and the harness needs some. Add instances."
            yield Problem(Place(Path(task["name"])), "not-expressible", message)
            continue
        shape = shape_of(task)
        fields = fields_of(task, shape, bare=options.bare)
        yield Chunk(f"{task['name']}.yaml", _dumped(fields))
        for data in parquet(task, fields, shape, bare=options.bare):
            yield Chunk(f"{task['name']}.parquet", data)


def _dumped(fields: Any) -> bytes:
    """Return the fields as YAML, with quotes around texts that are not one plain line."""
    import yaml  # noqa: PLC0415 - only some formats need it

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, _data: Any) -> bool:
            return True

    def node(dumper: Dumper, text: str) -> yaml.ScalarNode:
        style = '"' if ODD.search(text) else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    Dumper.add_representer(str, node)
    text = yaml.dump(fields, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=100)
    return str(text).encode()


FORMAT = Format(
    title="Tasks of lm-evaluation-harness: YAML with local data",
    sniff=sniff,
    read=read,
    write=write,
    reads="folder",
    modules=("pyarrow",),
    extra="hf",
    takes=frozenset({"data"}),
)
