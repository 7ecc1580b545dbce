"""Reads the card of a dataset folder: its YAML header lists configs, splits and files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from taskschema.convert.pieces import ConversionSource, Place, Problem
from taskschema.convert.shared.sources.json_files import label_of
from taskschema.core.syntax.yaml import load

__all__ = ["CARD", "DEFAULT", "TRAIN", "CardConfig", "listed_in"]

CARD, DEFAULT, TRAIN = "README.md", "default", "train"
FENCE = "---"
MOST_OF_CARD = 4_000_000  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CardConfig:
    """One config of a dataset folder."""

    name: str = DEFAULT
    splits: dict[str, list[Path]] = field(default_factory=dict)
    features: Mapping[str, Any] = field(default_factory=dict)
    """Features of its columns, in the notation of Parquet metadata, if the card lists them."""


def listed_in(
    names: Mapping[str, Path],
    source: ConversionSource,
    problems: list[Problem],
) -> list[CardConfig]:
    """Return the configs that the card of a folder lists; none without a card.

    Args:
        names: the files of the folder.
        source: the folder.
        problems: the list to which problems are added.
    """
    front = _front(names.get(CARD), source, problems)
    configs = []
    infos = _features(front.get("dataset_info"))
    listed = front.get("configs")
    for entry in listed if isinstance(listed, list) else []:
        if not isinstance(entry, dict) or "data_files" not in entry:
            continue
        name = entry.get("config_name")
        name = name if isinstance(name, str) else DEFAULT
        config = CardConfig(name=name, features=infos.get(name, {}))
        base = entry.get("data_dir")
        base = f"{base.strip('/')}/" if isinstance(base, str) and base.strip("/") else ""
        for split, pattern in _patterns(entry["data_files"]):
            found = _matching(base + pattern, names)
            parquet = [path for path in found if path.suffix == ".parquet"]
            if parquet:
                config.splits.setdefault(split, []).extend(parquet)
            if len(parquet) < max(len(found), 1):
                what = f"`{found[0].name}`, which is not Parquet" if found else "no file"
                message = (
                    f"config `{name}`: `{pattern}` names {what}. Fetch the whole folder, or "
                    "convert files of another format separately, with --from."
                )
                place = Place(label_of(source, names[CARD]))
                problems.append(Problem(place, "wrong-shape", message))
        if config.splits:
            configs.append(config)
    return configs


def _front(path: Path | None, source: ConversionSource, problems: list[Problem]) -> dict[str, Any]:
    """The YAML header of a card."""
    if path is None or path.stat().st_size > MOST_OF_CARD:
        return {}
    lines = path.read_bytes().decode("utf-8-sig", errors="replace").splitlines()
    if not lines or lines[0].rstrip() != FENCE:
        return {}
    ends = (number for number, line in enumerate(lines[1:], start=1) if line.rstrip() == FENCE)
    yaml = load("\n".join(lines[1 : next(ends, 1)]).encode())
    for fault in yaml.faults:
        place = Place(label_of(source, path), fault.line + 1, fault.column, fault.pointer)
        problems.append(Problem(place, "assumed", fault.message, refuses=False))
    return yaml.value if isinstance(yaml.value, dict) else {}


def _patterns(listed: Any) -> Iterator[tuple[str, str]]:
    """The splits and patterns of a card's `data_files`."""
    if isinstance(listed, str):
        yield TRAIN, listed
    elif isinstance(listed, dict) and "path" not in listed:
        for split, patterns in listed.items():
            for pattern in patterns if isinstance(patterns, list) else [patterns]:
                if isinstance(pattern, str):
                    yield split, pattern
    elif isinstance(listed, dict):
        split = listed.get("split")
        patterns = listed["path"]
        for pattern in patterns if isinstance(patterns, list) else [patterns]:
            if isinstance(pattern, str):
                yield split if isinstance(split, str) else TRAIN, pattern
    elif isinstance(listed, list):
        for entry in listed:
            if isinstance(entry, (str, dict)):
                yield from _patterns(entry)


def _matching(pattern: str, names: Mapping[str, Path]) -> list[Path]:
    """The files of the folder that match a pattern."""
    pattern = pattern.removeprefix("./")
    short = pattern.replace("**/", "")
    return [
        path
        for name, path in sorted(names.items())
        if fnmatchcase(name, pattern) or fnmatchcase(name, short)
    ]


def _features(infos: Any) -> dict[str, dict[str, Any]]:
    """The features that a card lists, by config, in the notation of Parquet metadata."""
    found: dict[str, dict[str, Any]] = {}
    for info in infos if isinstance(infos, list) else [infos]:
        features = info.get("features") if isinstance(info, dict) else None
        if isinstance(features, list):
            name = info.get("config_name")
            found[name if isinstance(name, str) else DEFAULT] = {
                str(feature.get("name")): _feature(feature)
                for feature in features
                if isinstance(feature, dict)
            }
    return found


def _feature(feature: Mapping[str, Any]) -> Any:
    """A feature of a card; only labels and lists of them tell more than the column's type."""
    for key in ("sequence", "list"):
        inner = feature.get(key)
        if isinstance(inner, dict):
            return [_feature({"dtype": inner.get("dtype", inner)})]
    dtype = feature.get("dtype")
    label = dtype.get("class_label") if isinstance(dtype, dict) else None
    names = label.get("names") if isinstance(label, dict) else None
    if isinstance(names, dict):
        return {"_type": "ClassLabel", "names": [names[key] for key in sorted(names, key=_number)]}
    return {"_type": "Value"}


def _number(key: str) -> int:
    """The number of a label; a key that is not a number comes first."""
    return int(key) if key.isdecimal() else -1
