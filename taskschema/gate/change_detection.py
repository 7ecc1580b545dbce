"""Detects changes since an earlier check: of a file, of its bytes, of the rules."""

import hashlib
import os
import stat
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import stringzilla

from taskschema.core.package import FOLDER

__all__ = ["KEY_BYTES", "Stamp", "digest_of", "rule_set"]

RECENT = 50_000_000  # nanoseconds; a file may change again within one tick of the disk's clock
KEY_BYTES = 16


def digest_of(raw: bytes, key: bytes) -> bytes:
    """Return a keyed digest of 128 bits; collisions cannot be made without the key.

    A cryptographic digest would take a third of the time of parsing.
    """
    half = KEY_BYTES // 2
    seeds = (int.from_bytes(key[:half], "little"), int.from_bytes(key[half:], "little"))
    return b"".join(stringzilla.hash(raw, seed).to_bytes(half, "little") for seed in seeds)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Size, times and inode, which prove a file unchanged; `changed` cannot be set by users."""

    size: int
    modified: int
    changed: int
    inode: int
    seen: int

    @classmethod
    def of(cls, path: Path) -> "Stamp | None":
        """Return the stamp of a file now; None if there is none, and for a link.

        The target of a link can change without the link, and findings depend on it.
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
        """Whether the file has certainly not changed since an earlier stamp."""
        return (
            replace(self, seen=earlier.seen) == earlier
            and max(earlier.modified, earlier.changed) < earlier.seen - RECENT
        )


def rule_set(profile: str) -> str:
    """Return a fingerprint of everything but the files that findings depend on.

    It covers the stamps of the package's own files, so that a changed rule counts at once, and the
    folder of the installed libraries.
    """
    libraries = Path(msgspec.__file__).parent.parent
    parts: list[Any] = [profile, sys.version, libraries.stat().st_mtime_ns]
    for top, folders, names in os.walk(FOLDER):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            status = Path(top, name).stat()
            parts += [name, status.st_size, status.st_mtime_ns]
    return hashlib.sha256(repr(parts).encode()).hexdigest()
