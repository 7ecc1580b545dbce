"""Views as tables, so that their records are written as the rows of tasks are."""

from collections.abc import Callable
from typing import Any

from taskschema.dataset.tables import Column, Table
from taskschema.export.exporter import ExportOptions
from taskschema.schema.columns import Columns
from taskschema.views import view as views

__all__ = ["chosen", "view_table"]


def chosen(view: str, shape: views.View, options: ExportOptions) -> views.ViewOptions:
    """What of the options of an export concerns a view; what is said of it alone comes first."""
    given = options.settings
    own = {name: given[name] for name in shape.settings if name in given}
    own |= {name: given[key] for name in shape.settings if (key := f"{view}.{name}") in given}
    tokenizer = options.tokenizer if shape.counts_tokens else None
    return views.ViewOptions(seed=options.seed, tokenizer=tokenizer, settings=own)


def view_table(name: str, options: ExportOptions) -> Table:
    """The table of a view, named as it is."""
    shape: views.View = views.VIEWS.load(name)
    records = _Records(shape, chosen(name, shape, options))

    def values(field: str) -> Callable[[Columns], list[Any]]:
        return lambda columns: [record[field] for record in records.of(columns)]

    columns = tuple(
        Column(field, type_, per_row=values(field)) for field, type_ in shape.columns.items()
    )
    return Table(name, columns, rows=lambda columns: len(records.of(columns)))


class _Records:
    """The records of the task that was last asked for, made once for all columns."""

    def __init__(self, shape: views.View, options: views.ViewOptions) -> None:
        self.shape = shape
        self.options = options
        self.last: Columns | None = None
        self.records: list[views.Record] = []

    def of(self, columns: Columns) -> list[views.Record]:
        """The records of a task."""
        if columns is not self.last:
            indices = range(len(columns.instances))
            self.records = list(self.shape.records(columns.task, indices, self.options))
            self.last = columns
        return self.records
