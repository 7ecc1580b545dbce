"""A folder for axolotl: records, and `datasets.yaml` to copy into a configuration.

View `messages` is its type `chat_template`, `alpaca` its type `alpaca`. `datasets.yaml` lists the
split `train` for training, and `dev`, `validation` and `test` for evaluation; add others yourself.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from taskschema.export.exporter import Exporter, WrittenExport
from taskschema.export.plan import ExportPlan
from taskschema.export.shared.record_files import TaskRecords, task_records, write_records

SNIPPET = "datasets.yaml"
TRAINED, EVALUATED = ("train",), ("dev", "validation", "test")
TYPES: dict[str, dict[str, Any]] = {
    "alpaca": {"type": "alpaca"},
    "messages": {
        "type": "chat_template",
        "field_messages": "messages",
        "message_property_mappings": {"role": "role", "content": "content"},
        "roles_to_train": ["assistant"],
    },
}
COMMENT = "# For a configuration of axolotl that is run in this folder; else complete the paths.\n"


def write(tasks: Iterable[TaskRecords], folder: Path, plan: ExportPlan) -> WrittenExport:
    """Write `SPLIT.jsonl` for each split, and the part of a configuration that lists them."""
    import yaml  # noqa: PLC0415 - only some exporters need it

    files = write_records(tasks, folder, plan)
    snippet = {}
    for key, splits in (("datasets", TRAINED), ("test_datasets", EVALUATED)):
        # In axolotl every local file has the split `train`.
        entries = [
            {"path": f"{split}.jsonl", "ds_type": "json", "split": "train", **TYPES[plan.view]}
            for split in splits
            if split in files.paths
        ]
        snippet.update({key: entries} if entries else {})

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, _data: Any) -> bool:
            return True

    text = yaml.dump(snippet, Dumper=Dumper, sort_keys=False) if snippet else ""
    (folder / SNIPPET).write_bytes((COMMENT + text).encode())
    return files.finished(SNIPPET)


EXPORTER = Exporter(
    prepare=task_records,
    write=write,
    view="messages",
    views=("alpaca", "messages"),
    modules=("yaml",),
    extra="hf",
)
