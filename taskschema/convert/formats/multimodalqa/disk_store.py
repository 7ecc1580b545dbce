"""Bytes by key in a temporary file, for lookups in data larger than memory."""

from collections.abc import Iterator
from types import TracebackType
from typing import NamedTuple, Self

from taskschema.convert.shared.rows.disk_sort import scratch_database

__all__ = ["DiskStore", "StoredBytes"]


class StoredBytes(NamedTuple):
    """The value of a key."""

    kind: str
    data: bytes


class DiskStore:
    """A temporary database, which is removed when it is closed."""

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
        """Store the bytes unless the key is taken; return whether they are stored there now."""
        row = (key, kind, data)
        if self.database.execute("INSERT OR IGNORE INTO kept VALUES (?, ?, ?)", row).rowcount:
            return True
        return self.get(key) == StoredBytes(kind, data)

    def get(self, key: str) -> StoredBytes | None:
        """Return the value of a key; None if there is none."""
        found = self.database.execute("SELECT kind, data FROM kept WHERE key = ?", (key,))
        row = found.fetchone()
        return StoredBytes(*row) if row else None

    def kind_of(self, key: str) -> str:
        """Return the kind of a key; empty if the key is unknown."""
        found = self.database.execute("SELECT kind FROM kept WHERE key = ?", (key,)).fetchone()
        return str(found[0]) if found else ""

    def all_keys(self) -> Iterator[str]:
        """Yield all keys in insertion order."""
        for (key,) in self.database.execute("SELECT key FROM kept ORDER BY rowid"):
            yield key
