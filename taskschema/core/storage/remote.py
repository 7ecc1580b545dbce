"""Files elsewhere, which are read and written as pathlib reads and writes those here.

What goes wrong there, in whichever library, becomes an OSError with one line.
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

MOST_UNSIZED = 100_000_000  # bytes, of a file whose server does not give its size
PAGE = "text/html"  # is how servers of the web show a folder
STATUSES = {401: errno.EACCES, 403: errno.EACCES, 404: errno.ENOENT, 410: errno.ENOENT}


class Status(NamedTuple):
    """What is known of a file or folder without reading it."""

    st_mode: int
    st_size: int


class RemotePath(Address):
    """A file or folder elsewhere.

    It stands in for a `pathlib.Path`, with what is asked of the paths of tasks and of outputs, and
    may be pickled. It leads nowhere else: `..` is gone before a file is opened, links are refused.
    """

    __slots__ = ()

    def is_symlink(self) -> bool:
        """Never: a link has no `stat`."""
        return False

    def is_fifo(self) -> bool:
        """Never."""
        return False

    def stat(self) -> Status:
        """Whether it is a file or a folder, and its size in bytes.

        Raises:
            OSError: there is none, it is a link, or it cannot be asked for.
        """
        found = self._found()
        if found["type"] == "link" or found.get("islink"):
            raise OSError(errno.ELOOP, "is a link, which may lead anywhere", str(self))
        if found["type"] == "directory" or found.get("mimetype") == PAGE:
            return Status(stat.S_IFDIR, 0)
        return Status(stat.S_IFREG, found.get("size") or 0)

    def _found(self) -> dict[str, Any]:
        with self._told() as (system, path):
            found: dict[str, Any] = system.info(path)
            return found

    def exists(self) -> bool:
        """Whether there is anything.

        Raises:
            OSError: it cannot be asked for.
        """
        try:
            self.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        return True

    def is_file(self) -> bool:
        """Whether there is a file."""
        return self.exists() and stat.S_ISREG(self.stat().st_mode)

    def is_dir(self) -> bool:
        """Whether there is a folder."""
        return self.exists() and stat.S_ISDIR(self.stat().st_mode)

    def iterdir(self) -> Iterator["RemotePath"]:
        """The files and folders in a folder."""
        for path, _ in self.scan():
            yield path

    def scan(self) -> Iterator[tuple["RemotePath", bool]]:
        """The files and folders in a folder, in order, and whether each is a folder."""
        with self._told() as (system, path):
            listing = [
                (system._strip_protocol(one["name"]), one)  # noqa: SLF001 - fsspec has no other
                for one in system.ls(path, detail=True)
            ]
        below = f"{path.rstrip('/')}/" if path.strip("/") else path
        folders: dict[str, bool] = {}
        for full, one in sorted(listing, key=lambda pair: pair[0]):
            name = full.removeprefix(below).strip("/")
            # A page of the web may link anywhere, and a bucket holds a mark for the folder itself.
            if full.startswith(below) and name and not {"/", "?", "#"} & set(name):
                is_folder = one["type"] == "directory" or one["name"].endswith("/")
                folders[name] = folders.get(name, False) or is_folder
        for name, is_folder in folders.items():
            if LINK in name:
                message = f"holds a file with {LINK} in its name, {name!r}. Rename it"
                raise OSError(errno.EINVAL, message, str(self))
            if name not in (".", ".."):
                yield self / name, is_folder

    def files(self) -> Iterator["RemotePath"]:
        """The files in and below a folder, hidden ones too, in order.

        Raises:
            OSError: a folder cannot be opened.
        """
        for path, is_folder in self.scan():
            if is_folder:
                yield from path.files()
            else:
                yield path

    def read_bytes(self) -> bytes:
        """What a file holds now.

        Raises:
            OSError: it cannot be read.
        """
        if self._found().get("size") is not None:
            with self._told() as (system, path):
                data: bytes = system.cat_file(path)
                return data
        data = self.head(MOST_UNSIZED + 1)
        if len(data) > MOST_UNSIZED:
            raise OSError(errno.EFBIG, "has no end that its server tells of", str(self))
        return data

    def head(self, size: int) -> bytes:
        """So many bytes from the start of a file, or all it has."""
        with self._told() as (system, path), system.open(path, "rb") as file:
            data: bytes = file.read(size)
            return data

    def read_text(self, encoding: str, errors: str = "strict") -> str:
        """What a file holds, as text."""
        return self.read_bytes().decode(encoding, errors)

    def write_bytes(self, data: bytes) -> None:
        """Write a whole file, so that nobody sees half of it wherever the service lets us.

        A store of objects shows one when it is complete. Where files are renamed, it is written
        beside; elsewhere nothing helps.
        """
        self._put(lambda system, path: system.pipe_file(path, data))

    def upload(self, file: Path) -> None:
        """Write a file as one that is here, which need not fit into memory."""
        self._put(lambda system, path: system.put_file(str(file), path))

    def download(self, file: Path) -> None:
        """Write what it holds to a file here, which need not fit into memory."""
        with self._told() as (system, path):
            system.get_file(path, str(file))

    def _put(self, write: Callable[[Any, str], object]) -> None:
        with self._told() as (system, path):
            if not _renames(system):
                write(system, path)
                return
            folder, _, name = path.rpartition("/")
            beside = f"{folder}/.taskschema-{name}"
            try:
                write(system, beside)
                _rename(system, beside, path)
            except BaseException:
                with suppress(Exception):
                    system.rm_file(beside)
                raise

    def mkdir(self, *, parents: bool = True, exist_ok: bool = True) -> None:
        """Make a folder and those above, where there is such a thing; a bucket never is made."""
        del parents  # are always made
        with self._told() as (system, path):
            if _renames(system):
                system.makedirs(path, exist_ok=exist_ok)

    def unlink(self) -> None:
        """Remove a file."""
        with self._told() as (system, path):
            system.rm_file(path)

    def refresh(self) -> None:
        """Forget listings of an earlier day; raise ConfigError where nothing leads there."""
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
        """The file system, and the path as it knows it."""
        from fsspec.core import url_to_fs  # type: ignore[import-untyped]  # noqa: PLC0415

        inner = plain(self.inner, is_anchored=not self.after)
        if PurePosixPath(inner).parts[:1] == UP:
            raise PermissionError(errno.EACCES, "leads out of where the files are")
        # What a file is called is never taken for an address: only what was named by the user is.
        start = "" if self.after else PurePosixPath(inner).parts[:1]
        anchor = f"{self.before}{''.join(start)}{self.after}"
        system, _ = url_to_fs(anchor)
        scheme = self.before.rpartition(LINK)[2]
        inner = "" if inner == "." else inner
        return system, system._strip_protocol(f"{scheme}{inner}")  # noqa: SLF001

    @contextmanager
    def _told(self) -> Iterator[tuple[Any, str]]:
        try:
            yield self._opened()
        except Exception as error:
            raise _as_os_error(error, self) from error


def _rename(system: Any, beside: str, path: str) -> None:
    try:
        system.mv(beside, path)
    except Exception:  # a service that does not rename over a file
        if not system.exists(path):
            raise
        aside = f"{beside}.old"
        system.mv(path, aside)
        try:
            system.mv(beside, path)
        except BaseException:
            system.mv(aside, path)
            raise
        system.rm_file(aside)


def _renames(system: Any) -> bool:
    """Whether files can be renamed, and folders made; else `mv` is to copy and to remove."""
    from fsspec import AbstractFileSystem  # type: ignore[import-untyped]  # noqa: PLC0415

    return type(system).mv is not AbstractFileSystem.mv


def _as_os_error(error: BaseException, path: RemotePath) -> OSError:
    """An error of any library as one that says in a line what happened where."""
    cause = error.__cause__
    if isinstance(error, FileNotFoundError) and cause and not isinstance(cause, FileNotFoundError):
        return _as_os_error(cause, path)  # it was not looked for, as something else went wrong
    if isinstance(error, NotImplementedError):
        return OSError(errno.EROFS, "nothing can be written there", str(path))
    if isinstance(error, FileNotFoundError):
        return OSError(errno.ENOENT, "there is no such file", str(path))
    if isinstance(error, TimeoutError):
        return OSError(errno.ETIMEDOUT, "no answer came in time", str(path))
    status = getattr(error, "status", None)
    number = STATUSES.get(status) if isinstance(status, int) else None
    number = number or getattr(error, "errno", None) or errno.EIO
    text = getattr(error, "strerror", None) or error
    if status is not None:
        text = f"the server says {status} {getattr(error, 'message', '')}"
    return OSError(number, _line(text), str(path))


def _line(error: object) -> str:
    """The first line of what an error says, and its kind where it says nothing."""
    text = str(error).strip() or type(error).__name__
    return text.splitlines()[0].rstrip(".")
