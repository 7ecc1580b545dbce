"""Push an exported folder to a dataset repository, in one commit.

The steps of a push: verify the folder against its manifest, compare it with the repository, commit
and tag the differences, verify the repository.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Literal

import orjson

from taskschema.collection import export_manifest
from taskschema.core.errors import ConfigError, DestinationError, SourceError
from taskschema.core.text.printing import printable, several
from taskschema.dataset.hub.access import require_library
from taskschema.dataset.hub.errors import LOG_IN
from taskschema.dataset.hub.repository import HubFile, HubRepository, HubState

__all__ = ["ExportedFile", "Push", "PushStep", "push", "verify"]

Fate = Literal["new", "changed", "same", "deleted", "kept"]
# Files that a hub adds to every repository and needs.
NEVER_DELETED = {".gitattributes"}
AGAIN = "Export again, then push."
# HEAD, refs and commit ids already name commits.
TAG = re.compile(r"(?!HEAD$|refs/|[0-9a-f]{40}$)[A-Za-z0-9][A-Za-z0-9_-]*(?:[./][A-Za-z0-9_-]+)*")


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file of an export that matches its manifest."""

    path: Path
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PushStep:
    """The change that a push makes to one file; the size is in bytes."""

    path: str
    size: int
    fate: Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """A push that was made, or with `dry_run` would be.

    `commit` is the newest commit afterwards, or None without one; `tag` is the tag of the commit.
    """

    address: str
    created: bool
    steps: tuple[PushStep, ...]
    commit: str | None
    tag: str | None

    @property
    def changes(self) -> tuple[PushStep, ...]:
        """The steps that change the repository."""
        return tuple(step for step in self.steps if step.fate in ("new", "changed", "deleted"))


def verify(folder: Path) -> dict[str, ExportedFile]:
    """Return the files of an exported folder by path, with its manifest.

    Raises:
        SourceError: the folder is not an export; or a file is missing, was changed or added, or is
            outside the folder.
    """
    if not export_manifest.is_export(folder):
        what = "is not an export of taskschema" if folder.is_dir() else "is not a folder"
        raise SourceError(
            f"{folder}: {what}. Name an exported folder, or write one: "
            "taskschema export huggingface DIR"
        )
    for stranger in export_manifest.strangers(folder):
        name = printable(stranger.relative_to(folder).as_posix())
        raise SourceError(f"{folder}: holds {name}, which no export wrote. Move it elsewhere.")
    files = {}
    for name, digest in sorted(_digests(folder).items()):
        file = _read(folder, name)
        if digest is not None and file.sha256 != digest:
            shown = printable(name)
            raise SourceError(f"{folder}: {shown} was changed after the export. {AGAIN}")
        files[name] = file
    return files


def push(
    folder: Path,
    repo_id: str,
    *,
    token: str | None = None,
    endpoint: str | None = None,
    tag: str | None = None,
    message: str | None = None,
    private: bool = False,
    dry_run: bool = False,
    progress: bool = False,
) -> Push:
    """Update a dataset repository to an exported folder, in one commit.

    Files of an earlier export that are not in this one are deleted; files that no export wrote are
    kept. After an interruption, a second push sends only the missing files.

    Args:
        folder: an export; nothing is sent unless every file matches the manifest.
        repo_id: owner and name, e.g. `my-team/my-tasks`; created if it does not exist.
        token: see `access.find_token`; a dry run for a public repository needs none.
        endpoint: the URL of a hub [HF_ENDPOINT, or the public hub].
        tag: a tag for the commit; an existing tag is never moved.
        message: the commit message; by default the numbers of tasks and instances.
        private: create a new repository as private.
        dry_run: change nothing.
        progress: show a progress bar on stderr.

    Raises:
        SourceError: the folder is not an unchanged export.
        ConfigError: an option has a wrong value, or there is no token.
        DestinationError: the hub cannot be reached or refuses, or the name is taken.
    """
    files = verify(folder)
    require_library()
    if tag is not None and (not TAG.fullmatch(tag) or tag.endswith(".lock")):
        raise ConfigError(f"{printable(tag)!r} cannot be a tag. Use a name like v1.0.")
    if message is not None and not message.strip():
        raise ConfigError("the commit message is empty. Write one, or remove the option.")
    repository = HubRepository(repo_id, endpoint=endpoint, token=token)
    if not token and not dry_run:
        raise ConfigError(f"there is no token. {LOG_IN}")
    state = repository.state()
    _require_matching_type(repository, state, private=private)
    steps = tuple(_plan(files, state.files, _earlier_export(repository, state)))
    planned = Push(
        address=repository.address(),
        created=not state.exists,
        steps=steps,
        commit=state.commit,
        tag=tag,
    )
    if tag is not None:
        _require_free(tag, state, repository, changes=bool(planned.changes))
    if dry_run:
        return planned
    if planned.created:
        repository.create(private=private)
        state = repository.state()
    commit = state.commit
    if planned.changes or commit is None:
        commit = repository.commit(
            {s.path: files[s.path].path for s in planned.changes if s.fate != "deleted"},
            [s.path for s in planned.changes if s.fate == "deleted"],
            message=message or _message(folder),
            parent=commit,
            progress=progress,
        )
        _require_complete(repository, commit, files)
    if tag is not None and tag not in state.tags:
        repository.tag(tag, commit)
    return Push(
        address=repository.address(commit),
        created=planned.created,
        steps=steps,
        commit=commit,
        tag=tag,
    )


