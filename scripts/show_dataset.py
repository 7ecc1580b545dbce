"""Load an exported dataset as a consumer does, and show what is in it.

python scripts/show_dataset.py build/dataset
"""

import json
import sys
from pathlib import Path


def main(folder: str) -> None:
    import datasets

    datasets.disable_progress_bars()
    cache = str(Path(folder).parent / "cache")
    instances = datasets.load_dataset(folder, split="train", cache_dir=cache)
    tasks = datasets.load_dataset(folder, "tasks", split="train", cache_dir=cache)
    print(f"datasets {datasets.__version__} loaded {folder}:")
    print(f"  default: {instances.num_rows:,} rows, {len(instances.column_names)} columns")
    print(f"  tasks:   {tasks.num_rows:,} rows, {len(tasks.column_names)} columns")
    if instances.num_rows:
        print("The first row of default:")
        print(json.dumps(instances[0], indent=2, ensure_ascii=False))


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004
        sys.exit("usage: python scripts/show_dataset.py FOLDER")
    main(sys.argv[1])
