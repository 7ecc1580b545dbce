"""Files that may be gzipped, opened like files that are not."""

import gzip
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

__all__ = ["first_bytes", "unpacked"]

MAGIC = b"\x1f\x8b"
CHUNK = 1 << 20  # bytes
MOST = 4_000_000_000  # bytes that one file may unpack to
MOST_TIMES = 100  # allowed ratio of unpacked to packed size; data rows usually have about ten
ALLOWED = 100_000_000  # bytes that any file may unpack to, whatever its ratio
BROKEN = (EOFError, OSError, zlib.error)
TAKE_WHOLE = "The data before that is read. Get the complete file or unpack it yourself."


@contextmanager
def unpacked(path: Path) -> Iterator[tuple[Path, str]]:
    """Provide the unpacked file, and an error message that is empty if all of it was unpacked.

    Raises:
        OSError: the file cannot be opened.
    """
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            yield path, ""
            return
    with tempfile.TemporaryDirectory(prefix="taskschema-") as folder:
        target = Path(folder, "unpacked")
        with gzip.open(path) as packed, target.open("wb") as whole:
            most = min(MOST, max(ALLOWED, path.stat().st_size * MOST_TIMES))
            fault = _copy(packed, whole, most)
        yield target, fault


def _copy(packed: gzip.GzipFile, whole: IO[bytes], most: int) -> str:
    """Unpack as much as is allowed and valid; return an error message, or ''."""
    size = 0
    while True:
        try:
            chunk = packed.read(CHUNK)
        except BROKEN as error:
            return f"cannot be unpacked: {error}. {TAKE_WHOLE}"
        if not chunk:
            return ""
        size += len(chunk)
        if size > most:
            return f"unpacks to more than {most:,} bytes. {TAKE_WHOLE}"
        whole.write(chunk)


def first_bytes(path: Path, size: int) -> bytes:
    """Return the first bytes of a file, unpacked; empty if it cannot be read."""
    try:
        with path.open("rb") as file:
            start = file.read(size)
        if not start.startswith(MAGIC):
            return start
        with gzip.open(path) as packed:
            return packed.read(size)
    except BROKEN:
        return b""
