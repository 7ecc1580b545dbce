"""Files with the rows of an evaluation harness task."""

from pathlib import Path
from typing import Any, NamedTuple

from taskschema.convert.format import ConvertOptions
from taskschema.convert.formats.lm_eval.config import Configs, HarnessConfig
from taskschema.convert.shared.sources.data_rows import SUFFIXES
from taskschema.convert.shared.sources.json_files import label_of

__all__ = ["NoRows", "row_files_of"]

FILES = ("json", "csv", "parquet")
SPLITS = ("test_split", "validation_split", "training_split")


class NoRows(NamedTuple):
    """The reason why a task has no rows."""

    pointer: str
    rule: str
    message: str


def row_files_of(
    config: HarnessConfig, configs: Configs, options: ConvertOptions
) -> list[tuple[Path, Path]] | NoRows:
    """Return the files of the evaluated split, each with the path that findings show."""
    split = _split(config)
    if options.data is not None:
        if not options.data.is_dir():
            return [(options.data, options.data)]
        found = _file_in_data_folder(options.data, config, split)
        return [(found, found)] if found else _no_rows(config, split)
    kwargs = config.values.get("dataset_kwargs")
    named = kwargs.get("data_files") if isinstance(kwargs, dict) else None
    if config.values.get("dataset_path") not in FILES or named is None:
        return _no_rows(config, split)
    return _files_in_config(config, configs, named, split)


def _split(config: HarnessConfig) -> str:
    """Return the evaluated split: test, else validation, else training."""
    for key in SPLITS:
        value = config.values.get(key)
        if isinstance(value, str) and value:
            return value.partition("[")[0]
    return "train"


def _file_in_data_folder(folder: Path, config: HarnessConfig, split: str) -> Path | None:
    """Return the file of a task in the folder given with --data."""
    root = folder.resolve()
    dataset = config.values.get("dataset_path")
    name = config.values.get("dataset_name")
    task = config.values["task"]
    places = [task]
    if isinstance(dataset, str):
        places += [f"{dataset}/{name}"] if isinstance(name, str) else []
        places.append(dataset)
    stems = [f"{place}/{split}" for place in places] + [task, split]
    for stem in stems:
        for suffix in SUFFIXES:
            path = root / f"{stem}{suffix}"
            try:
                if path.is_file() and path.resolve().is_relative_to(root):
                    return path
            except (OSError, ValueError):
                continue
    return None


def _files_in_config(
    config: HarnessConfig, configs: Configs, named: Any, split: str
) -> list[tuple[Path, Path]] | NoRows:
    """Return the files that the configuration names; they must be inside its folder."""
    pointer = "/dataset_kwargs/data_files"
    if isinstance(named, dict):
        if split not in named:
            message = f"`data_files` has no file for the split `{split}`"
            return NoRows(pointer, "not-applicable", message)
        named = named[split]
    files = []
    for name in named if isinstance(named, list) else [named]:
        if not isinstance(name, str) or not name:
            message = "`data_files` is neither a file name nor file names by split"
            return NoRows(pointer, "wrong-shape", message)
        if "://" in name:
            return _no_rows(config, split)
        try:
            path = (config.path.parent / name).resolve()
            is_inside, is_there = path.is_relative_to(configs.root), path.is_file()
        except (OSError, ValueError, RuntimeError):
            is_inside = is_there = False
        if not is_inside:
            message = f"`{name}` is outside the folder. Give the rows with --data"
            return NoRows(pointer, "not-applicable", message)
        if not is_there:
            message = f"`{name}` does not exist. Add the file or give the rows with --data"
            return NoRows(pointer, "not-applicable", message)
        source = configs.source
        if source.path.is_dir():
            label = label_of(source, source.path / path.relative_to(configs.root))
        else:
            label = source.label.parent / path.name
        files.append((path, label))
    return files


def _no_rows(config: HarnessConfig, split: str) -> NoRows:
    dataset = config.values.get("dataset_path")
    name = config.values.get("dataset_name")
    shown = f"`{dataset}`" if isinstance(dataset, str) else "the task"
    shown += f" (`{name}`)" if isinstance(dataset, str) and isinstance(name, str) else ""
    task = config.values["task"]
    message = (
        f"no local file has the rows of {shown}. Give --data with their file, or with a folder "
        f"that has `{task}/{split}.jsonl`"
    )
    key = "dataset_path" if "dataset_path" in config.values else "task"
    return NoRows(f"/{key}", "not-applicable", message)