def _require_complete(
    repository: HubRepository, commit: str, files: Mapping[str, ExportedFile]
) -> None:
    held = repository.files(commit)
    for name, file in files.items():
        if name not in held or not _is_same(file, held[name]):
            raise DestinationError(
                f"{repository.repo_id}: {printable(name)} is missing after the push. Check "
                "whether the repository's .gitignore excludes it, and push again."
            )


def _plan(
    files: Mapping[str, ExportedFile],
    held: Mapping[str, HubFile],
    written: Mapping[str, str | None],
) -> Iterator[PushStep]:
    for name in sorted({*files, *held}):
        if name not in files:
            deleted = name in written and name not in NEVER_DELETED
            # A file that was changed since is no longer a file of the export.
            deleted &= held[name].sha256 in (None, written.get(name))
            yield PushStep(name, held[name].size, "deleted" if deleted else "kept")
        elif name not in held:
            yield PushStep(name, files[name].size, "new")
        else:
            same = _is_same(files[name], held[name])
            yield PushStep(name, files[name].size, "same" if same else "changed")


def _is_same(file: ExportedFile, held: HubFile) -> bool:
    if held.sha256 is not None:
        return file.sha256 == held.sha256
    if file.size != held.size:
        return False
    from hashlib import sha1  # noqa: PLC0415 - for the blob id of git

    content = file.path.read_bytes()
    header = b"blob %d\0" % len(content)
    return sha1(header + content, usedforsecurity=False).hexdigest() == held.git_id


def _earlier_export(repository: HubRepository, state: HubState) -> dict[str, str | None]:
    """Return the files of the export that is in the repository now, with their digests."""
    if state.commit is None or export_manifest.FILE_NAME not in state.files:
        return {}
    with repository.fetched(export_manifest.FILE_NAME, state.commit) as folder:
        try:
            return _digests(folder) if export_manifest.is_export(folder) else {}
        except SourceError:
            return {}  # a damaged manifest: no file is known to be of an export


def _require_matching_type(repository: HubRepository, state: HubState, *, private: bool) -> None:
    name = repository.repo_id
    if not state.exists:
        kind = repository.type_of_namesake()
        if kind is not None:
            raise DestinationError(f"{name}: is a {kind}, not a dataset. Use another name.")
    elif private and not state.private:
        raise DestinationError(
            f"{name}: is already public. Make it private in its settings, or remove --private."
        )


def _require_free(tag: str, state: HubState, repository: HubRepository, *, changes: bool) -> None:
    if tag in state.branches:
        raise DestinationError(f"{repository.repo_id}: {tag} is a branch of it. Use another tag.")
    if tag in state.tags and (changes or state.tags[tag] != state.commit):
        raise DestinationError(
            f"{repository.repo_id}: already has a tag {tag} with other content, and tags are never "
            "moved. Use another tag."
        )


def _read(folder: Path, name: str) -> ExportedFile:
    from hashlib import file_digest  # noqa: PLC0415 - loads OpenSSL

    path = folder / name
    try:
        if Path(name).is_absolute() or path.resolve() != folder.resolve() / name:
            shown = printable(name)
            raise SourceError(f"{folder}: {shown} is outside the folder. {AGAIN}")
        with path.open("rb") as file:
            return ExportedFile(path, path.stat().st_size, file_digest(file, "sha256").hexdigest())
    except FileNotFoundError as error:
        message = f"{folder}: {printable(name)} is missing. {AGAIN}"
        raise SourceError(message) from error
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"{folder}: {printable(name)} cannot be read: {reason}.") from error


def _digests(folder: Path) -> dict[str, str | None]:
    """Return the digest of each file in the manifest, and None for the manifest itself."""
    entries = _manifest(folder)["files"]
    digests: dict[str, str | None] = {export_manifest.FILE_NAME: None}
    for entry in entries:
        path, digest = entry.get("path"), entry.get("sha256")
        known = isinstance(path, str) and isinstance(digest, str) and path not in digests
        if not known or PurePosixPath(path).as_posix() != path:
            message = f"{folder}: {export_manifest.FILE_NAME} is damaged. {AGAIN}"
            raise SourceError(message)
        digests[path] = digest
    return digests


def _manifest(folder: Path) -> Any:
    return orjson.loads((folder / export_manifest.FILE_NAME).read_bytes())


def _message(folder: Path) -> str:
    manifest = _manifest(folder)
    tasks, instances = manifest["tasks"], manifest["instances"]
    if not (isinstance(tasks, int) and isinstance(instances, int)):
        return "Push an export of taskschema"
    return f"Push {several(instances, 'instance')} of {several(tasks, 'task')}"
