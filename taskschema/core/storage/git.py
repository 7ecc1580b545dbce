"""What a git repository holds, read with its plumbing.

Nothing that a repository brings along is run: no hook, filter, textconv, external diff or monitor,
and nothing is fetched. The work tree and the index are left as they are.
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
    "This clone is shallow: `git fetch --unshallow` brings the rest "
    "(in GitHub Actions, `fetch-depth: 0` of the checkout)."
)
ID_LENGTHS = {40: "sha1", 64: "sha256"}


class TreeEntry(NamedTuple):
    """A file of a tree: its mode in octal digits, and the id of its blob."""

    mode: str
    blob: str

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link, whose blob is the path that it leads to."""
        return self.mode == "120000"


class Changes(NamedTuple):
    """How a work tree differs from a commit; paths relative to the top folder."""

    differing: frozenset[str]
    """Files with other contents, and files that the commit does not have; no ignored ones."""
    gone: frozenset[str]
    """Files of the commit that the work tree no longer has."""


@dataclass(frozen=True)
class GitRepository:
    """A repository with a work tree, whose top folder is `root`: an absolute path without links."""

    root: Path

    @classmethod
    def at(cls, folder: Path) -> Self:
        """The repository that a folder lies in.

        Raises:
            RevisionError: git is not installed, or the folder lies in no work tree.
        """
        folder = folder.resolve()
        try:
            answer = run_git(folder, "rev-parse", "--is-inside-work-tree", "--show-cdup")
        except GitError as error:
            if "not a git repository" in error.reason:
                raise RevisionError(
                    f"{folder}: lies in no git repository, so there are no revisions of it. "
                    "Name paths instead."
                ) from error
            raise RevisionError(f"{folder}: git says: {error.reason}.") from error
        inside, up = answer.decode().split("\n")[:2]
        if inside != "true":
            raise RevisionError(f"{folder}: lies in no work tree. Go to where the tasks are.")
        return cls((folder / up).resolve())

    def commit(self, revision: str) -> str:
        """The id of the commit that a revision names.

        Raises:
            RevisionError: there is none, or the clone is too shallow to have it.
        """
        if revision.startswith("-"):
            raise RevisionError(f"{revision!r}: no revision begins with a hyphen.")
        try:
            answer = run_git(
                self.root,
                *("rev-parse", "--verify", "--quiet", "--end-of-options"),
                f"{revision}^{{commit}}",
            )
        except (GitError, ValueError) as error:  # a name may hold what no argument can
            cure = "`git branch --all` and `git tag` list some."
            if self._is_shallow():
                cure = DEEPER
            raise RevisionError(f"{revision!r}: no such revision here. {cure}") from error
        return answer.decode().strip()

    def merge_base(self, one: str, other: str) -> str:
        """The id of the newest commit that two revisions both build on.

        Raises:
            RevisionError: there is none, or the clone is too shallow to have it.
        """
        commits = (self.commit(one), self.commit(other))
        try:
            return run_git(self.root, "merge-base", *commits).decode().strip()
        except GitError as error:
            cure = "Name the branch that this one is to be merged into."
            if self._is_shallow():
                cure = DEEPER
            raise RevisionError(f"{other!r}: has no commit in common with {one}. {cure}") from error

    def _is_shallow(self) -> bool:
        return run_git(self.root, "rev-parse", "--is-shallow-repository").strip() == b"true"

    def tree(self, commit: str, *below: str) -> dict[str, TreeEntry]:
        """The files of a commit that are, or are below, one of some paths; all with the path ""."""
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
        """What reads blobs, one after the other, from a single process."""
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
            process.terminate()  # it may have more to say than anybody read

    def changes(self, commit: str) -> Changes:
        """How the work tree differs from a commit, staged or not, with what is not ignored.

        Of files that git knows to be untouched, nothing is read; of the others, the bytes decide.
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
            elif mode != SUBMODULE and not self._has(path, before, after):
                differing.add(path)
        answer = self._ask("ls-files", "-z", "--others", "--exclude-standard")
        others = map(os.fsdecode, answer.split(b"\0")[:-1])
        differing |= {path for path in others if not path.endswith("/")}  # another repository
        # What was taken out of the index and is still there is not tracked, but it is not gone.
        return Changes(frozenset(differing), frozenset(gone - differing))

    def _has(self, path: str, before: str, after: str) -> bool:
        """Whether a file is as it was; where git says nothing (zeros), its contents tell."""
        if after.strip("0") or not before.strip("0"):
            return before == after and bool(after.strip("0"))  # else only its mode differs
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
            raise RevisionError(f"{self.root}: git says: {error.reason}.") from error

    @cached_property
    def _overrides(self) -> dict[str, str]:
        """Settings that keep the repository's filters from being run."""
        try:
            listed = run_git(self.root, "config", "-z", "--name-only", "--get-regexp", r"^filter\.")
        except GitError:
            return {}  # none is set
        names = {name.rpartition(".")[0] for name in os.fsdecode(listed).split("\0")[:-1]}
        parts = {"clean": "", "smudge": "", "process": "", "required": "false"}
        return {f"{name}.{part}": value for name in names for part, value in parts.items()}


class BlobReader:
    """The blobs of a repository, from a running `git cat-file --batch`."""

    def __init__(self, questions: IO[bytes], answers: IO[bytes]) -> None:
        self._questions = questions
        self._answers = answers

    def read(self, blob: str, most: int | None = None) -> bytes:
        """The bytes of a blob, the first `most` of them.

        Raises:
            RevisionError: the clone does not have it.
        """
        self._questions.write(blob.encode() + b"\n")
        self._questions.flush()
        header = self._answers.readline().decode().split()
        if len(header) != 3:  # noqa: PLR2004 - id, type and size
            raise RevisionError(
                f"the clone lacks the contents of blob {blob}. A full one has them: "
                "`git fetch --refetch --no-filter` brings what a partial one left out."
            )
        size = int(header[2])
        wanted = size if most is None else min(size, most)
        raw = self._answers.read(wanted)
        rest = size - wanted + 1  # a line break follows
        while rest:
            rest -= len(self._answers.read(min(rest, CHUNK)))
        return raw


def has_id(raw: bytes, blob: str) -> bool:
    """Whether bytes are those of a blob, or would be with the line ends that git keeps."""
    from hashlib import new  # noqa: PLC0415 - loads OpenSSL, which only this needs

    def id_of(data: bytes) -> str:
        digest = new(ID_LENGTHS[len(blob)], b"blob %d\0" % len(data), usedforsecurity=False)
        digest.update(data)
        return digest.hexdigest()

    return id_of(raw) == blob or (b"\r\n" in raw and id_of(raw.replace(b"\r\n", b"\n")) == blob)
