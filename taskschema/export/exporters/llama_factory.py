"""A `dataset_dir` for LLaMA-Factory: records, and a `dataset_info.json` that describes them.

View `alpaca` is its alpaca layout, `messages` its sharegpt layout with the keys and roles of
messages. Each split is a dataset, `tasks_SPLIT`. LLaMA-Factory skips a conversation in which user
and assistant do not alternate.
"""

from collections.abc import Iterable
from pathlib import Path

import orjson

from taskschema.export.exporter import Exporter, WrittenExport
from taskschema.export.plan import ExportPlan
from taskschema.export.shared.record_files import TaskRecords, task_records, write_records

INFO = "dataset_info.json"
# Fields of src/llamafactory/data/parser.py. Once `columns` or `tags` is given, its members have no
# defaults, so every member that matters is listed.
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


def write(tasks: Iterable[TaskRecords], folder: Path, plan: ExportPlan) -> WrittenExport:
    """Write `tasks_SPLIT.jsonl` for each split, and `dataset_info.json`."""
    files = write_records(tasks, folder, plan, _file_name)
    info = {
        _dataset(split): {"file_name": _file_name(split), **LAYOUTS[plan.view]}
        for split in files.splits
    }
    (folder / INFO).write_bytes(
        orjson.dumps(info, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    )
    return files.finished(INFO)


def _dataset(split: str) -> str:
    return f"tasks_{split}"


def _file_name(split: str) -> str:
    return f"{_dataset(split)}.jsonl"


EXPORTER = Exporter(prepare=task_records, write=write, view="alpaca", views=("alpaca", "messages"))
