"""The card of an exported dataset: what a hub and `load_dataset` read, and what people read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from taskschema.schema import NEWEST
from taskschema.text import several

__all__ = ["card"]

SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
LARGEST = "1M<n<10M"


def card(configs: Mapping[str, Mapping[str, str]], tasks: Sequence[Mapping[str, Any]]) -> str:
    """A `README.md`: YAML front matter, then Markdown.

    Args:
        configs: the file of each split of each config; the one named `default` is the default.
        tasks: name, number of instances, categories, languages and licences of each task.
    """
    import yaml  # noqa: PLC0415 - only exports need it

    instances = sum(task["instances"] for task in tasks)
    front = {
        "pretty_name": "A collection of instruction tasks",
        "language": _distinct(tasks, "instruction_language", "input_language", "output_language"),
        "license": [name.lower() for name in _distinct(tasks, "licenses")],
        "size_categories": [next((name for size, name in SIZES if instances < size), LARGEST)],
        "tags": ["instruction-tuning", "taskschema"],
        "configs": [
            {
                "config_name": name,
                **({"default": True} if name == "default" else {}),
                "data_files": [{"split": split, "path": path} for split, path in splits.items()],
            }
            for name, splits in configs.items()
        ],
    }
    front = {key: value for key, value in front.items() if value}
    by_category = Counter(category for task in tasks for category in task["categories"][:1])
    table = "\n".join(f"| {name} | {count} |" for name, count in sorted(by_category.items()))
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
