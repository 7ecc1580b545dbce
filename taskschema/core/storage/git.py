"""Reads a git repository through plumbing commands.

Nothing that a repository configures is run: no hook, filter, textconv, external diff or monitor.
Nothing is fetched, and neither the work tree nor the index changes.
"""

import os
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, Self

from taskschema.core.errors import RevisionError
from taskschema.core.storage.git_process import GitError, environment, run_git

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BlobReader", "Changes", "GitRepository", "TreeEntry", "has_id"]

SUBMODULE = "160000"
CHUNK = 1_000_000  # bytes
DEEPER = (
    "This clone is shallow: run `git fetch --unshallow` "
    "(in GitHub Actions, set `fetch-depth: 0` of the checkout)."
)
ID_LENGTHS = {40: "sha1", 64: "sha256"}


class TreeEntry(NamedTuple):
    """A file in a tree: its mode in octal digits, and the id of its blob."""

    mode: str
    blob: str

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link, whose blob is the target path."""
        return self.mode == "120000"


class Changes(NamedTuple):
    """Differences between a work tree and a commit; paths are relative to the top folder."""

    differing: frozenset[str]
    """Files with changed contents, and files missing in the commit, without ignored files."""
    gone: frozenset[str]
    """Files of the commit that are missing in the work tree."""


@dataclass(frozen=True)
class GitRepository:
    """A repository with a work tree; `root` is its top folder, absolute and resolved."""

    root: Path

    @classmethod
    def at(cls, folder: Path) -> Self:
        """Return the repository that contains a folder.

        Raises:
            RevisionError: git is not installed, or the folder is not in a work tree.
        """
        folder = folder.resolve()
        try:
            answer = run_git(folder, "rev-parse", "--is-inside-work-tree", "--show-cdup")
        except GitError as error:
            if "not a git repository" in error.reason:
                raise RevisionError(
                    f"{folder}: not in a git repository, so it has no revisions. Use paths instead."
                ) from error
            raise RevisionError(f"{folder}: git failed: {error.reason}.") from error
        inside, up = answer.decode().split("\n")[:2]
        if inside != "true":
            raise RevisionError(f"{folder}: not in a work tree. Run from the folder of the tasks.")
        return cls((folder / up).resolve())

    def commit(self, revision: str) -> str:
        """Return the id of the commit that a revision names.

        Raises:
            RevisionError: there is no such commit, or the clone is too shallow to contain it.
        """
        if revision.startswith("-"):
            raise RevisionError(f"{revision!r}: a revision cannot start with a hyphen.")
        try:
            answer = run_git(
                self.root,
                *("rev-parse", "--verify", "--quiet", "--end-of-options"),
                f"{revision}^{{commit}}",
            )
        except (GitError, ValueError) as error:  # ValueError: a null byte in the name
            fix = (
                DEEPER
                if self._is_shallow()
                else "Run `git branch --all` or `git tag` to list some."
            )
            raise RevisionError(f"{revision!r}: no such revision here. {fix}") from error
        return answer.decode().strip()

    def merge_base(self, one: str, other: str) -> str:
        """Return the id of the merge base of two revisions.

        Raises:
            RevisionError: there is none, or the clone is too shallow to contain it.
        """
        commits = (self.commit(one), self.commit(other))
        try:
            return run_git(self.root, "merge-base", *commits).decode().strip()
        except GitError as error:
            fix = DEEPER if self._is_shallow() else "Use the branch that this one merges into."
            raise RevisionError(f"{other!r}: has no commit in common with {one}. {fix}") from error

    def _is_shallow(self) -> bool:
        return run_git(self.root, "rev-parse", "--is-shallow-repository").strip() == b"true"

    def tree(self, commit: str, *below: str) -> dict[str, TreeEntry]:
        """Return the files of a commit at or below some paths; all files for the path ""."""
        paths = () if "" in below else below
        answer = self._ask("ls-tree", "-r", "-z", "--full-tree", commit, "--", *paths)
        entries = {}
        for line in answer.split(b"\0")[:-1]:
            about, _, path = line.partition(b"\t")
            mode, _, blob = about.decode().split(" ")
            if mode != SUBMODULE:
                entries[os.fsdecode(path)] = TreeEntry(mode, blob)
        return entries

    @contextmanager
    def contents(self) -> "Iterator[BlobReader]":
        """Start one process and return a reader of blobs."""
        command = ["git", "cat-file", "--batch"]
        with subprocess.Popen(  # noqa: S603 - fixed arguments
            command,
            cwd=self.root,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            if process.stdin is None or process.stdout is None:
                raise AssertionError
            yield BlobReader(process.stdin, process.stdout)
            process.stdin.close()
            process.terminate()  # it may still have unread output

    def changes(self, commit: str) -> Changes:
        """Compare the work tree with a commit: staged, unstaged and untracked changes.

        Files that git knows to be unchanged are not read; other files are compared by their bytes.
        """
        answer = self._ask(
            *("diff-index", "--raw", "-z", "--no-renames", "--no-ext-diff", "--no-textconv"),
            *("--ignore-submodules=all", commit, "--"),
        )
        differing, gone = set(), set()
        fields = iter(answer.split(b"\0")[:-1])
        for about, name in zip(fields, fields, strict=True):
            path = os.fsdecode(name)
            _, mode, before, after, status = about.decode().split(" ")
            if status == "D":
                gone.add(path)
            elif mode != SUBMODULE and not self._is_unchanged(path, before, after):
                differing.add(path)
        answer = self._ask("ls-files", "-z", "--others", "--exclude-standard")
        others = map(os.fsdecode, answer.split(b"\0")[:-1])
        differing |= {path for path in others if not path.endswith("/")}  # another repository
        # A file removed from the index but still on disk is untracked, not gone.
        return Changes(frozenset(differing), frozenset(gone - differing))

    def _is_unchanged(self, path: str, before: str, after: str) -> bool:
        """Return whether a file has its old contents; for an unknown id (zeros), read the file."""
        if after.strip("0") or not before.strip("0"):
            return before == after and bool(after.strip("0"))  # if equal, only the mode differs
        file = self.root / path
        try:
            raw = os.fsencode(file.readlink()) if file.is_symlink() else file.read_bytes()
        except OSError:
            return False
        return has_id(raw, before)

    def _ask(self, *arguments: str) -> bytes:
        try:
            return run_git(self.root, *arguments, overrides=self._overrides)
        except GitError as error:
            raise RevisionError(f"{self.root}: git failed: {error.reason}.") from error

    @cached_property
    def _overrides(self) -> dict[str, str]:
        """Settings that disable the filters of the repository."""
        try:
            listed = run_git(self.root, "config", "-z", "--name-only", "--get-regexp", r"^filter\.")
        except GitError:
            return {}  # the repository has no filters
        names = {name.rpartition(".")[0] for name in os.fsdecode(listed).split("\0")[:-1]}
        parts = {"clean": "", "smudge": "", "process": "", "required": "false"}
        return {f"{name}.{part}": value for name in names for part, value in parts.items()}


class BlobReader:
    """Reads the blobs of a repository from a running `git cat-file --batch`."""

    def __init__(self, questions: IO[bytes], answers: IO[bytes]) -> None:
        self._questions = questions
        self._answers = answers

    def read(self, blob: str, most: int | None = None) -> bytes:
        """Return the bytes of a blob, or only the first `most`.

        Raises:
            RevisionError: the clone does not contain the blob.
        """
        self._questions.write(blob.encode() + b"\n")
        self._questions.flush()
        header = self._answers.readline().decode().split()
        if len(header) != 3:  # noqa: PLR2004 - id, type and size
            raise RevisionError(
                f"the clone lacks the contents of blob {blob}. "
                "Run `git fetch --refetch --no-filter` to complete a partial clone."
            )
        size = int(header[2])
        length = size if most is None else min(size, most)
        raw = self._answers.read(length)
        rest = size - length + 1  # a line break follows
        while rest:
            rest -= len(self._answers.read(min(rest, CHUNK)))
        return raw


def has_id(raw: bytes, blob: str) -> bool:
    """Return whether bytes have the id of a blob, as they are or with LF line ends."""
    from hashlib import new  # noqa: PLC0415 - loads OpenSSL, which only this needs

    def id_of(data: bytes) -> str:
        digest = new(ID_LENGTHS[len(blob)], b"blob %d\0" % len(data), usedforsecurity=False)
        digest.update(data)
        return digest.hexdigest()

    return id_of(raw) == blob or (b"\r\n" in raw and id_of(raw.replace(b"\r\n", b"\n")) == blob)
