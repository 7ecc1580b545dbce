"""Finds the files of each config and split in a dataset folder.

The folder was written by `save_to_disk`, or holds Parquet files, with or without a card that lists
them. Nothing outside the folder is read.
"""

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from taskschema.convert.pieces import ConversionSource, Place, Problem
from taskschema.convert.shared.sources.json_files import files_in, label_of, load_json
from taskschema.convert.shared.tables.dataset_cards import DEFAULT, TRAIN, CardConfig, listed_in

__all__ = ["DICTIONARY", "STATE", "configs_of"]

DICTIONARY, STATE = "dataset_dict.json", "state.json"
WORDS = re.compile(r"[/._-]")
SHARD = re.compile(r"(.+)-\d+-of-\d+\.parquet")
SPLITS = {
    **dict.fromkeys(("train", "training"), TRAIN),
    **dict.fromkeys(("validation", "valid", "val", "dev"), "validation"),
    **dict.fromkeys(("test", "testing", "eval", "evaluation"), "test"),
}


def configs_of(source: ConversionSource) -> tuple[list[CardConfig], list[Problem]]:
    """Return the configs of a folder, in its own order, and the problems with it."""
    problems: list[Problem] = []
    files = []
    for found in files_in(source):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            files.append(found)
    names = {path.relative_to(source.path).as_posix(): path for path in files}
    if DICTIONARY in names or STATE in names:
        config = _saved(names, source, problems)
        return [config] if config.splits else [], problems
    configs = listed_in(names, source, problems) or _usual(names)
    if not configs and not problems:
        message = (
            f"holds no dataset: neither `{DICTIONARY}` nor `{STATE}`, which save_to_disk writes, "
            "nor Parquet files. Name another folder, or a file."
        )
        problems.append(Problem(source.place(), "wrong-shape", message))
    return configs, problems


def _saved(
    names: Mapping[str, Path], source: ConversionSource, problems: list[Problem]
) -> CardConfig:
    """The splits that `save_to_disk` wrote of a dataset or a dictionary of datasets."""
    folders = {"": TRAIN}
    if path := names.get(DICTIONARY):
        splits = _member(path, "splits", source, problems)
        folders = {f"{split}/": split for split in splits if isinstance(split, str)}
    config = CardConfig()
    for folder, split in folders.items():
        state = f"{folder}{STATE}"
        if state not in names:
            place = source.place()
            if path:
                place = Place(label_of(source, path), pointer="/splits")
            message = f"has no `{state}`, which the split `{split}` needs. Fetch the whole folder."
            problems.append(Problem(place, "wrong-shape", message))
            continue
        files = config.splits.setdefault(split, [])
        for entry in _member(names[state], "_data_files", source, problems):
            name = entry.get("filename") if isinstance(entry, dict) else None
            if isinstance(name, str) and (file := names.get(f"{folder}{name}")):
                files.append(file)
            else:
                message = (
                    f"names the file `{name}`, which is not next to it. Fetch the whole folder."
                )
                place = Place(label_of(source, names[state]), pointer="/_data_files")
                problems.append(Problem(place, "wrong-shape", message))
    return config


def _member(path: Path, key: str, source: ConversionSource, problems: list[Problem]) -> list[Any]:
    """A list in a JSON file; an empty list and a problem if there is none."""
    label = label_of(source, path)
    found = load_json(path, label)
    if isinstance(found, Problem):
        problems.append(found)
        return []
    document = found[1]
    value = document.get(key) if isinstance(document, dict) else None
    if not isinstance(value, list):
        message = f"has no list `{key}`, which save_to_disk writes. Fetch the whole folder."
        problems.append(Problem(Place(label), "wrong-shape", message))
        return []
    return value


def _usual(names: Mapping[str, Path]) -> list[CardConfig]:
    """Configs and splits by the names of Parquet files."""
    configs: dict[str, CardConfig] = {}
    for name, path in sorted(names.items()):
        if path.suffix == ".parquet":
            folder = PurePosixPath(name).parts[0] if "/" in name else "data"
            is_split = folder in SPLITS or folder == "data"
            config = DEFAULT if is_split else folder
            inner = name if is_split else name.partition("/")[2]
            words = [SPLITS[word] for word in WORDS.split(inner) if word in SPLITS]
            shard = SHARD.fullmatch(path.name)
            split = words[0] if words else shard[1] if shard else TRAIN
            kept = configs.setdefault(config, CardConfig(name=config))
            kept.splits.setdefault(split, []).append(path)
    return list(configs.values())
