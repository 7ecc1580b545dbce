"""Load a collection as a dataset of the library `datasets`, without an export."""

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
    """A collection that can be converted to a dataset."""

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
        """Return the instances of all tasks as a dataset of the library `datasets`.

        Args:
            view: the name of a view; by default the rows of the exporter `huggingface`.
            split: only tasks of this split; None takes all splits but `excluded`.
            track: the folder of split lists; None takes `default` if it exists.
            streaming: True returns an `IterableDataset`, which reads one task at a time during
                iteration; False returns a `Dataset`, which holds all rows in memory.
            seed: the seed of the random choices of the view.
            tokenizer: for views that count tokens.
            settings: settings of the view.

        Returns:
            `datasets.IterableDataset` or `datasets.Dataset`.

        Raises:
            ConfigError: an unknown view, setting, track or split, a wrong value of a setting, or
                `datasets` is missing.
            UnreadableTaskError: a file is not a valid task; raised during iteration of a stream.
        """
        if find_spec("datasets") is None:
            raise ConfigError('to_dataset needs datasets. Install it: pip install "taskschema[hf]"')
        division = track_of(split_lists(self.config.root, strict=True), track, option="track")
        require_splits(division, (split,) if split else (), option="split")
        shape = None if view == ROWS else view_of(view)
        if shape:
            validate_settings(settings, shape.settings, f"view `{view}`")
        elif settings:
            raise ConfigError(
                f"setting `{next(iter(settings))}` needs a view. Give one: view=NAME."
            )
        if tokenizer is not None and not (shape and shape.counts_tokens):
            raise ConfigError(f"tokenizer: view `{view}` counts no tokens. Remove the argument.")
        options = ViewOptions(seed=seed, tokenizer=tokenizer, settings=settings)
        schema = arrow.schema(shape.columns) if shape else arrow.schema_of(INSTANCES)
        return _dataset(_Tables(self, division, split, shape, options), schema, streaming=streaming)


@dataclass(frozen=True, slots=True)
class _Tables:
    """The rows of a collection as Arrow tables, task by task."""

    collection: Collection
    track: Track
    split: str | None
    view: View | None
    options: ViewOptions

    def __call__(self, schema: Any) -> Iterator[Any]:
        """Yield one table after the other; a task is read only when it is reached."""
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
    """Return the collection in a folder or file; its tasks are read on demand.

    Args:
        path: a folder or file, or a remote URL.

    Raises:
        NoTasksError: the path does not exist or holds no task files.
        ConfigError: `taskschema.toml` does not fit its schema, or the URL is not supported.
    """
    found = collect([location(path)])
    return LoadedCollection(found.config, found.paths)
