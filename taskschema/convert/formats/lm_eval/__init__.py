"""Tasks of lm-evaluation-harness: a YAML for each, with its rows in local files.

Only what is declared is read: no `!function` is run, and `include` leads nowhere out of the
folder. Rows come from `dataset_kwargs.data_files` beside the YAML or from `--data`: a file, or a
folder that holds `TASK/SPLIT.jsonl` (or .json, .csv, .tsv, .parquet; or `DATASET/NAME/SPLIT`, or
`SPLIT`). Nothing is fetched. Templates run in a sandbox, without `regex_replace`.

The `description` is the definition, `doc_to_text` gives the input and `doc_to_target` the outputs.
A `doc_to_choice` that is one list for all rows makes them labels; else they are choices, of which
the right ones score 1. Samples of `fewshot_config` are demonstrations. Other fields and columns go
to `extras.lm_eval`.

Written, a task is `NAME.yaml` and `NAME.parquet`, to be run in their folder (`--include_path .`),
since the harness takes the path from there. Labels and choices are asked as `multiple_choice`, all
else as `generate_until` up to the first end of line that no answer has. Two demonstrations stand
in a prompt; none that asks what an instance asks is shown. What the fields do not say is carried in
`metadata` and the column `taskschema`.
"""

import re
from collections.abc import Generator, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.formats.lm_eval.config import Configs, Function, HarnessConfig
from taskschema.convert.formats.lm_eval.data import Absent, data_of
from taskschema.convert.formats.lm_eval.head import (
    COLUMN,
    carried_in,
    fields_of,
    head_of,
    loads,
    samples_of,
    shape_of,
)
from taskschema.convert.formats.lm_eval.prompts import HarnessFault, HarnessPrompt
from taskschema.convert.formats.lm_eval.rows import own_instance, parquet
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
LOOKED_AT = 20  # files of a folder
HEAD = 1 << 16  # bytes
ODD = re.compile("[^ -~\xa1-\u1fff\u3000-\ud7ff]")  # what is no plain character of a line
MEDIA = ("doc_to_image", "doc_to_audio")
MOST_EXHAUSTED = 3  # times that templates may do too much
TOO_MUCH = "does too much on its rows; those that follow are left out. Simplify its templates"
CARRIED = f"`{COLUMN}` is not as it was written. Mend it, or leave it out"


def sniff(sample: Sample) -> bool:
    """Whether a YAML, or one of the first of a folder, names a task and says how it is asked."""
    if not sample.names:
        return sample.suffix in SUFFIXES and _is_task(sample.head.encode())
    names = [name for name in sample.names if Path(name).suffix in SUFFIXES][:LOOKED_AT]
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
    """Each task whose rows are at hand; of each other why it is none."""
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
            message = "has no `task`, and no task here includes it. Add a name, or leave it out"
            yield base.problem("", message, "not-kept", refuses=False)


def _task(
    config: HarnessConfig, configs: Configs, options: ConvertOptions, *, alone: bool
) -> Iterator[Piece]:
    """The task of a configuration."""
    if problems := list(_refused(config)):
        yield from problems
        yield SourceCounts(0, 0, 1)
        return
    named = config.values.get("task")
    if isinstance(named, int | float | None):
        wrong = json_type(named) if "task" in config.values else "absent"
        yield config.problem("/task", f"`task` is {wrong}, not a name. Write it as a text")
        return
    if not isinstance(named, str):
        message = "is a group of tasks, which has no place here; its tasks are read where they are"
        yield config.problem("/task", message, "not-kept", refuses=False)
        return
    prompt = HarnessPrompt(config.values)
    files = prompt.fault or data_of(config, configs, options)
    if isinstance(files, Absent | HarnessFault):
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
        made = found if isinstance(found, Problem) else _made(found, prompt, head, ours=is_ours)
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
    """How the task begins; no sound beginning where what it carries is none."""
    column = carried_in(config.values)
    ours = column is not None
    head = head_of(config.values, prompt, ours=ours)
    demonstrations, wrong = samples_of(config.values, ours=ours)
    for pointer, message in wrong:
        yield config.problem(pointer, message, "not-kept", refuses=False)
    if demonstrations:
        head["positive_demonstrations"] = demonstrations
    if ours:
        head = overlaid(head, column) if isinstance(column, dict) else {}
    elif "definition" not in head:
        head["definition"] = [options.instruction or GENERIC_DEFINITION]
        if not options.instruction:
            message = f"has no `description`; `{GENERIC_DEFINITION}` was taken. Give --instruction"
            yield config.problem("", message, "assumed", refuses=False)
    if options.name:
        own = options.name if alone else f"{options.name}-{head.get('name')}"
        head["name"] = slug(own)
    return head


def _refused(config: HarnessConfig) -> Iterator[Problem]:
    """Why a configuration cannot be read at all."""
    for pointer, name in config.functions():
        message = (
            f"`{pointer.split('/')[1]}` is the code `{name}`, which is not run. Write out what it "
            "gives, as rows and templates"
        )
        yield config.problem(pointer, message, "code-refused")
    if config.values.get("use_prompt") is not None:
        message = "takes its prompt from elsewhere (`use_prompt`). Write it as `doc_to_text`"
        yield config.problem("/use_prompt", message, "not-applicable")
    for key in MEDIA:
        if config.values.get(key) is not None:
            message = f"`{key}` puts what is no text into the prompt. Only texts are read"
            yield config.problem(f"/{key}", message, "not-applicable")


def _made(
    found: tuple[Place, Document], prompt: HarnessPrompt, head: Document, *, ours: bool
) -> Document | Problem:
    """The instance of a row, or what is wrong with it."""
    place, row = found
    if ours:
        column = loads(row.get(COLUMN))
        whole = overlaid(own_instance(prompt, row), column) if isinstance(column, dict) else {}
        return (
            whole if fits_as_instance(whole, head) else Problem(place, "wrong-shape", f"{CARRIED}.")
        )
    made = prompt.instance(row)
    if isinstance(made, HarnessFault):
        return Problem(place, made.rule, f"{made.message}. Mend the row, or leave it out.")
    if not any(text.strip() for text in made["output"]):
        return Problem(place, "missing-answer", "has no answer. Write it, or leave the row out.")
    kept = prompt.unused(row, made["output"])
    if isinstance(row.get("id"), str):
        made["source_id"] = row["id"]
        kept.pop("id", None)
    whole = made | ({"extras": {"lm_eval": kept}} if kept else {})
    if not fits_as_instance({"id": "a"} | whole, head):
        return Problem(place, "wrong-shape", "gives no instance. Mend the row, or leave it out.")
    return whole


def write(
    items: Iterable[Document | CompanionFile], options: ConvertOptions
) -> Iterator[Chunk | Problem]:
    """A folder with a YAML and a Parquet file for each task."""
    for task in tasks_in(items):
        if not task["instances"]:
            message = "has no instances, and the harness takes no task without. Add some."
            yield Problem(Place(Path(task["name"])), "not-expressible", message)
            continue
        shape = shape_of(task)
        fields = fields_of(task, shape, bare=options.bare)
        yield Chunk(f"{task['name']}.yaml", _dumped(fields))
        for data in parquet(task, fields, shape, bare=options.bare):
            yield Chunk(f"{task['name']}.parquet", data)


def _dumped(fields: Any) -> bytes:
    """The YAML of the fields; texts that are more than a plain line stand in quotes."""
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
