"""A folder for axolotl: records, and `datasets.yaml` to be put into a configuration.

View `messages` is its type `chat_template`, `alpaca` its type `alpaca`. Only the split `train` is
trained on; `dev`, `validation` and `test` are evaluated, and others are left to the user.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from taskschema.collection.export_manifest import Manifest
from taskschema.export.exporter import Exporter, ExportOptions
from taskschema.export.shared.record_files import Records, records_of, write_rows
from taskschema.schema.columns import Columns

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


def prepare(columns: Columns, options: ExportOptions) -> Records:
    """The records of a task."""
    return records_of(columns, options, options.view or EXPORTER.view)


def write(tasks: Iterable[Records], folder: Path, options: ExportOptions) -> Manifest:
    """Write `SPLIT.jsonl` for each split, and the part of a configuration that names them."""
    import yaml  # noqa: PLC0415 - only some exporters need it

    view = options.view or EXPORTER.view
    written = write_rows(tasks, folder, options, view=view)
    snippet = {}
    for key, splits in (("datasets", TRAINED), ("test_datasets", EVALUATED)):
        # Axolotl gives every local file the split `train`.
        entries = [
            {"path": f"{split}.jsonl", "ds_type": "json", "split": "train", **TYPES[view]}
            for split in splits
            if split in written.paths
        ]
        snippet.update({key: entries} if entries else {})

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, _data: Any) -> bool:
            return True

    text = yaml.dump(snippet, Dumper=Dumper, sort_keys=False) if snippet else ""
    (folder / SNIPPET).write_bytes((COMMENT + text).encode())
    return written.manifest("axolotl", SNIPPET)


EXPORTER = Exporter(
    prepare=prepare,
    write=write,
    view="messages",
    views=("alpaca", "messages"),
    modules=("yaml",),
    extra="hf",
)
