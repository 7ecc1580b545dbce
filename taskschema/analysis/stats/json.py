"""Renders statistics as JSON for programs: every row and name, shares from 0 to 1."""

import json
from collections.abc import Sequence
from typing import Any

from taskschema.analysis.stats.gaps import gaps
from taskschema.analysis.stats.statistics import CollectionStatistics
from taskschema.analysis.stats.tables import StatsTable, overview
from taskschema.schema.versions import NEWEST

__all__ = ["render"]


def render(statistics: CollectionStatistics, by: Sequence[str] = ()) -> str:
    """Return the overview, or the tables of some groups."""
    document: dict[str, Any] = {
        "schema_version": NEWEST,
        "tasks": len(statistics.tasks),
        "instances": sum(one.instances for one in statistics.tasks),
        "unread": sorted({finding.path for finding in statistics.refused}),
    }
    document |= {table.key: _rows(table) for table in overview(statistics.tasks, by)}
    if not by:
        document["gaps"] = {
            gap.key: {"of": gap.of, "names": list(gap.names)} for gap in gaps(statistics.tasks)
        }
    return json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def _rows(table: StatsTable) -> list[dict[str, Any]]:
    """Return the rows as objects; missing values are null."""
    keys = [head.replace(" ", "_").replace("-", "_") for head in table.heads]
    return [
        {key: None if value == "" else value for key, value in zip(keys, row, strict=True)}
        for row in table.rows
    ]
