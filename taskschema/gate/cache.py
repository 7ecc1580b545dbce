"""Cache of earlier checks, so that only changed files are checked again.

One SQLite file per collection, in the user's cache folder. A file is looked up by its size, times
and inode, then by the digest of its bytes, and only for the same rule set: the same release,
libraries and profile. SQLite keeps the file intact if a run is killed, and separates concurrent
runs. If the cache fails in any way, the run continues without it.
"""

import hashlib
import os
import secrets
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Self

import msgspec

from taskschema.core.findings import Finding, Severity
from taskschema.gate.change_detection import KEY_BYTES, Stamp, digest_of
from taskschema.gate.file_check import FileCheck, first
from taskschema.rules.collection_context import TaskDigest
from taskschema.rules.rule_findings import display_path

__all__ = ["Cache", "CachedCheck", "folder"]

FORM = 3  # version of the tables and their content; raised with every change
PATIENCE = 2  # seconds to wait for another run that writes
UNUSED = 30 * 24 * 3600 * 10**9  # nanoseconds after which unused entries are dropped

TABLES = """
CREATE TABLE IF NOT EXISTS judgement (
  path TEXT, rules TEXT, size INTEGER, modified INTEGER, changed INTEGER, inode INTEGER,
  seen INTEGER, digest BLOB, most INTEGER, findings BLOB, entry BLOB, seal BLOB,
  PRIMARY KEY (path, rules)
);
CREATE TABLE IF NOT EXISTS together (
  key BLOB PRIMARY KEY, seen INTEGER, findings BLOB, seal BLOB
);
CREATE TABLE IF NOT EXISTS secret (one INTEGER PRIMARY KEY, key BLOB);
"""


def folder() -> Path:
    """Return the cache folder: `TASKSCHEMA_CACHE`, else `taskschema` in the user's caches."""
    if own := os.environ.get("TASKSCHEMA_CACHE"):
        return Path(own)
    if shared := os.environ.get("XDG_CACHE_HOME"):
        return Path(shared, "taskschema")
    home = os.path.expanduser("~")  # noqa: PTH111 - `Path.home` raises without a home
    return Path(os.devnull if home == "~" else home, ".cache", "taskschema")


@dataclass(frozen=True, slots=True)
class CachedCheck:
    """The cached check of one file: its stamp, and the parts of the check, packed."""

    stamp: Stamp
    digest: bytes
    most: int | None
    judgement: bytes
    entry: bytes

    @classmethod
    def of(cls, stamp: Stamp, digest: bytes, most: int | None, judged: FileCheck) -> Self:
        """Pack the check of a file with this stamp and digest."""
        pack = msgspec.msgpack.encode
        return cls(stamp, digest, most, pack((judged.findings, judged.counts)), pack(judged.entry))

    def judged(self, path: Path, most: int | None) -> FileCheck:
        """Unpack the findings, at most `most` of a rule, under the path of this run; no digest."""
        findings, counts = _unpack(self.judgement, _JUDGED)
        return FileCheck(tuple(_moved(first(findings, most), display_path(path))), counts, None)

    def digested(self, path: Path) -> TaskDigest | None:
        """Unpack the digest that the rules on the collection see."""
        entry: TaskDigest | None = _unpack(self.entry, TaskDigest | None)
        return entry and replace(entry, path=path.as_posix())


_JUDGED = tuple[tuple[Finding, ...], tuple[tuple[str, Severity, int], ...]]


def _moved(findings: Iterable[Finding], path: str) -> Iterator[Finding]:
    """Yield the findings under the path of this run."""
    for finding in findings:
        yield finding if finding.path == path else replace(finding, path=path)


