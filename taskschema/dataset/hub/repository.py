"""A dataset repository on a hub: its files, and commits to it."""

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from taskschema.dataset.hub.access import PUBLIC_HUB, checked_endpoint, checked_id
from taskschema.dataset.hub.errors import UNAUTHORISED, ErrorTranslator

__all__ = ["HubFile", "HubRepository", "HubState"]

OTHER_TYPES = ("model", "space")


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file of a repository; `sha256` is None if git stores it, and LFS does not."""

    size: int
    sha256: str | None
    git_id: str


@dataclass(frozen=True, slots=True)
class HubState:
    """A repository at one commit; a repository that does not exist is empty."""

    exists: bool
    private: bool = False
    commit: str | None = None
    files: Mapping[str, HubFile] = field(default_factory=dict)
    branches: frozenset[str] = frozenset()
    tags: Mapping[str, str] = field(default_factory=dict)


class HubRepository:
    """A dataset repository, which need not exist."""

    def __init__(
        self, repo_id: str, *, endpoint: str | None = None, token: str | None = None
    ) -> None:
        from huggingface_hub import HfApi

        self.repo_id = checked_id(repo_id)
        self.endpoint = checked_endpoint(endpoint or os.environ.get("HF_ENDPOINT") or PUBLIC_HUB)
        self.has_token = bool(token)
        self.errors = ErrorTranslator(self.endpoint, self.repo_id, self.has_token)
        self.api: Any = HfApi(self.endpoint, token=token or False, library_name="taskschema")
        self.place = {"repo_id": self.repo_id, "repo_type": "dataset"}

    def state(self) -> HubState:
        """Return the state at the newest commit."""
        with self.errors.translated():
            info = self._find("dataset")
            if info is None:
                return HubState(exists=False)
            files = self.files(info.sha) if info.sha else {}
            refs = self.api.list_repo_refs(**self.place)
            return HubState(
                exists=True,
                private=bool(info.private),
                commit=info.sha,
                files=files,
                branches=frozenset(ref.name for ref in refs.branches),
                tags={ref.name: ref.target_commit for ref in refs.tags},
            )

    def files(self, commit: str) -> dict[str, HubFile]:
        """Return the files at a commit, by path."""
        with self.errors.translated():
            tree = self.api.list_repo_tree(**self.place, recursive=True, revision=commit)
            return {
                entry.path: HubFile(entry.size, entry.lfs and entry.lfs.sha256, entry.blob_id)
                for entry in tree
                if hasattr(entry, "blob_id")  # a folder has no blob
            }

    def type_of_namesake(self) -> str | None:
        """Return the type of another repository of the same name; None without one."""
        with self.errors.translated():
            return next((kind for kind in OTHER_TYPES if self._find(kind)), None)

    @contextmanager
    def fetched(self, path: str, commit: str) -> Iterator[Path]:
        """Download one file of the repository, and yield its temporary folder."""
        with tempfile.TemporaryDirectory() as folder:
            with self.errors.translated(), _progress_bars(shown=False):
                self.api.hf_hub_download(
                    **self.place, filename=path, revision=commit, local_dir=folder
                )
            yield Path(folder)

    def create(self, *, private: bool) -> None:
        """Create the repository; without `private` it gets the default visibility of its owner."""
        with self.errors.translated():
            self.api.create_repo(**self.place, private=private or None, exist_ok=True)

    def commit(
        self,
        additions: Mapping[str, Path],
        deletions: Iterable[str],
        *,
        message: str,
        parent: str | None,
        progress: bool,
    ) -> str:
        """Upload and delete in one commit on top of `parent`, and return its id.

        Files that an earlier, interrupted upload stored on the hub are not sent again.
        """
        from huggingface_hub import CommitOperationAdd, CommitOperationDelete

        with (
            self.errors.translated(),
            _progress_bars(shown=progress),
            _known_to_library(self.endpoint),
        ):
            operations = [
                *(CommitOperationDelete(path, is_folder=False) for path in deletions),
                *(CommitOperationAdd(path, file) for path, file in additions.items()),
            ]
            done = self.api.create_commit(
                **self.place, operations=operations, commit_message=message, parent_commit=parent
            )
            return str(done.oid)

    def tag(self, name: str, commit: str) -> None:
        """Tag a commit."""
        with self.errors.translated():
            self.api.create_tag(**self.place, tag=name, revision=commit)

    def address(self, commit: str | None = None) -> str:
        """Return the URL of the repository, or of one commit, for a browser."""
        return f"{self.endpoint}/datasets/{self.repo_id}" + (f"/commit/{commit}" if commit else "")

    def _find(self, kind: str) -> Any:
        from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError

        try:
            return self.api.repo_info(self.repo_id, repo_type=kind)
        except HfHubHTTPError as error:
            # Without a token, 401 means that the repository does not exist; with one, that the
            # token is invalid. The error for a gated repository is a subclass of "not found".
            if error.response.status_code == UNAUTHORISED:
                if self.has_token:
                    raise
            elif type(error) is not RepositoryNotFoundError:
                raise
            return None


@contextmanager
def _known_to_library(endpoint: str) -> Iterator[None]:
    """Let huggingface_hub 0.x and 1.x parse the URL of the commit that they made.

    They compare it with the HF_ENDPOINT of the time of their import.
    """
    from huggingface_hub import constants

    before, constants.ENDPOINT = constants.ENDPOINT, endpoint
    try:
        yield
    finally:
        constants.ENDPOINT = before


@contextmanager
def _progress_bars(*, shown: bool) -> Iterator[None]:
    """Show or hide progress bars, and restore the setting afterwards."""
    from huggingface_hub.utils.tqdm import (
        are_progress_bars_disabled,
        disable_progress_bars,
        enable_progress_bars,
    )

    if shown or are_progress_bars_disabled():
        yield
        return
    disable_progress_bars()
    try:
        yield
    finally:
        enable_progress_bars()
