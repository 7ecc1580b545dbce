"""A folder for LLaMA-Factory's `dataset_dir`: records, and the `dataset_info.json` that names them.

View `alpaca` is its alpaca layout, `messages` its sharegpt layout with the keys and speakers of
messages. Each split is a dataset, `tasks_SPLIT`. LLaMA-Factory leaves out a conversation in which
the user and the assistant do not take turns.
"""

from collections.abc import Iterable
from pathlib import Path

import orjson

from taskschema.collection.export_manifest import Manifest
from taskschema.export.exporter import Exporter, ExportOptions
from taskschema.export.shared.record_files import Records, records_of, write_rows
from taskschema.schema.columns import Columns

INFO = "dataset_info.json"
# Fields of src/llamafactory/data/parser.py. Where `columns` or `tags` are given, none of their
# members has a default any more, so that all that matter are named.
LAYOUTS = {
    "alpaca": {
        "formatting": "alpaca",
        "columns": {"prompt": "instruction", "query": "input", "response": "output"},
    },
    "messages": {
        "formatting": "sharegpt",
        "columns": {"messages": "messages"},
        "tags": {
            "role_tag": "role",
            "content_tag": "content",
            "user_tag": "user",
            "assistant_tag": "assistant",
            "observation_tag": "tool",
            "function_tag": "function_call",
            "system_tag": "system",
        },
    },
}


def prepare(columns: Columns, options: ExportOptions) -> Records:
    """The records of a task."""
    return records_of(columns, options, options.view or EXPORTER.view)


def write(tasks: Iterable[Records], folder: Path, options: ExportOptions) -> Manifest:
    """Write `tasks_SPLIT.jsonl` for each split, and what tells of them."""
    view = options.view or EXPORTER.view
    written = write_rows(tasks, folder, options, view=view, name_of=_file)
    info = {
        _dataset(split): {"file_name": _file(split), **LAYOUTS[view]} for split in written.paths
    }
    (folder / INFO).write_bytes(
        orjson.dumps(info, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    )
    return written.manifest("llama_factory", INFO)


def _dataset(split: str) -> str:
    return f"tasks_{split}"


def _file(split: str) -> str:
    return f"{_dataset(split)}.jsonl"


EXPORTER = Exporter(prepare=prepare, write=write, view="alpaca", views=("alpaca", "messages"))
