"""Folders of Hugging Face datasets: what `save_to_disk` wrote, or Parquet files with a card.

What `taskschema export huggingface` wrote, with its configs `default` and `tasks`, becomes the
tasks that it was made of, with the files of their attachments, and with split lists if there are
splits but `train`. This is what is written as well, in one split. A task whose instances are in
several splits has those of `evaluation` first.

The rows of any other folder are read as those of `parquet`, with the same options; they are kept in
`extras.datasets`. The configs of a folder become tasks of their own. Where a config has several
splits, the field `split` in `extras` says of which one a row is. `--config` takes `config` and
`split` to read only one of each.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

from taskschema.collection import export_manifest
from taskschema.convert.format import ConvertOptions, Format, Loss
from taskschema.convert.pieces import Beside, Chunk, Document, Piece, Problem
from taskschema.convert.shared.sources.json_files import label_of
from taskschema.convert.shared.tables.arrow_rows import ArrowFile, arrow_table
from taskschema.convert.shared.tables.arrow_sources import arrow_file
from taskschema.convert.shared.tables.dataset_cards import CARD, DEFAULT, CardConfig
from taskschema.convert.shared.tables.dataset_folders import DICTIONARY, STATE, configs_of
from taskschema.convert.shared.tables.exported import exported_tasks, is_export
from taskschema.convert.shared.tables.exported_files import exported_files
from taskschema.convert.shared.tables.mapping import COLUMNS, SETTINGS
from taskschema.convert.shared.tables.reading import ForeignTable, tasks_of
from taskschema.convert.source import ConversionSource, Sample
from taskschema.core.plugin_settings import Setting
from taskschema.schema import vocabulary
from taskschema.schema.columns import Columns

OWN, SPLIT, TASKS = "datasets", "split", "tasks"
ATTACHMENTS, EVALUATION = "attachments", "evaluation"
KINDS: tuple[vocabulary.AnswerKind, ...] = get_args(vocabulary.AnswerKind)
CHUNK = 1 << 20  # bytes
LISTS = "splits/"


def sniff(sample: Sample) -> bool:
    """Whether it is a folder with the files that only datasets have."""
    names = set(sample.names)
    has_parquet = any(name.endswith(".parquet") for name in names)
    return bool(names & {DICTIONARY, STATE}) or (CARD in names and has_parquet)


def read(source: ConversionSource, options: ConvertOptions) -> Iterator[Piece]:
    """The tasks of each config."""
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
    chosen = _chosen(configs, options)
    if configs and not chosen:
        there = ", ".join(f"`{config.name}` ({', '.join(config.splits)})" for config in configs)
        message = f"--config: names none of the configs and splits that are there: {there}."
        yield Problem(source.place(), "wrong-shape", message)
    for config in chosen:
        part = source
        if len(chosen) > 1:
            label, name = source.label / config.name, f"{source.name}-{config.name}"
            part = replace(source, label=label, name=name)
        yield from tasks_of(_table(config, source), part, options)


def _chosen(configs: Iterable[CardConfig], options: ConvertOptions) -> list[CardConfig]:
    """The configs, with the splits, that a person wants."""
    name, split = (options.configuration.get(key) for key in ("config", SPLIT))
    wanted = [
        replace(
            config,
            splits={key: files for key, files in config.splits.items() if split in (None, key)},
        )
        for config in configs
        if name in (None, config.name)
    ]
    return [config for config in wanted if config.splits]


def _splits_of(config: CardConfig) -> list[CardConfig]:
    """Each split by itself; what is for evaluations comes first in a task, as it does by custom."""
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


def write(
    items: Iterable[Document | Beside], _options: ConvertOptions
) -> Iterator[Chunk | Problem]:
    """The files of an export, whose list allows to export over it later."""
    from taskschema.dataset import folder as dataset_folder  # noqa: PLC0415 - brings all that such folders need

    with tempfile.TemporaryDirectory(prefix="taskschema-") as scratch:
        folder = Path(scratch)
        options = dataset_folder.DatasetFolderOptions()
        with tempfile.TemporaryDirectory(prefix="taskschema-") as beside:
            tasks = (dataset_folder.prepare(task, options) for task in _tasks(items, Path(beside)))
            written = dataset_folder.write(tasks, folder, options)
            export_manifest.write(folder, written.manifest)
        for path in sorted(file for file in folder.rglob("*") if file.is_file()):
            with path.open("rb") as file:
                while data := file.read(CHUNK):
                    yield Chunk(path.relative_to(folder).as_posix(), data)


def _tasks(items: Iterable[Document | Beside], folder: Path) -> Iterator[Columns]:
    """Each task with the files that came before it, as they would lie in a collection."""
    for item in items:
        if not isinstance(item, Beside):
            yield Columns(item, path=folder / f"{item['name']}.json", root=folder)
            shutil.rmtree(folder)
            folder.mkdir()
        elif not item.path.startswith(LISTS):
            file = folder / item.path
            file.parent.mkdir(parents=True, exist_ok=True)
            data = item.data.read_bytes() if isinstance(item.data, Path) else item.data
            file.write_bytes(data)


def _are_usual(metrics: Sequence[str]) -> bool:
    return any(tuple(metrics) == vocabulary.default_metrics(kind) for kind in KINDS)


FORMAT = Format(
    title="Folders of Hugging Face datasets, saved or as Parquet with a card",
    sniff=sniff,
    read=read,
    write=write,
    loses={
        "/$schema": Loss("the address of the schema"),
        "/evaluation": Loss("evaluations of no instances", lambda found: not found["instances"]),
        "/metrics": Loss("metrics that some kind of answers has by default", _are_usual),
    },
    reads="folder",
    keeps_files=True,
    modules=("pyarrow", "yaml"),
    extra="hf",
    takes=COLUMNS,
    settings=SETTINGS
    | {
        "config": Setting(str, "which of its configs is read"),
        "split": Setting(str, "which of its splits is read"),
    },
)
