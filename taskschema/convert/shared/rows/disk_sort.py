"""Groups rows on disk, so that a file larger than memory can be grouped."""

import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from types import TracebackType
from typing import Any, Self

import orjson

__all__ = ["DiskGroups", "scratch_database"]

BATCH = 1_000  # rows
CACHE = 32_000  # KiB


def scratch_database() -> sqlite3.Connection:
    """Open a database in a temporary file of SQLite, which is removed when it is closed."""
    # The empty name means such a file in the folder for temporary files.
    database = sqlite3.connect("", isolation_level=None)
    database.execute(f"PRAGMA cache_size = -{CACHE}")
    database.execute("PRAGMA journal_mode = OFF")
    return database


class DiskGroups:
    """Rows in groups, in a temporary file that is created with the first row."""

    def __init__(self) -> None:
        self.database: sqlite3.Connection | None = None
        self.waiting: list[tuple[bytes, bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.database:
            self.database.close()

    def add(self, key: str, row: Any) -> None:
        """Add a row, any JSON value, to the group of a key."""
        self.waiting.append((sha256(key.encode()).digest()[:16], orjson.dumps(row)))
        if len(self.waiting) >= BATCH:
            self._flush()

    def groups(self) -> Iterator[Iterator[Any]]:
        """Yield the rows of each group in order; groups in the order of their first rows.

        Read each group to its end before the next.
        """
        self._flush()
        if not self.database:
            return
        self.database.execute("CREATE INDEX by_key ON rows (key, ordinal)")
        firsts = self.database.execute("SELECT key FROM rows GROUP BY key ORDER BY min(ordinal)")
        for (key,) in firsts:
            found = self.database.execute(
                "SELECT row FROM rows WHERE key = ? ORDER BY ordinal", (key,)
            )
            yield (orjson.loads(row) for (row,) in found)

    def _flush(self) -> None:
        if not self.waiting:
            return
        if not self.database:
            self.database = scratch_database()
            self.database.execute("PRAGMA temp_store = FILE")
            self.database.execute(
                "CREATE TABLE rows (ordinal INTEGER PRIMARY KEY, key BLOB, row BLOB)"
            )
            self.database.execute("BEGIN")
        self.database.executemany("INSERT INTO rows (key, row) VALUES (?, ?)", self.waiting)
        self.waiting = []
