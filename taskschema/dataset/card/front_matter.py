"""The YAML front matter of a card, which `load_dataset` and the Hub read.

It contains no text of a task: each value is from a closed list, a valid language tag or a number.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from taskschema.dataset.card.hub import license_identifier, size_category, task_categories
from taskschema.dataset.data_files import DataFiles, glob_of
from taskschema.dataset.summary import DatasetSummary

__all__ = ["describe", "version"]

CODE = re.compile("[a-z]{2,3}")
NOT_A_LANGUAGE = {"und", "mis", "mul", "zxx"}
LICENSE_NAME = "licences-of-the-tasks"


def describe(
    title: str, contents: DatasetSummary, configs: DataFiles, digest: str
) -> dict[str, Any]:
    """Return the metadata in the order to write it, without empty values."""
    tags = [tag for tag, _, _ in contents.languages.rows()]
    found = {license_identifier(name) for name, _, _ in contents.licenses.rows()}
    categories = (name for name, _, _ in contents.categories.rows())
    front = {
        "pretty_name": title,
        "language": _codes(tags),
        "language_details": sorted(tag for tag in tags if "-" in tag and _codes([tag])),
        "license": sorted(found),
        # The Hub requires a name for a licence that it does not list; the card lists the licences.
        "license_name": LICENSE_NAME if "other" in found else "",
        "size_categories": [size_category(contents.instances)],
        "task_categories": task_categories(categories),
        "tags": ["croissant", "instruction-tuning", "taskschema"],
        "configs": list(_configs(configs, digest)),
    }
    return {key: value for key, value in front.items() if value}


def version(digest: str) -> str:
    """Return a version that changes with the data, from their hexadecimal digest."""
    return f"0.0.{int(digest[:7], 16)}"


def _configs(configs: DataFiles, digest: str) -> Iterator[dict[str, Any]]:
    for name, splits in configs.items():
        yield {
            "config_name": name,
            **({"default": True} if name == "default" else {}),
            # `datasets` caches by folder name and version, not by content.
            "version": version(digest),
            "data_files": [{"split": split, "path": glob_of(name, split)} for split in splits],
        }


def _codes(tags: Iterable[str]) -> list[str]:
    """Return the ISO 639 codes of tags, the only languages that the Hub accepts."""
    codes = {tag.split("-")[0] for tag in tags}
    return sorted(code for code in codes if CODE.fullmatch(code) and code not in NOT_A_LANGUAGE)
