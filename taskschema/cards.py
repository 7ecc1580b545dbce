"""The card of an exported dataset: what a hub and `load_dataset` read, and what people read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from taskschema.schema import NEWEST
from taskschema.text import several

__all__ = ["card"]

SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
LARGEST = "1M<n<10M"
# The licence identifiers that the Hugging Face Hub takes and that an SPDX identifier can become.
HUB_LICENSES = frozenset(
    {
        *("afl-3.0", "agpl-3.0", "apache-2.0", "artistic-2.0", "bsl-1.0", "bsd-2-clause"),
        *("bsd-3-clause", "bsd-3-clause-clear", "c-uda", "cc0-1.0", "cc-by-2.0", "cc-by-2.5"),
        *("cc-by-3.0", "cc-by-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0", "cc-by-nc-2.0"),
        *("cc-by-nc-3.0", "cc-by-nc-4.0", "cc-by-nd-4.0", "cc-by-nc-nd-3.0", "cc-by-nc-nd-4.0"),
        *("cc-by-nc-sa-2.0", "cc-by-nc-sa-3.0", "cc-by-nc-sa-4.0", "cdla-permissive-1.0"),
        *("cdla-permissive-2.0", "cdla-sharing-1.0", "ecl-2.0", "epl-1.0", "epl-2.0"),
        *("etalab-2.0", "eupl-1.1", "gpl-2.0", "gpl-3.0", "isc", "lgpl-2.1", "lgpl-3.0"),
        *("lppl-1.3c", "mit", "mpl-2.0", "ms-pl", "ncsa", "ofl-1.1", "osl-3.0", "pddl"),
        *("postgresql", "unlicense", "wtfpl", "zlib", "odbl"),
    }
)


def card(
    configs: Mapping[str, Mapping[str, str]], tasks: Sequence[Mapping[str, Any]], digest: str
) -> str:
    """A `README.md`: YAML front matter, then Markdown.

    Args:
        configs: the file of each split of each config; the one named `default` is the default.
        tasks: name, number of instances, categories, languages and licences of each task.
        digest: of all the data, in hexadecimal digits; a new one makes readers load anew.
    """
    import yaml  # noqa: PLC0415 - only exports need it

    instances = sum(task["instances"] for task in tasks)
    front = {
        "pretty_name": "A collection of instruction tasks",
        "language": _distinct(tasks, "instruction_language", "input_language", "output_language"),
        "license": sorted({_hub_license(name) for name in _distinct(tasks, "licenses")}),
        "size_categories": [next((name for size, name in SIZES if instances < size), LARGEST)],
        "tags": ["instruction-tuning", "taskschema"],
        "configs": [
            {
                "config_name": name,
                **({"default": True} if name == "default" else {}),
                # `datasets` keeps what it has read by folder name and version, not by content.
                "version": f"0.0.{int(digest[:7], 16)}",
                "data_files": [{"split": split, "path": path} for split, path in splits.items()],
            }
            for name, splits in configs.items()
        ],
    }
    front = {key: value for key, value in front.items() if value}
    by_category = Counter(category for task in tasks for category in task["categories"][:1])
    table = "\n".join(f"| {_cell(name)} | {count} |" for name, count in sorted(by_category.items()))
    content = f"{several(len(tasks), 'task')} with {several(instances, 'instance')}"
    return f"""---
{yaml.safe_dump(front, sort_keys=False, allow_unicode=True).strip()}
---

# A collection of instruction tasks

{content}, written by taskschema in schema version {NEWEST}.

- `default`: one row per instance. `output` lists every acceptable answer.
- `tasks`: one row per task, with its demonstrations and their explanations.

```python
from datasets import load_dataset

instances = load_dataset("PATH", split="train")
tasks = load_dataset("PATH", "tasks", split="train")
```

| main category | tasks |
|---|---|
{table}
"""


def _distinct(tasks: Sequence[Mapping[str, Any]], *keys: str) -> list[str]:
    return sorted({value for task in tasks for key in keys for value in task[key]})


def _hub_license(name: str) -> str:
    """The Hub's identifier of a licence, which for all that it does not know is `other`."""
    identifier = name.lower().removesuffix("-only").removesuffix("-or-later")
    return identifier if identifier in HUB_LICENSES else "other"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
