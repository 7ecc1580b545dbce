"""JSON for programs: all differences, neither shortened nor limited."""

from typing import Any

import orjson

from taskschema.analysis.diff.differences import Difference
from taskschema.analysis.diff.format import DiffFormat
from taskschema.schema.versions import NEWEST


def render(difference: Difference, _most: int) -> str:
    """Return one JSON object; rows are in the newest schema version."""
    document: dict[str, Any] = {
        "schema_version": NEWEST,
        "differ": bool(difference),
        "base": difference.base,
        "head": difference.head,
        "unchanged": difference.unchanged,
        "added": difference.added,
        "removed": difference.removed,
        "changed": [{"task": task, "form_only": task.is_form_only} for task in difference.changed],
        "unreadable": difference.unreadable,
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode() + "\n"


FORMAT = DiffFormat(render)
