"""A remote file or folder with the interface of `pathlib.Path`.

Errors of any library become an OSError with a message of one line.
"""

import errno
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from taskschema.core.errors import ConfigError
from taskschema.core.storage.urls import LINK, UP, Address, plain

__all__ = ["RemotePath", "Status"]

MOST_UNSIZED = 100_000_000  # bytes of a file whose server does not report a size
PAGE = "text/html"  # the media type that web servers use for a folder
STATUSES = {401: errno.EACCES, 403: errno.EACCES, 404: errno.ENOENT, 410: errno.ENOENT}


class Status(NamedTuple):
    """Mode and size of a file or folder."""

    st_mode: int
    st_size: int


class RemotePath(Address):
    """A remote file or folder.

    It has the methods of `pathlib.Path` that task and output paths need, and can be pickled. It
    cannot lead elsewhere: `..` is resolved before a file is opened, and links are refused.
    """

    __slots__ = ()

    def is_symlink(self) -> bool:
        """Return False: `stat` refuses links."""
        return False

    def is_fifo(self) -> bool:
        """Return False."""
        return False

    def stat(self) -> Status:
        """Return whether it is a file or a folder, and its size in bytes.

        Raises:
            OSError: it does not exist, is a link, or cannot be reached.
        """
        found = self._found()
        if found["type"] == "link" or found.get("islink"):
            raise OSError(errno.ELOOP, "is a link; links are not followed", str(self))
        if found["type"] == "directory" or found.get("mimetype") == PAGE:
            return Status(stat.S_IFDIR, 0)
        return Status(stat.S_IFREG, found.get("size") or 0)

    def _found(self) -> dict[str, Any]:
        with self._as_os_errors() as (system, path):
            found: dict[str, Any] = system.info(path)
            return found

    def exists(self) -> bool:
        """Return whether the file or folder exists.

        Raises:
            OSError: it cannot be reached.
        """
        try:
            self.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True

    def is_file(self) -> bool:
        """Return whether it is an existing file."""
        return self.exists() and stat.S_ISREG(self.stat().st_mode)

    def is_dir(self) -> bool:
        """Return whether it is an existing folder."""
        return self.exists() and stat.S_ISDIR(self.stat().st_mode)

    def iterdir(self) -> Iterator["RemotePath"]:
        """Yield the files and folders in a folder."""
        for path, _ in self.scan():
            yield path

    def scan(self) -> Iterator[tuple["RemotePath", bool]]:
        """Yield the files and folders in a folder, sorted, and whether each is a folder."""
        with self._as_os_errors() as (system, path):
            listing = [
                (system._strip_protocol(one["name"]), one)  # noqa: SLF001 - fsspec has no other
                for one in system.ls(path, detail=True)
            ]
        below = f"{path.rstrip('/')}/" if path.strip("/") else path
        folders: dict[str, bool] = {}
        for full, one in sorted(listing, key=lambda pair: pair[0]):
            name = full.removeprefix(below).strip("/")
            # A web page may link anywhere, and a bucket may contain a marker of the folder itself.
            if full.startswith(below) and name and not {"/", "?", "#"} & set(name):
                is_folder = one["type"] == "directory" or one["name"].endswith("/")
                folders[name] = folders.get(name, False) or is_folder
        for name, is_folder in folders.items():
            if LINK in name:
                message = f"contains a file with {LINK} in its name, {name!r}. Rename it"
                raise OSError(errno.EINVAL, message, str(self))
            if name not in (".", ".."):
                yield self / name, is_folder

    def files(self) -> Iterator["RemotePath"]:
        """Yield the files in and below a folder, including hidden ones, sorted.

        Raises:
            OSError: a folder cannot be opened.
        """
        for path, is_folder in self.scan():
            if is_folder:
                yield from path.files()
            else:
                yield path

    def read_bytes(self) -> bytes:
        """Return the current contents of a file.

        Raises:
            OSError: the file cannot be read.
        """
        if self._found().get("size") is not None:
            with self._as_os_errors() as (system, path):
                data: bytes = system.cat_file(path)
                return data
        data = self.head(MOST_UNSIZED + 1)
        if len(data) > MOST_UNSIZED:
            message = f"has more than {MOST_UNSIZED:,} bytes, and its server reports no size"
            raise OSError(errno.EFBIG, message, str(self))
        return data

    def head(self, size: int) -> bytes:
        """Return the first `size` bytes of a file, or all of a shorter file."""
        with self._as_os_errors() as (system, path), system.open(path, "rb") as file:
            data: bytes = file.read(size)
            return data

    def read_text(self, encoding: str, errors: str = "strict") -> str:
        """Return the contents of a file as text."""
        return self.read_bytes().decode(encoding, errors)

    def write_bytes(self, data: bytes) -> None:
        """Write a whole file, atomically if the service allows it.

        An object store shows an object only when it is complete. On services with renaming, the
        data goes to a temporary file next to it first. Other services are not atomic.
        """
        self._put(lambda system, path: system.pipe_file(path, data))

    def upload(self, file: Path) -> None:
        """Upload a local file, which need not fit into memory."""
        self._put(lambda system, path: system.put_file(str(file), path))

    def download(self, file: Path) -> None:
        """Download to a local file; the contents need not fit into memory."""
        with self._as_os_errors() as (system, path):
            system.get_file(path, str(file))

    def _put(self, write: Callable[[Any, str], object]) -> None:
        with self._as_os_errors() as (system, path):
            if not _renames(system):
                write(system, path)
                return
            folder, _, name = path.rpartition("/")
            temporary = f"{folder}/.taskschema-{name}"
            try:
                write(system, temporary)
                _rename(system, temporary, path)
            except BaseException:
                with suppress(Exception):
                    system.rm_file(temporary)
                raise

    def mkdir(self, *, parents: bool = True, exist_ok: bool = True) -> None:
        """Create a folder and its parents if the service has folders; never create a bucket."""
        del parents  # always created
        with self._as_os_errors() as (system, path):
            if _renames(system):
                system.makedirs(path, exist_ok=exist_ok)

    def unlink(self) -> None:
        """Remove a file."""
        with self._as_os_errors() as (system, path):
            system.rm_file(path)

    def refresh(self) -> None:
        """Clear cached listings; raise ConfigError if the URL cannot be opened."""
        try:
            system, _ = self._opened()
            if LINK in str(self):
                type(system).clear_instance_cache()
            system.invalidate_cache()
        except ImportError as error:
            raise ConfigError(f"{self}: needs a package: {_line(error)}.") from error
        except Exception as error:
            message = f"{self}: cannot be reached: {_as_os_error(error, self).strerror}."
            raise ConfigError(message) from error

    def _opened(self) -> tuple[Any, str]:
        """Return the file system, and the path in its notation."""
        from fsspec.core import url_to_fs  # type: ignore[import-untyped]  # noqa: PLC0415

        inner = plain(self.inner, is_anchored=not self.after)
        if PurePosixPath(inner).parts[:1] == UP:
            raise PermissionError(errno.EACCES, "leads out of the archive or folder")
        # A file name is never parsed as a URL; only the part given by the user is.
        start = "" if self.after else PurePosixPath(inner).parts[:1]
        anchor = f"{self.before}{''.join(start)}{self.after}"
        system, _ = url_to_fs(anchor)
        scheme = self.before.rpartition(LINK)[2]
        inner = "" if inner == "." else inner
        return system, system._strip_protocol(f"{scheme}{inner}")  # noqa: SLF001

    @contextmanager
    def _as_os_errors(self) -> Iterator[tuple[Any, str]]:
        try:
            yield self._opened()
        except Exception as error:
            raise _as_os_error(error, self) from error


