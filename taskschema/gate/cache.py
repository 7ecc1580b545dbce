"""What earlier runs found, so that only files that changed are judged again.

One SQLite file for each collection, in the user's cache folder. A file is looked up by its size,
times and inode, then by the digest of its bytes, and only for the same set of rules: the same
release, libraries and profile. SQLite keeps the file whole through a kill, and runs at once out of
each other's way; whatever goes wrong with it, a run goes on without.
"""

import hashlib
import os
import secrets
import sqlite3
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Self

import msgspec
import stringzilla

from taskschema.core.findings import Finding, Severity
from taskschema.core.package import FOLDER
from taskschema.gate.file_check import FileCheck, first
from taskschema.rules.collection_context import TaskDigest
from taskschema.rules.rule_findings import display_path

__all__ = ["Cache", "CachedCheck", "Stamp", "digest_of", "folder", "rule_set"]

FORM = 3  # of the tables and what they hold; raised with every change of either
RECENT = 50_000_000  # nanoseconds; a file may change again within a tick of its disk's clock
PATIENCE = 2  # seconds to wait for another run that is writing
UNUSED = 30 * 24 * 3600 * 10**9  # nanoseconds after which what nobody asked for is dropped

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
KEY_BYTES = 16


def digest_of(raw: bytes, key: bytes) -> bytes:
    """128 bits that tell bytes apart; nobody can make two alike who does not know the key.

    A cryptographic digest would take as long as a third of the parsing.
    """
    half = KEY_BYTES // 2
    seeds = (int.from_bytes(key[:half], "little"), int.from_bytes(key[half:], "little"))
    return b"".join(stringzilla.hash(raw, seed).to_bytes(half, "little") for seed in seeds)


def folder() -> Path:
    """Where caches are: `TASKSCHEMA_CACHE`, else `taskschema` in the user's cache folder."""
    if own := os.environ.get("TASKSCHEMA_CACHE"):
        return Path(own)
    if shared := os.environ.get("XDG_CACHE_HOME"):
        return Path(shared, "taskschema")
    home = os.path.expanduser("~")  # noqa: PTH111 - the other raises where there is none
    return Path(os.devnull if home == "~" else home, ".cache", "taskschema")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells without reading that a file is the same; nobody can set when it `changed`."""

    size: int
    modified: int
    changed: int
    inode: int
    seen: int

    @classmethod
    def of(cls, path: Path) -> "Stamp | None":
        """The stamp of a file as it is now; None if it cannot be had, and for a link.

        Where a link leads can change without it, and what is found depends on it.
        """
        now = time.time_ns()
        try:
            status = path.lstat()
        except OSError:
            return None
        if stat.S_ISLNK(status.st_mode):
            return None
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, now)

    def is_same(self, earlier: "Stamp") -> bool:
        """Whether the file has surely not changed since an earlier stamp."""
        return (
            replace(self, seen=earlier.seen) == earlier
            and max(earlier.modified, earlier.changed) < earlier.seen - RECENT
        )


@dataclass(frozen=True, slots=True)
class CachedCheck:
    """What is kept of one file: when it was looked at, and the parts of its judgement, packed."""

    stamp: Stamp
    digest: bytes
    most: int | None
    judgement: bytes
    entry: bytes

    @classmethod
    def of(cls, stamp: Stamp, digest: bytes, most: int | None, judged: FileCheck) -> Self:
        """What to keep of a file with this stamp and digest."""
        pack = msgspec.msgpack.encode
        return cls(stamp, digest, most, pack((judged.findings, judged.counts)), pack(judged.entry))

    def judged(self, path: Path, most: int | None) -> FileCheck:
        """What was found, at most so many of a rule, under the path of this run; no digest."""
        findings, counts = _unpack(self.judgement, _JUDGED)
        return FileCheck(tuple(_moved(first(findings, most), display_path(path))), counts, None)

    def digested(self, path: Path) -> TaskDigest | None:
        """What rules on the collection need to know of the file."""
        entry: TaskDigest | None = _unpack(self.entry, TaskDigest | None)
        return entry and replace(entry, path=path.as_posix())


_JUDGED = tuple[tuple[Finding, ...], tuple[tuple[str, Severity, int], ...]]


def _moved(findings: Iterable[Finding], path: str) -> Iterator[Finding]:
    """The findings under another path, where it is another."""
    for finding in findings:
        yield finding if finding.path == path else replace(finding, path=path)


class Cache:
    """What is kept of one collection under one set of rules. It raises nothing."""

    def __init__(self, root: Path, rules: str) -> None:
        self.rules = rules
        name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]
        self._path = folder() / f"{name}-{FORM}.sqlite3"
        self._kept: dict[str, CachedCheck] = {}
        self._new: dict[str, CachedCheck] = {}
        self._together: dict[bytes, bytes] = {}
        self.key = secrets.token_bytes(KEY_BYTES)
        """With which the digests of this cache are made."""
        if os.path.isfile(self._path):  # noqa: PTH113 - unlike `is_file`, it raises nothing
            with self._opened() as database:
                self._load(database)

    def get(self, path: Path, most: int | None) -> CachedCheck | None:
        """What is kept of a file as it is now, if at least `most` findings of a rule were made."""
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
        """Keep what was found in a file."""
        self._new[_key(path)] = kept

    def get_together(self, key: bytes) -> list[Finding] | None:
        """What rules on the collection found in the same files."""
        with self._opened() as database:
            rows = database.execute("SELECT findings, seal FROM together WHERE key = ?", (key,))
            for findings, seal in rows:
                _require(seal == _seal(self.key, key, findings))
                found: list[Finding] = _unpack(findings, list[Finding])
                return found
        return None

    def put_together(self, key: bytes, findings: list[Finding]) -> None:
        """Keep what rules on the collection found."""
        self._together[key] = msgspec.msgpack.encode(findings)

    def save(self) -> None:
        """Write what is new, whole or not at all."""
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
                    return  # another run was first, and its key is another
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
        """The database; what goes wrong with it ends the block and nothing else."""
        try:
            database = sqlite3.connect(self._path, timeout=PATIENCE)
        except sqlite3.Error:
            database = sqlite3.connect(":memory:")
        try:
            with suppress(sqlite3.OperationalError):
                yield database
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            # No database at all, or a broken one: the next run makes another.
            with suppress(OSError):
                self._path.unlink()
        finally:
            database.close()


def _seal(key: bytes, *parts: object) -> bytes:
    """What tells that a row is as it was written; SQLite itself does not look at what it holds."""
    return digest_of(repr(parts).encode(), key)


def _require(is_whole: bool) -> None:  # noqa: FBT001
    if not is_whole:
        raise sqlite3.DatabaseError("holds other bytes than were written")


@cache
def _decoder(kind: Any) -> Any:
    return msgspec.msgpack.Decoder(kind)


def _unpack(packed: bytes, kind: Any) -> Any:
    return _decoder(kind).decode(packed)


def _key(path: Path) -> str:
    return os.fsencode(path.absolute()).hex()


def rule_set(profile: str) -> str:
    """A name for everything that findings depend on but for the files.

    The release is known by the stamps of its own files, so that a change to a rule counts at once,
    and libraries by the folder they are installed in.
    """
    libraries = Path(msgspec.__file__).parent.parent
    parts: list[Any] = [profile, FORM, sys.version, libraries.stat().st_mtime_ns]
    for top, folders, names in os.walk(FOLDER):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            status = Path(top, name).stat()
            parts += [name, status.st_size, status.st_mtime_ns]
    return hashlib.sha256(repr(parts).encode()).hexdigest()
