"""URLs of fsspec with the interface of `pathlib.PurePath`."""

from functools import total_ordering
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any, Self

__all__ = ["LINK", "UP", "Address", "plain"]

LINK = "::"
UP = ("..",)


@total_ordering
class Address:
    """The URL of a remote file or folder, without access to it."""

    __slots__ = ("after", "before", "inner")

    def __init__(self, before: str, inner: str | PurePosixPath, after: str) -> None:
        """Create an address from its parts.

        Args:
            before: the part before the path, such as `s3://`.
            inner: the path, which starts with the bucket, host or folder.
            after: in a chained URL, the place of the archive: `::s3://bucket/tasks.zip`.
        """
        self.before = before
        self.inner = PurePosixPath(inner)
        self.after = after

    @classmethod
    def of(cls, address: str) -> Self:
        """Parse a URL; the links of a chain before and after the path are kept."""
        links = address.split(LINK)
        at = next(index for index, link in enumerate(links) if "://" in link)
        scheme, _, inner = links[at].partition("://")
        before = LINK.join([*links[:at], f"{scheme}://"])
        after = "".join(LINK + link for link in links[at + 1 :])
        return cls(before, plain(inner, is_anchored=not after), after)

    def __str__(self) -> str:
        inner = str(self.inner)
        return f"{self.before}{'' if inner == '.' else inner}{self.after}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.before, str(self.inner), self.after)

    @property
    def key(self) -> tuple[str, str, PurePosixPath]:
        """The key for sorting and equality."""
        return self.before, self.after, self.inner

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Address) and self.key == other.key

    def __lt__(self, other: "Address") -> bool:
        return self.key < other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __truediv__(self, other: str | PurePosixPath) -> Self:
        path = PurePosixPath(other)
        if path.root and not self.inner.root:
            return self._at(PurePosixPath(*UP, *path.parts[1:]))  # a host has no parent
        return self._at(self.inner / path)

    def _at(self, inner: str | PurePosixPath) -> Self:
        return type(self)(self.before, inner, self.after)

    @property
    def name(self) -> str:
        """The last part."""
        return self.inner.name

    @property
    def stem(self) -> str:
        """The last part without its suffix."""
        return self.inner.stem

    @property
    def suffix(self) -> str:
        """The suffix of the last part, with its dot."""
        return self.inner.suffix

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts; the first is the scheme with the place of an archive."""
        return (f"{self.before}{self.after}", *self.inner.parts)

    @property
    def parents(self) -> tuple[Self, ...]:
        """The parent folders, up to the bucket, the host or the root of the archive."""
        inner = self.inner.parents
        return tuple(self._at(one) for one in inner if one.name or one.root or self.after)

    @property
    def parent(self) -> Self:
        """The parent folder."""
        return self.parents[0] if self.parents else self

    def as_posix(self) -> str:
        """Return the URL."""
        return str(self)

    def is_absolute(self) -> bool:
        """Return True: a URL does not depend on the current folder."""
        return True

    def absolute(self) -> Self:
        """Return the address itself."""
        return self

    def resolve(self) -> Self:
        """Return the address without `..`."""
        return self._at(plain(self.inner, is_anchored=not self.after))

    def is_relative_to(self, other: object) -> bool:
        """Return whether the address is below another one."""
        return (
            isinstance(other, Address)
            and (self.before, self.after) == (other.before, other.after)
            and self.inner.is_relative_to(other.inner)
            and (self.inner.parts[:1] != UP or other.inner.parts[:1] == UP)
        )

    def relative_to(self, other: "Address") -> PurePosixPath:
        """Return the path relative to another address.

        Raises:
            ValueError: the address is not below the other one.
        """
        if not self.is_relative_to(other):
            raise ValueError(f"{self} is not below {other}")
        return self.inner.relative_to(other.inner)

    def samefile(self, other: object) -> bool:
        """Return whether another address is the same file."""
        return isinstance(other, Address) and self.resolve() == other.resolve()


def plain(inner: str | PurePosixPath, *, is_anchored: bool) -> str:
    """Return a path without `..`: empty for the root, starting with `../` if it leads out.

    Args:
        inner: the path.
        is_anchored: whether its first part is a bucket or a host, which `..` cannot leave.
    """
    path = PurePosixPath(inner)
    top, *rest = path.parts or ("",)
    if not is_anchored or path.root or not top:
        return normpath(path) if path.parts else ""
    below = normpath("/".join(rest) or ".")
    if below == ".":
        return top
    return below if PurePosixPath(below).parts[:1] == UP else f"{top}/{below}"
