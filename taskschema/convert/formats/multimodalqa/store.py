"""Bytes by their keys on disk, for what is looked up in any order and is larger than memory."""

from collections.abc import Iterator
from types import TracebackType
from typing import NamedTuple, Self

from taskschema.convert.shared.rows.disk_sort import scratch_database

__all__ = ["Store", "StoredBytes"]


class StoredBytes(NamedTuple):
    """What stands under a key."""

    kind: str
    data: bytes


class Store:
    """A temporary file, which goes when it is closed."""

    def __init__(self) -> None:
        self.database = scratch_database()
        self.database.execute("CREATE TABLE kept (key TEXT PRIMARY KEY, kind TEXT, data BLOB)")
        self.database.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.database.close()

    def put(self, key: str, kind: str, data: bytes) -> bool:
        """Keep the bytes, unless there are others under the key; whether these are there now."""
        row = (key, kind, data)
        if self.database.execute("INSERT OR IGNORE INTO kept VALUES (?, ?, ?)", row).rowcount:
            return True
        return self.get(key) == StoredBytes(kind, data)

    def get(self, key: str) -> StoredBytes | None:
        """What stands under a key."""
        found = self.database.execute("SELECT kind, data FROM kept WHERE key = ?", (key,))
        row = found.fetchone()
        return StoredBytes(*row) if row else None

    def kind_of(self, key: str) -> str:
        """Of what kind that is; empty where nothing stands there."""
        found = self.database.execute("SELECT kind FROM kept WHERE key = ?", (key,)).fetchone()
        return str(found[0]) if found else ""

    def all_keys(self) -> Iterator[str]:
        """All keys, in the order in which they came."""
        for (key,) in self.database.execute("SELECT key FROM kept ORDER BY rowid"):
            yield key
