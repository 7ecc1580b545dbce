"""Opens files of Arrow tables: Parquet, and streams of record batches."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from taskschema.convert.pieces import Place, Problem
from taskschema.convert.shared.tables.arrow_rows import ArrowFile
from taskschema.core.syntax import strict_json

__all__ = ["arrow_file"]

BATCH = 1_000  # rows
BYTES = 32_000_000  # of a batch, roughly
HINT = "Fetch or write the file again."


def arrow_file(
    path: Path,
    place: Place,
    *,
    features: Mapping[str, Any] | None = None,
    added: Mapping[str, Any] | None = None,
) -> Iterator[ArrowFile | Problem]:
    """Yield the open file, which is closed after that; or a problem if it cannot be opened.

    Args:
        path: the file: with the suffix `.arrow` a stream of record batches, otherwise Parquet.
        place: of the file.
        features: Hugging Face features of its columns, if the file has none.
        added: cells to add to every row.
    """
    import pyarrow as pa

    is_stream = path.suffix == ".arrow"
    try:
        opened = _stream(path) if is_stream else _parquet(path)
        schema = opened.schema if is_stream else opened.schema_arrow
    except (OSError, ValueError, KeyError, pa.ArrowException):
        kind = "stream of Arrow batches" if is_stream else "Parquet file"
        message = f"is not a complete {kind}: it is truncated or damaged. {HINT}"
        yield Problem(place, "unreadable-row", message)
        return
    with opened:
        yield ArrowFile(
            place=place,
            schema=schema,
            batches=_stream_batches(opened, place) if is_stream else _batches(opened, place),
            features=features or {},
            added=added or {},
        )


def _parquet(path: Path) -> Any:
    import pyarrow.parquet

    return pyarrow.parquet.ParquetFile(path)


def _stream(path: Path) -> Any:
    import pyarrow as pa

    return pa.ipc.open_stream(pa.memory_map(str(path)))


def _batches(file: Any, place: Place) -> Iterator[Any | Problem]:
    """The batches of a Parquet file; reading continues after a damaged row group."""
    import pyarrow as pa

    before = 0
    for group in range(file.num_row_groups):
        about = file.metadata.row_group(group)
        each = about.total_byte_size // max(about.num_rows, 1)
        at = place._replace(pointer=f"{place.pointer}/{before}")
        before += about.num_rows
        if each > strict_json.MAX_BYTES:
            message = (
                f"rows of {each:,} bytes are too large; {strict_json.MAX_BYTES:,} are allowed."
            )
            yield Problem(at, "unreadable-row", f"{message} Remove them.")
            continue
        size = max(1, min(BATCH, BYTES // max(each, 1)))
        try:
            yield from file.iter_batches(batch_size=size, row_groups=[group])
        except (OSError, ValueError, KeyError, pa.ArrowException):
            message = f"row group {group} cannot be read: it is damaged. {HINT}"
            yield Problem(at, "unreadable-row", message)


def _stream_batches(reader: Any, place: Place) -> Iterator[Any | Problem]:
    """The batches of a stream up to the first damaged one."""
    import pyarrow as pa

    before = 0
    try:
        while True:
            batch = reader.read_next_batch()
            # Memory-mapped data is not validated otherwise, and its offsets may lead anywhere.
            batch.validate(full=True)
            for start in range(0, batch.num_rows, BATCH):
                yield batch.slice(start, BATCH)
            before += batch.num_rows
    except StopIteration:
        return
    except (OSError, ValueError, KeyError, pa.ArrowException):
        at = place._replace(pointer=f"{place.pointer}/{before}")
        message = f"is damaged here; the rest is not read. {HINT}"
        yield Problem(at, "unreadable-row", message)
