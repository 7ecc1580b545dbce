"""A dataset repository on a hub: what it holds, and one commit to it."""

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from taskschema.dataset.hub.access import PUBLIC_HUB, checked_endpoint, checked_id
from taskschema.dataset.hub.errors import UNAUTHORISED, Teller

__all__ = ["Held", "HubRepository", "State"]

OTHER_TYPES = ("model", "space")


@dataclass(frozen=True, slots=True)
class Held:
    """A file of the repository; `sha256` is None where git itself keeps it, by its `git_id`."""

    size: int
    sha256: str | None
    git_id: str


@dataclass(frozen=True, slots=True)
class State:
    """A repository at one commit; one that does not exist holds nothing."""

    exists: bool
    private: bool = False
    commit: str | None = None
    files: Mapping[str, Held] = field(default_factory=dict)
    branches: frozenset[str] = frozenset()
    tags: Mapping[str, str] = field(default_factory=dict)


class HubRepository:
    """A dataset repository, whether it exists or not."""

    def __init__(
        self, repo_id: str, *, endpoint: str | None = None, token: str | None = None
    ) -> None:
        from huggingface_hub import HfApi

        self.repo_id = checked_id(repo_id)
        self.endpoint = checked_endpoint(endpoint or os.environ.get("HF_ENDPOINT") or PUBLIC_HUB)
        self.has_token = bool(token)
        self.tell = Teller(self.endpoint, self.repo_id, self.has_token)
        self.api: Any = HfApi(self.endpoint, token=token or False, library_name="taskschema")
        self.place = {"repo_id": self.repo_id, "repo_type": "dataset"}

    def state(self) -> State:
        """What is there, at the newest commit."""
        with self.tell.in_one_line():
            info = self._find("dataset")
            if info is None:
                return State(exists=False)
            files = self.files(info.sha) if info.sha else {}
            refs = self.api.list_repo_refs(**self.place)
            return State(
                exists=True,
                private=bool(info.private),
                commit=info.sha,
                files=files,
                branches=frozenset(ref.name for ref in refs.branches),
                tags={ref.name: ref.target_commit for ref in refs.tags},
            )

    def files(self, commit: str) -> dict[str, Held]:
        """Every file at a commit."""
        with self.tell.in_one_line():
            tree = self.api.list_repo_tree(**self.place, recursive=True, revision=commit)
            return {
                entry.path: Held(entry.size, entry.lfs and entry.lfs.sha256, entry.blob_id)
                for entry in tree
                if hasattr(entry, "blob_id")  # a folder has none
            }

    def type_of_namesake(self) -> str | None:
        """The type of a repository of this name that is no dataset."""
        with self.tell.in_one_line():
            return next((kind for kind in OTHER_TYPES if self._find(kind)), None)

    @contextmanager
    def fetched(self, path: str, commit: str) -> Iterator[Path]:
        """A temporary folder into which one file of the repository was fetched."""
        with tempfile.TemporaryDirectory() as folder:
            with self.tell.in_one_line(), _bars(shown=False):
                self.api.hf_hub_download(
                    **self.place, filename=path, revision=commit, local_dir=folder
                )
            yield Path(folder)

    def create(self, *, private: bool) -> None:
        """Make the repository; without `private` its owner's default decides who sees it."""
        with self.tell.in_one_line():
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

        What an earlier, interrupted upload has brought to the hub's storage is not sent again.
        """
        from huggingface_hub import CommitOperationAdd, CommitOperationDelete

        with self.tell.in_one_line(), _bars(shown=progress), _known_to_library(self.endpoint):
            operations = [
                *(CommitOperationDelete(path, is_folder=False) for path in deletions),
                *(CommitOperationAdd(path, file) for path, file in additions.items()),
            ]
            done = self.api.create_commit(
                **self.place, operations=operations, commit_message=message, parent_commit=parent
            )
            return str(done.oid)

    def tag(self, name: str, commit: str) -> None:
        """Give a commit a name that stays."""
        with self.tell.in_one_line():
            self.api.create_tag(**self.place, tag=name, revision=commit)

    def address(self, commit: str | None = None) -> str:
        """Where a browser finds the repository, or one commit of it."""
        return f"{self.endpoint}/datasets/{self.repo_id}" + (f"/commit/{commit}" if commit else "")

    def _find(self, kind: str) -> Any:
        from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError

        try:
            return self.api.repo_info(self.repo_id, repo_type=kind)
        except HfHubHTTPError as error:
            # Whoever has no token is answered 401 of what does not exist; with one, that says
            # that the token is wrong. What is there but closed is a kind of not found, too.
            if error.response.status_code == UNAUTHORISED:
                if self.has_token:
                    raise
            elif type(error) is not RepositoryNotFoundError:
                raise
            return None


@contextmanager
def _known_to_library(endpoint: str) -> Iterator[None]:
    """Make huggingface_hub 0.x and 1.x understand where the commit that was made is.

    They tell its address apart by the hub which HF_ENDPOINT named when they were imported.
    """
    from huggingface_hub import constants

    before, constants.ENDPOINT = constants.ENDPOINT, endpoint
    try:
        yield
    finally:
        constants.ENDPOINT = before


@contextmanager
def _bars(*, shown: bool) -> Iterator[None]:
    """Bars of what is uploaded, or none; afterwards it is as it was."""
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