def _rename(system: Any, temporary: str, path: str) -> None:
    try:
        system.mv(temporary, path)
    except Exception:  # a service that does not rename over a file
        if not system.exists(path):
            raise
        aside = f"{temporary}.old"
        system.mv(path, aside)
        try:
            system.mv(temporary, path)
        except BaseException:
            system.mv(aside, path)
            raise
        system.rm_file(aside)


def _renames(system: Any) -> bool:
    """Return whether the service renames files and has folders; else `mv` copies and deletes."""
    from fsspec import AbstractFileSystem  # type: ignore[import-untyped]  # noqa: PLC0415

    return type(system).mv is not AbstractFileSystem.mv


def _as_os_error(error: BaseException, path: RemotePath) -> OSError:
    """Return an OSError with a message of one line for an error of any library."""
    cause = error.__cause__
    if isinstance(error, FileNotFoundError) and cause and not isinstance(cause, FileNotFoundError):
        return _as_os_error(cause, path)  # another error prevented the look-up
    if isinstance(error, NotImplementedError):
        return OSError(errno.EROFS, "the service is read-only", str(path))
    if isinstance(error, FileNotFoundError):
        return OSError(errno.ENOENT, "no such file", str(path))
    if isinstance(error, TimeoutError):
        return OSError(errno.ETIMEDOUT, "the request timed out", str(path))
    status = getattr(error, "status", None)
    number = STATUSES.get(status) if isinstance(status, int) else None
    number = number or getattr(error, "errno", None) or errno.EIO
    text = getattr(error, "strerror", None) or error
    if status is not None:
        text = f"the server answered {status} {getattr(error, 'message', '')}"
    return OSError(number, _line(text), str(path))


def _line(error: object) -> str:
    """Return the first line of an error's message, or its type if it has no message."""
    text = str(error).strip() or type(error).__name__
    return text.splitlines()[0].rstrip(".")
