"""Hugging Face dataset folders: saved with `save_to_disk`, or Parquet with a card.

A folder written by `taskschema export huggingface` (with its configs `default` and `tasks`) is read
back into the tasks it was made from, with the files of their attachments, and with split lists if
it has splits other than `train`. If a task has instances in several splits, those of `evaluation`
come first.

Rows of any other folder are read like those of `parquet`, with the same options; they are kept in
`extras.datasets`. Each config becomes a task of its own. If a config has several splits, the field
`split` in `extras` names the split of each row. `--config` takes `config` and `split` to read only
one of them.

Written: the same folder as `taskschema export huggingface` writes, with one split.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

from taskschema.collection import export_manifest
from taskschema.convert.format import ConvertOptions, Format, Loss
from taskschema.convert.pieces import (
    Chunk,
    CompanionFile,
    ConversionSource,
    Item,
    Piece,
    Problem,
    Sample,
)
from taskschema.convert.shared.sources.json_files import label_of
from taskschema.convert.shared.tables.arrow_reader import arrow_file
from taskschema.convert.shared.tables.arrow_rows import ArrowFile, arrow_table
from taskschema.convert.shared.tables.column_mapping import COLUMNS, SETTINGS
from taskschema.convert.shared.tables.dataset_cards import CARD, DEFAULT, CardConfig
from taskschema.convert.shared.tables.dataset_folders import DICTIONARY, STATE, configs_of
from taskschema.convert.shared.tables.export_attachments import exported_files
from taskschema.convert.shared.tables.export_tasks import exported_tasks, is_export
from taskschema.convert.shared.tables.tasks_from_table import ForeignTable, tasks_from_table
from taskschema.core.plugin_settings import Setting
from taskschema.schema import vocabulary
from taskschema.schema.columns import Columns

OWN, SPLIT, TASKS = "datasets", "split", "tasks"
ATTACHMENTS, EVALUATION = "attachments", "evaluation"
KINDS: tuple[vocabulary.AnswerKind, ...] = get_args(vocabulary.AnswerKind)
CHUNK = 1 << 20  # bytes
LISTS = "splits/"


def sniff(sample: Sample) -> bool:
    """Return whether a folder has the files that only dataset folders have."""
    names = set(sample.names)
    has_parquet = any(name.endswith(".parquet") for name in names)
    return bool(names & {DICTIONARY, STATE}) or (CARD in names and has_parquet)


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """Yield the tasks of an export, or one table of tasks per config."""
    if not source.path.is_dir():
        message = "is a file. Name the folder of the dataset, or give --from parquet."
        yield Problem(source.place(), "wrong-shape", message)
        return
    configs, problems = configs_of(source)
    yield from problems
    by_name = {config.name: config for config in configs}
    if {DEFAULT, TASKS} <= by_name.keys():
        tasks = _table(by_name[TASKS], source)
        instances = [_table(config, source) for config in _splits_of(by_name[DEFAULT])]
        if all(is_export(table, tasks) for table in instances):
            attached = by_name.get(ATTACHMENTS)
            files = exported_files(_files(attached, source)) if attached else iter(())
            yield from exported_tasks(instances, tasks, files)
            return
    selected = _selected(configs, options)
    if configs and not selected:
        there = ", ".join(f"`{config.name}` ({', '.join(config.splits)})" for config in configs)
        message = f"--config selects no config and split of the folder. It has {there}."
        yield Problem(source.place(), "wrong-shape", message)
    for config in selected:
        part = source
        if len(selected) > 1:
            label, name = source.label / config.name, f"{source.name}-{config.name}"
            part = replace(source, label=label, name=name)
        yield from tasks_from_table(_table(config, source), part, options)


def _selected(configs: Iterable[CardConfig], options: ConvertOptions) -> list[CardConfig]:
    """Return the configs and splits that the options select."""
    name, split = (options.configuration.get(key) for key in ("config", SPLIT))
    selected = [
        replace(
            config,
            splits={key: files for key, files in config.splits.items() if split in (None, key)},
        )
        for config in configs
        if name in (None, config.name)
    ]
    return [config for config in selected if config.splits]


def _splits_of(config: CardConfig) -> list[CardConfig]:
    """Return each split as a config of its own, with `evaluation` first, as is the convention."""
    names = sorted(config.splits, key=lambda name: name != EVALUATION)
    return [replace(config, splits={name: config.splits[name]}) for name in names]


def _table(config: CardConfig, source: ConversionSource) -> ForeignTable:
    return arrow_table(OWN, _files(config, source))


def _files(config: CardConfig, source: ConversionSource) -> Iterator[ArrowFile | Problem]:
    for split, paths in config.splits.items():
        added = {SPLIT: split} if len(config.splits) > 1 else {}
        for path in paths:
            place = source.place()._replace(path=label_of(source, path))
            yield from arrow_file(path, place, features=config.features, added=added)


def write(items: Iterable[Item], _options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """Yield the files of an export, with the manifest that allows exporting over it later."""
    from taskschema.dataset import folder as dataset_folder  # noqa: PLC0415 - imports heavy libraries

    with tempfile.TemporaryDirectory(prefix="taskschema-") as scratch:
        folder = Path(scratch)
        options = dataset_folder.DatasetFolderOptions()
        with tempfile.TemporaryDirectory(prefix="taskschema-") as companions:
            tasks = (
                dataset_folder.prepare(task, options) for task in _tasks(items, Path(companions))
            )
            written = dataset_folder.write(tasks, folder, options)
            export_manifest.write(folder, written.manifest)
        for path in sorted(file for file in folder.rglob("*") if file.is_file()):
            with path.open("rb") as file:
                while data := file.read(CHUNK):
                    yield Chunk(path.relative_to(folder).as_posix(), data)


def _tasks(items: Iterable[Item], folder: Path) -> Iterator[Columns]:
    """Yield each task; its companion files are in the folder while it is processed."""
    for item in items:
        if not isinstance(item, CompanionFile):
            yield Columns(item, path=folder / f"{item['name']}.json", root=folder)
            shutil.rmtree(folder)
            folder.mkdir()
        elif not item.path.startswith(LISTS):
            file = folder / item.path
            file.parent.mkdir(parents=True, exist_ok=True)
            data = item.data.read_bytes() if isinstance(item.data, Path) else item.data
            file.write_bytes(data)


def _are_defaults(metrics: Sequence[str]) -> bool:
    return any(tuple(metrics) == vocabulary.default_metrics(kind) for kind in KINDS)


FORMAT = Format(
    title="Hugging Face dataset folders, saved or as Parquet with a card",
    sniff=sniff,
    read=read,
    write=write,
    loses={
        "/$schema": Loss("the URL of the schema"),
        "/evaluation": Loss(
            "evaluations without instances", lambda evaluation: not evaluation["instances"]
        ),
        "/metrics": Loss("metrics that are the default of an answer format", _are_defaults),
    },
    reads="folder",
    keeps_files=True,
    modules=("pyarrow", "yaml"),
    extra="hf",
    takes=COLUMNS,
    settings=SETTINGS
    | {
        "config": Setting(str, "the config to read"),
        "split": Setting(str, "the split to read"),
    },
)