class Cache:
    """The cache of one collection under one rule set. It never raises."""

    def __init__(self, root: Path, rules: str) -> None:
        self.rules = rules
        name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]
        self._path = folder() / f"{name}-{FORM}.sqlite3"
        self._kept: dict[str, CachedCheck] = {}
        self._new: dict[str, CachedCheck] = {}
        self._together: dict[bytes, bytes] = {}
        self.key = secrets.token_bytes(KEY_BYTES)
        """The key of the digests of this cache."""
        if os.path.isfile(self._path):  # noqa: PTH113 - unlike `is_file`, it never raises
            with self._opened() as database:
                self._load(database)

    def get(self, path: Path, most: int | None) -> CachedCheck | None:
        """Return the check of an unchanged file with at least `most` findings of a rule."""
        key = _key(path)
        kept = self._kept.get(key)
        if kept is None or (kept.most is not None and (most is None or most > kept.most)):
            return None
        stamp = Stamp.of(path)
        if stamp is None or stamp.size != kept.stamp.size:
            return None
        if not stamp.is_same(kept.stamp):
            try:
                digest = digest_of(path.read_bytes(), self.key)
            except OSError:
                return None
            if digest != kept.digest:
                return None
            kept = CachedCheck(stamp, kept.digest, kept.most, kept.judgement, kept.entry)
            self._new[key] = kept
        return kept

    def put(self, path: Path, kept: CachedCheck) -> None:
        """Add the check of a file."""
        self._new[_key(path)] = kept

    def get_together(self, key: bytes) -> list[Finding] | None:
        """Return the findings of the rules on the collection in the same files."""
        with self._opened() as database:
            rows = database.execute("SELECT findings, seal FROM together WHERE key = ?", (key,))
            for findings, seal in rows:
                _require(seal == _seal(self.key, key, findings))
                found: list[Finding] = _unpack(findings, list[Finding])
                return found
        return None

    def put_together(self, key: bytes, findings: list[Finding]) -> None:
        """Add the findings of the rules on the collection."""
        self._together[key] = msgspec.msgpack.encode(findings)

    def save(self) -> None:
        """Write the new entries in one transaction."""
        if not self._new and not self._together:
            return
        now = time.time_ns()
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._opened() as database:
            database.executescript(TABLES)
            with database:
                database.execute("INSERT OR IGNORE INTO secret VALUES (0, ?)", (self.key,))
                if database.execute("SELECT key FROM secret").fetchone() != (self.key,):
                    return  # another run was first, with another key
                database.executemany(
                    "INSERT OR REPLACE INTO judgement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [
                        (
                            *(key, self.rules, kept.stamp.size, kept.stamp.modified),
                            *(kept.stamp.changed, kept.stamp.inode, kept.stamp.seen),
                            *(kept.digest, kept.most, kept.judgement, kept.entry),
                            _seal(self.key, key, kept),
                        )
                        for key, kept in self._new.items()
                    ],
                )
                database.executemany(
                    "INSERT OR REPLACE INTO together VALUES (?, ?, ?, ?)",
                    [
                        (key, now, findings, _seal(self.key, key, findings))
                        for key, findings in self._together.items()
                    ],
                )
                for table in ("judgement", "together"):
                    old = f"DELETE FROM {table} WHERE seen < ?"  # noqa: S608 - our own names
                    database.execute(old, (now - UNUSED,))

    def _load(self, database: sqlite3.Connection) -> None:
        for (key,) in database.execute("SELECT key FROM secret"):
            _require(type(key) is bytes and len(key) == KEY_BYTES)
            self.key = key
        rows = database.execute(
            "SELECT path, size, modified, changed, inode, seen, digest, most, findings, entry, "
            "seal FROM judgement WHERE rules = ?",
            (self.rules,),
        )
        for path, *stamp, digest, most, findings, entry, seal in rows:
            kept = CachedCheck(Stamp(*stamp), digest, most, findings, entry)
            _require(seal == _seal(self.key, path, kept))
            self._kept[path] = kept

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Open the database; an error in it ends the block and nothing else."""
        try:
            database = sqlite3.connect(self._path, timeout=PATIENCE)
        except sqlite3.Error:
            database = sqlite3.connect(":memory:")
        try:
            with suppress(sqlite3.OperationalError):
                yield database
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            # Not a database, or a damaged one: the next run creates a new one.
            with suppress(OSError):
                self._path.unlink()
        finally:
            database.close()


def _seal(key: bytes, *parts: object) -> bytes:
    """Return a checksum of a row, as SQLite does not verify the content of its rows."""
    return digest_of(repr(parts).encode(), key)


def _require(is_whole: bool) -> None:  # noqa: FBT001
    if not is_whole:
        raise sqlite3.DatabaseError("content does not match its checksum")


@cache
def _decoder(kind: Any) -> Any:
    return msgspec.msgpack.Decoder(kind)


def _unpack(packed: bytes, kind: Any) -> Any:
    return _decoder(kind).decode(packed)


def _key(path: Path) -> str:
    return os.fsencode(path.absolute()).hex()
