"""Tables of the records of views, written like the tables of tasks."""

from collections.abc import Callable
from typing import Any

from taskschema.dataset.tables import Column, Table
from taskschema.schema.columns import Columns
from taskschema.views.view import Record, View, ViewOptions, view_of

__all__ = ["view_table"]


def view_table(name: str, options: ViewOptions) -> Table:
    """Return the table of a view, under the name of the view."""
    view = view_of(name)
    records = _TaskRecords(view, options)

    def values(field: str) -> Callable[[Columns], list[Any]]:
        return lambda columns: [record[field] for record in records.of(columns)]

    columns = tuple(
        Column(field, type_, per_row=values(field)) for field, type_ in view.columns.items()
    )
    return Table(name, columns, rows=lambda columns: len(records.of(columns)))


class _TaskRecords:
    """The records of the latest task, made once for all columns of the table."""

    def __init__(self, view: View, options: ViewOptions) -> None:
        self.view = view
        self.options = options
        self.latest: Columns | None = None
        self.records: list[Record] = []

    def of(self, columns: Columns) -> list[Record]:
        if columns is not self.latest:
            indices = range(len(columns.instances))
            self.records = list(self.view.records(columns.task, indices, self.options))
            self.latest = columns
        return self.records
