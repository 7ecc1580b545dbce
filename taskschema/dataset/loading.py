"""A collection as datasets, without an export: rows as they are exported, or records of a view."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from taskschema.collection.collection import Collection, collect
from taskschema.collection.reading import read
from taskschema.collection.splits.lists import split_lists
from taskschema.collection.splits.tracks import EXCLUDED, Track, require_splits, track_of
from taskschema.core.errors import ConfigError, UnreadableTaskError
from taskschema.core.plugin_settings import validate_settings
from taskschema.core.storage.paths import location
from taskschema.dataset import arrow
from taskschema.dataset.tables import INSTANCES
from taskschema.schema.columns import Columns
from taskschema.views.view import Tokenizer, View, ViewOptions, view_of

__all__ = ["LoadedCollection", "load"]

ROWS = "default"


@dataclass(frozen=True, slots=True)
class LoadedCollection(Collection):
    """A collection that can be had as datasets."""

    def to_dataset(
        self,
        view: str = ROWS,
        *,
        split: str | None = None,
        track: str | None = None,
        streaming: bool = False,
        seed: int = 0,
        tokenizer: Tokenizer | None = None,
        **settings: Any,
    ) -> Any:
        """The instances of all tasks as a dataset of the library `datasets`.

        Args:
            view: the name of a view; by default the rows that an export has.
            split: only tasks of this split of the track; without one, of all but `excluded`.
            track: the folder of split lists; without one, `default` if it is there.
            streaming: an `IterableDataset`, which reads one task at a time as it is gone through;
                else a `Dataset`, which holds all rows in memory.
            seed: of what the view draws.
            tokenizer: for views that count tokens.
            settings: of the view.

        Returns:
            `datasets.IterableDataset` or `datasets.Dataset`.

        Raises:
            ConfigError: there is no such view, setting, track or split, a setting cannot have the
                value, or `datasets` is missing.
            UnreadableTaskError: a file is not a task; for a stream, when it is its turn.
        """
        if find_spec("datasets") is None:
            raise ConfigError('to_dataset needs datasets. Install it: pip install "taskschema[hf]"')
        own = track_of(split_lists(self.config.root, strict=True), track, option="track")
        require_splits(own, (split,) if split else (), option="split")
        shape = None if view == ROWS else view_of(view)
        if shape:
            validate_settings(settings, shape.settings, f"view `{view}`")
        elif settings:
            raise ConfigError(f"rows have no setting `{next(iter(settings))}`. Name a view.")
        if tokenizer is not None and not (shape and shape.counts_tokens):
            raise ConfigError(f"tokenizer: view `{view}` counts no tokens. Leave it out.")
        options = ViewOptions(seed=seed, tokenizer=tokenizer, settings=settings)
        schema = arrow.schema(shape.columns) if shape else arrow.schema_of(INSTANCES)
        return _dataset(_Tables(self, own, split, shape, options), schema, streaming=streaming)


@dataclass(frozen=True, slots=True)
class _Tables:
    """The rows of a collection as Arrow tables, of one task after the other."""

    collection: Collection
    track: Track
    split: str | None
    view: View | None
    options: ViewOptions

    def __call__(self, schema: Any) -> Iterator[Any]:
        """The tables, each read when it is its turn."""
        import pyarrow as pa

        for columns in self._tasks():
            if self.view is None:
                rows = arrow.rows_of(INSTANCES, columns, schema)
                yield from map(_table, arrow.batches(rows, schema))
                continue
            indices = range(len(columns.instances))
            records = list(self.view.records(columns.task, indices, self.options))
            yield pa.Table.from_pylist(records, schema)

    def _tasks(self) -> Iterator[Columns]:
        root = self.collection.config.root
        for path in sorted(self.collection.paths, key=lambda path: (path.stem, path)):
            reading = read(path, root)
            if reading.document is None:
                first = reading.findings[0]
                raise UnreadableTaskError(f"{path}:{first.line}:{first.column}: {first.message}")
            columns = Columns(reading.upgraded(), raw=reading.raw, path=path, root=root)
            split = self.track.split_of(columns)
            if split not in (None, EXCLUDED) and self.split in (None, split):
                columns.split = split
                yield columns


def _table(batch: Any) -> Any:
    import pyarrow as pa

    return pa.Table.from_batches([batch])


def _dataset(tables: _Tables, schema: Any, *, streaming: bool) -> Any:
    import datasets
    import pyarrow as pa

    features = datasets.Features.from_arrow_schema(schema)
    if not streaming:
        whole = pa.concat_tables([schema.empty_table(), *tables(schema)])
        return datasets.Dataset(whole)
    return datasets.IterableDataset.from_generator(
        _rows, features=features, gen_kwargs={"tables": tables, "schema": schema}
    )


def _rows(tables: _Tables, schema: Any) -> Iterator[dict[str, Any]]:
    for table in tables(schema):
        yield from table.to_pylist()


def load(path: str | Path) -> LoadedCollection:
    """The collection in a folder, or in one file; its tasks are read when they are asked for.

    Args:
        path: of the folder or file, or its address.

    Raises:
        NoTasksError: the path does not exist or holds no task files.
        ConfigError: `taskschema.toml` does not fit its schema, or nothing knows the address.
    """
    found = collect([location(path)])
    return LoadedCollection(found.config, found.paths)
