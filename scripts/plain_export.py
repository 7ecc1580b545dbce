"""The plain export: the rows of our `default` config, written the way `datasets` suggests it.

    python scripts/plain_export.py FOLDER OUT LIKE

It is the yardstick of `scripts/bench.py` for `taskschema export huggingface`: `json.load`, one
dict per instance, `Dataset.from_generator`, `to_parquet`; a fresh cache each time, one process.
It must NOT be tuned, neither up nor down.

LIKE is a Parquet file that our own export wrote: its columns and types are taken, so that both
write the same rows. A column that nothing in a task file answers to gets an empty value of its
type. Values of a whole task are made once for the task; only id, input and output are made anew
for every instance. Files of schema v2 and v3 are read.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq  # noqa: TID253
from datasets import Dataset, Features, List, Value  # noqa: TID253

INSTANCE = {
    "id": "id",
    "input": "input",
    "inputs": "input",
    "output": "output",
    "outputs": "output",
}
SAME = {
    "definition": ["definitions"],
    "positive_examples": ["positive_demonstrations"],
    "negative_examples": ["negative_demonstrations"],
    "instance_license": ["license", "licenses"],
    "source": ["sources"],
    "url": ["urls", "source_urls"],
    "input_language": ["input_languages"],
    "output_language": ["output_languages"],
    "instruction_language": ["instruction_languages"],
    "name": ["task"],
}


def read_head(path: Path, task: dict[str, Any]) -> dict[str, Any]:
    """Gather what a task says of itself, under the names of v2 and of v3, in snake_case."""
    head = {key.lower().replace(" ", "_"): value for key, value in task.items()}
    languages = head.get("languages")
    if isinstance(languages, dict):
        head |= {f"{part}_language": tags for part, tags in languages.items()}
    head |= {"name": path.stem, "split": "train"}
    for key, others in SAME.items():
        for other in others:
            if key in head:
                head.setdefault(other, head[key])
            elif other in head:
                head[key] = head[other]
    return head


def fit(value: Any, feature: Any) -> Any:
    """Turn a value into one of the feature's type; None gives the empty value of the type."""
    if isinstance(feature, dict):
        parts = value if isinstance(value, dict) else {next(iter(feature)): value}
        return {key: fit(parts.get(key), inner) for key, inner in feature.items()}
    if isinstance(feature, List):
        items = value if isinstance(value, list) else [] if value is None else [value]
        return [fit(item, feature.feature) for item in items]
    kind = feature.dtype if isinstance(feature, Value) else None
    if kind in {"string", "large_string"}:
        if isinstance(value, list) and value:
            return fit(value[0], feature)
        if isinstance(value, dict):
            return json.dumps(value, ensure_ascii=False)
        return "" if value is None else str(value)
    if kind == "bool":
        return bool(value)
    if kind is not None and kind.startswith(("int", "uint", "float")):
        return value if isinstance(value, int | float) else 0
    return None


def rows(folder: str, features: Features) -> Iterator[dict[str, Any]]:
    """Yield one dict per instance of every task file of the folder."""
    for path in sorted(Path(folder).glob("*.json")):
        with path.open(encoding="utf-8") as file:
            task = json.load(file)
        head = read_head(path, task)
        constants = {column: fit(head.get(column), feature) for column, feature in features.items()}
        own = {column: key for column, key in INSTANCE.items() if column in features}
        for instance in task.get("instances", task.get("Instances")):
            yield constants | {column: instance[key] for column, key in own.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description="Export a folder of tasks, plainly.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("like", type=Path, help="a Parquet file with the columns to write")
    arguments = parser.parse_args()
    features = Features.from_arrow_schema(pq.read_schema(arguments.like))
    arguments.out.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as cache:
        dataset = Dataset.from_generator(
            rows,
            features=features,
            cache_dir=cache,
            gen_kwargs={"folder": str(arguments.folder), "features": features},
        )
        dataset.to_parquet(arguments.out / "train.parquet")
        print(f"{len(dataset)} rows")


if __name__ == "__main__":
    main()
