"""The tables of an export: their columns, column types and values.

Two tables hold a whole task: `default` has one row per instance, with the metadata of the task, so
that each row can be filtered and used alone; `tasks` has one row per task, with its demonstrations.
Values without a fixed structure are JSON strings.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from taskschema.core.column_types import Type
from taskschema.schema import licenses, vocabulary
from taskschema.schema.columns import Columns

__all__ = ["INSTANCES", "TASKS", "Column", "Table"]

Row = dict[str, Any]

TEXTS: Type = ["string"]
CONTEXT: Type = [{"role": "string", "content": "string"}]
DEMONSTRATIONS: Type = [
    {
        "input": "string",
        "output": "string",
        "explanation": "string",
        "suggestion": "string",
        "answer": "string",
        "context": CONTEXT,
        "attachments": TEXTS,
        "extras": "string",
    }
]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type, and a function that returns its values for one task."""

    name: str
    type: Type
    per_row: Callable[[Columns], list[Any]] | None = None
    """Returns one value for each row."""
    per_task: Callable[[Columns], Any] | None = None
    """Returns one value that all rows share."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table, and the number of its rows for one task."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Columns], int]


def _json(value: Any) -> str | None:
    return None if value is None else orjson.dumps(value).decode()


def _row_values(key: str, default: Any = None) -> Callable[[Columns], list[Any]]:
    return lambda columns: [row.get(key, default) for row in columns.instances]


def _row_json(key: str) -> Callable[[Columns], list[Any]]:
    return lambda columns: [_json(row.get(key)) for row in columns.instances]


def _task_value(*path: str, default: Any = None) -> Callable[[Columns], Any]:
    def value(columns: Columns) -> Any:
        found: Any = columns.task
        for key in path:
            found = found.get(key) if found is not None else None
        return default if found is None else found

    return value


def _list(*path: str) -> Callable[[Columns], Any]:
    return _task_value(*path, default=[])


def _in_evaluation(columns: Columns) -> list[bool]:
    chosen = frozenset(columns.task.get("evaluation", {}).get("instances", ()))
    return [name in chosen for name in columns.ids]


def _metrics(columns: Columns) -> list[str]:
    given: list[str] = columns.task.get("metrics", [])
    return given or list(vocabulary.default_metrics(columns.answer_format["kind"]))


def _license_class(columns: Columns) -> str:
    """Return the strictest class of the licences of the instances and their sources."""
    entries = columns.task.get("licenses", [])
    of_instances = [licenses.class_of(entry.get("spdx") or entry["text"]) for entry in entries]
    of_sources = [
        licenses.class_of(source["license"])
        for source in columns.task.get("sources", [])
        if "license" in source
    ]
    return licenses.strictest(of_instances + of_sources)


def _demonstrations(key: str) -> Callable[[Columns], list[Row]]:
    def rows(columns: Columns) -> list[Row]:
        return [
            {
                **row,
                "answer": _json(row.get("answer")),
                "context": row.get("context", []),
                "attachments": row.get("attachments", []),
                "extras": _json(row.get("extras")),
            }
            for row in columns.demonstrations[key]
        ]

    return rows


def _attachments(columns: Columns) -> list[Row]:
    attachments: dict[str, Row] = columns.task.get("attachments", {})
    return [{"name": name, **attachment} for name, attachment in attachments.items()]


def _sources(columns: Columns) -> list[Row]:
    return [
        {**source, "extras": _json(source.get("extras"))}
        for source in columns.task.get("sources", [])
    ]


def _provenance(columns: Columns) -> Row | None:
    provenance = columns.task.get("provenance")
    if provenance is None:
        return None
    return {**provenance, "configuration": _json(provenance.get("configuration"))}


SHARED = (
    Column("categories", TEXTS, per_task=_list("categories")),
    Column("domains", TEXTS, per_task=_list("domains")),
    Column("reasoning", TEXTS, per_task=_list("reasoning")),
    Column("instruction_language", TEXTS, per_task=_list("languages", "instruction")),
    Column("input_language", TEXTS, per_task=_list("languages", "input")),
    Column("output_language", TEXTS, per_task=_list("languages", "output")),
    Column("answer_kind", "string", per_task=lambda columns: columns.answer_format["kind"]),
    Column("labels", TEXTS, per_task=_list("answer_format", "labels")),
    Column("metrics", TEXTS, per_task=_metrics),
    Column("license_class", "string", per_task=_license_class),
    Column("revision", "int32", per_task=_task_value("revision")),
    Column("canary", "string", per_task=_task_value("canary")),
)

INSTANCES = Table(
    "default",
    (
        Column("task", "string", per_task=lambda columns: columns.name),
        Column("id", "string", per_row=lambda columns: columns.ids),
        Column("definition", "string", per_task=lambda columns: columns.definition[0]),
        Column("input", "string", per_row=lambda columns: columns.inputs),
        Column("output", TEXTS, per_row=lambda columns: columns.outputs),
        Column("answer", "string", per_row=_row_json("answer")),
        Column("context", CONTEXT, per_row=_row_values("context", [])),
        Column("attachments", TEXTS, per_row=_row_values("attachments", [])),
        Column("source_id", "string", per_row=_row_values("source_id")),
        Column("extras", "string", per_row=_row_json("extras")),
        Column("evaluation", "bool", per_row=_in_evaluation),
        Column("paraphrases", TEXTS, per_task=lambda columns: columns.definition[1:]),
        *SHARED,
        Column(
            "sources",
            TEXTS,
            per_task=lambda columns: [source["name"] for source in columns.task.get("sources", [])],
        ),
        Column(
            "licenses",
            TEXTS,
            per_task=lambda columns: [
                entry.get("spdx") or entry["text"] for entry in columns.task.get("licenses", [])
            ],
        ),
        Column("split", "string", per_task=lambda columns: columns.split),
    ),
    rows=lambda columns: len(columns.instances),
)

TASKS = Table(
    "tasks",
    (
        Column("task", "string", per_task=lambda columns: columns.name),
        Column("definition", TEXTS, per_task=lambda columns: columns.definition),
        Column(
            "positive_demonstrations",
            DEMONSTRATIONS,
            per_task=_demonstrations("positive_demonstrations"),
        ),
        Column(
            "negative_demonstrations",
            DEMONSTRATIONS,
            per_task=_demonstrations("negative_demonstrations"),
        ),
        Column("instances", "int32", per_task=lambda columns: len(columns.instances)),
        Column("summary", "string", per_task=_task_value("summary")),
        Column("description", "string", per_task=_task_value("description")),
        *SHARED,
        Column(
            "answer_format",
            "string",
            per_task=lambda columns: _json(columns.task.get("answer_format")),
        ),
        Column(
            "contributors",
            [{"name": "string", "github": "string", "orcid": "string"}],
            per_task=_list("contributors"),
        ),
        Column(
            "sources",
            [
                {
                    "name": "string",
                    "url": "string",
                    "license": "string",
                    "citation": "string",
                    "revision": "string",
                    "extras": "string",
                }
            ],
            per_task=_sources,
        ),
        Column(
            "licenses",
            [
                {
                    "text": "string",
                    "spdx": "string",
                    "url": "string",
                    "verified_by": "string",
                    "verified_on": "string",
                }
            ],
            per_task=_list("licenses"),
        ),
        Column(
            "provenance",
            {
                "method": "string",
                "from": "string",
                "generator": "string",
                "script": "string",
                "seed": "int64",
                "configuration": "string",
                "conversions": [{"format": "string", "source": "string", "by": "string"}],
            },
            per_task=_provenance,
        ),
        Column("aliases", TEXTS, per_task=_list("aliases")),
        Column("evaluation", TEXTS, per_task=_list("evaluation", "instances")),
        Column(
            "attachments",
            [
                {
                    "name": "string",
                    "media_type": "string",
                    "path": "string",
                    "url": "string",
                    "sha256": "string",
                    "alt": "string",
                }
            ],
            per_task=_attachments,
        ),
        Column("extras", "string", per_task=lambda columns: _json(columns.task.get("extras"))),
        Column("split", "string", per_task=lambda columns: columns.split),
    ),
    rows=lambda _columns: 1,
)
