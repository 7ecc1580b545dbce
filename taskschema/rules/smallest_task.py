"""The smallest task without findings, and variants of it for examples and tests."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from taskschema.schema import canonical, versions

COUNT = 26  # instances; the minimum of the default profile


def smallest_task(
    name: str = "smallest", overlay: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return a version 3 document whose keys the overlay replaces, or removes if None.

    If the overlay has too few instances, others of the same kind are added.
    """
    task: dict[str, Any] = {
        "schema_version": 3,
        "name": name,
        "definition": ["Answer the question with the number it names, in words."],
        "licenses": [{"text": "CC0 1.0", "spdx": "CC0-1.0"}],
        "provenance": {"method": "human"},
        "positive_demonstrations": [
            {"input": "shown one", "output": "one", "explanation": "It names one."},
            {"input": "shown two", "output": "two", "explanation": "It names two."},
        ],
        "negative_demonstrations": [
            {"input": "shown three", "output": "3", "explanation": "A digit is no word."}
        ],
        "instances": [],
    }
    task |= overlay or {}
    for key in [key for key, value in task.items() if value is None]:
        del task[key]
    if isinstance(task.get("instances"), list) and "instances" not in _emptied(overlay):
        given = task["instances"]
        task["instances"] = given + [_row(task, number) for number in range(COUNT - len(given))]
    return task


def _emptied(overlay: Mapping[str, Any] | None) -> set[str]:
    return {key for key, value in (overlay or {}).items() if value == []}


def _row(task: Mapping[str, Any], number: int) -> dict[str, Any]:
    # The name is part of the inputs, so that tasks of different names are not duplicates.
    about = "" if task.get("name", "smallest") == "smallest" else f" of {task['name']}"
    row: dict[str, Any] = {"id": f"id-{number}", "input": f"question {number}{about}"}
    match task.get("answer_format", {}):
        case {"kind": "set", "separator": separator}:
            members = ["member", str(number)]
            return {**row, "output": [separator.join(members)], "answer": [members]}
        case {"kind": "label", "labels": labels}:
            return {**row, "output": [labels[number % len(labels)]]}
        case _:
            return {**row, "output": [f"answer {number}"]}


def write_task(folder: Path, stem: str, overlay: Mapping[str, Any] | None = None) -> Path:
    """Write the smallest task with an overlay, in canonical form if it fits its schema."""
    folder.mkdir(parents=True, exist_ok=True)
    path, task = folder / f"{stem}.json", smallest_task(stem, overlay)
    fits = versions.version_of(task) in versions.VERSIONS and versions.fits(
        task, task["schema_version"]
    )
    path.write_bytes(canonical.dumps(task, 3) if fits else json.dumps(task).encode())
    return path
