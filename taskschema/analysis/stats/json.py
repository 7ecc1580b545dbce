"""A census as JSON, for programs: every row and every name, shares from 0 to 1."""

import json
from collections.abc import Sequence
from typing import Any

from taskschema.analysis.stats import Census
from taskschema.analysis.stats.gaps import gaps
from taskschema.analysis.stats.tables import StatsTable, overview
from taskschema.schema.versions import NEWEST

__all__ = ["render"]


def render(census: Census, by: Sequence[str] = ()) -> str:
    """The overview, or the tables of some groups."""
    document: dict[str, Any] = {
        "schema_version": NEWEST,
        "tasks": len(census.measures),
        "instances": sum(one.instances for one in census.measures),
        "unread": sorted({finding.path for finding in census.refused}),
    }
    document |= {table.key: _rows(table) for table in overview(census.measures, by)}
    if not by:
        document["gaps"] = {
            gap.key: {"of": gap.of, "names": list(gap.names)} for gap in gaps(census.measures)
        }
    return json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def _rows(table: StatsTable) -> list[dict[str, Any]]:
    """A row as an object; what tasks do not say is null."""
    keys = [head.replace(" ", "_").replace("-", "_") for head in table.heads]
    return [
        {key: None if value == "" else value for key, value in zip(keys, row, strict=True)}
        for row in table.rows
    ]
