"""The YAML at the head of a card, which `load_dataset` and the Hub read.

Nothing in it is a text of a task: every value is of a closed list, a valid language tag or counted.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from taskschema.dataset.card.hub import license_identifier, size_category, task_categories
from taskschema.dataset.data_files import DataFiles, glob_of
from taskschema.dataset.summary import DatasetSummary

__all__ = ["describe", "version"]

CODE = re.compile("[a-z]{2,3}")
UNKNOWN = {"und", "mis", "mul", "zxx"}  # no language, or none that is said
LICENSE_NAME = "licences-of-the-tasks"


def describe(
    title: str, contents: DatasetSummary, configs: DataFiles, digest: str
) -> dict[str, Any]:
    """The metadata, in the order in which it is written; what is empty is left out."""
    tags = [kind for kind, _, _ in contents.languages.rows()]
    found = {license_identifier(name) for name, _, _ in contents.licenses.rows()}
    categories = (name for name, _, _ in contents.categories.rows())
    front = {
        "pretty_name": title,
        "language": _codes(tags),
        "language_details": sorted(tag for tag in tags if "-" in tag and _codes([tag])),
        "license": sorted(found),
        # The Hub asks for a name where a licence is not of its list; the card has them all.
        "license_name": LICENSE_NAME if "other" in found else "",
        "size_categories": [size_category(contents.instances)],
        "task_categories": task_categories(categories),
        "tags": ["croissant", "instruction-tuning", "taskschema"],
        "configs": list(_configs(configs, digest)),
    }
    return {key: value for key, value in front.items() if value}


def version(digest: str) -> str:
    """A version that differs wherever the data do; `digest` is in hexadecimal digits."""
    return f"0.0.{int(digest[:7], 16)}"


def _configs(configs: DataFiles, digest: str) -> Iterator[dict[str, Any]]:
    for name, splits in configs.items():
        yield {
            "config_name": name,
            **({"default": True} if name == "default" else {}),
            # `datasets` keeps what it has read by folder name and version, not by content.
            "version": version(digest),
            "data_files": [{"split": split, "path": glob_of(name, split)} for split in splits],
        }


def _codes(tags: Iterable[str]) -> list[str]:
    """The ISO 639 codes of tags: all that the Hub takes for a language."""
    codes = {tag.split("-")[0] for tag in tags}
    return sorted(code for code in codes if CODE.fullmatch(code) and code not in UNKNOWN)
