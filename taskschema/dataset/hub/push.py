"""Push an exported folder to a dataset repository: checked before, in one commit, checked after."""

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
from taskschema.dataset.hub.repository import Held, HubRepository, State

__all__ = ["File", "Push", "PushStep", "push", "verify"]

Fate = Literal["new", "changed", "same", "deleted", "kept"]
# What a hub puts into every repository, and needs there.
NEVER_DELETED = {".gitattributes"}
AGAIN = "Export again, then push."
# What already names a commit by itself is no name for another.
TAG = re.compile(r"(?!HEAD$|refs/|[0-9a-f]{40}$)[A-Za-z0-9][A-Za-z0-9_-]*(?:[./][A-Za-z0-9_-]+)*")


@dataclass(frozen=True, slots=True)
class File:
    """A file of an export that is as its manifest says."""

    path: Path
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PushStep:
    """What a push does with one file; the size is in bytes."""

    path: str
    size: int
    fate: Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """What was pushed, or with `dry_run` what would be.

    `commit` is the newest one afterwards, None if there is none; `tag` the tag that was set.
    """

    address: str
    created: bool
    steps: tuple[PushStep, ...]
    commit: str | None
    tag: str | None

    @property
    def changes(self) -> tuple[PushStep, ...]:
        """The steps that make a difference."""
        return tuple(step for step in self.steps if step.fate in ("new", "changed", "deleted"))


def verify(folder: Path) -> dict[str, File]:
    """Every file of an exported folder by its name, its manifest included.

    Raises:
        SourceError: it is no export, or a file is missing, is not as the manifest says, was added,
            or lies elsewhere.
    """
    if not export_manifest.is_export(folder):
        what = "is no folder that taskschema exported" if folder.is_dir() else "is no folder"
        raise SourceError(f"{folder}: {what}. Export first: taskschema export huggingface {folder}")
    for stranger in export_manifest.strangers(folder):
        name = printable(stranger.relative_to(folder).as_posix())
        raise SourceError(f"{folder}: holds {name}, which no export wrote. Move it away.")
    files = {}
    for name, digest in sorted(_digests(folder).items()):
        file = _read(folder, name)
        if digest is not None and file.sha256 != digest:
            shown = printable(name)
            raise SourceError(f"{folder}: {shown} was changed since it was exported. {AGAIN}")
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
    """Make a dataset repository hold what an exported folder holds.

    Files of an earlier export that are no longer in this one are deleted in the same commit; what
    no export wrote is kept. Interrupted, it is repeated and sends only what is not there yet.

    Args:
        folder: an export; nothing is sent unless each of its files is as its manifest says.
        repo_id: owner and name, such as `my-team/my-tasks`; made if it does not exist.
        token: see `taskschema.hub_access.find_token`; a dry run of a public repository needs none.
        endpoint: the address of a hub; else that in HF_ENDPOINT, else the public one.
        tag: a name for the commit. One that exists is never moved.
        message: of the commit; by default it counts the tasks and instances.
        private: make a repository that does not exist a private one.
        dry_run: change nothing.
        progress: show on stderr how far the upload has come.

    Raises:
        SourceError: the folder is not what was exported.
        ConfigError: an option makes no sense.
        DestinationError: the hub cannot be reached, refuses, or holds something else there.
    """
    files = verify(folder)
    require_library()
    if tag is not None and (not TAG.fullmatch(tag) or tag.endswith(".lock")):
        raise ConfigError(f"{printable(tag)!r} cannot be a tag. Name one such as v1.0.")
    if message is not None and not message.strip():
        raise ConfigError("the message of the commit is empty. Write one, or leave it out.")
    repository = HubRepository(repo_id, endpoint=endpoint, token=token)
    if not token and not dry_run:
        raise ConfigError(f"there is no token. {LOG_IN}")
    state = repository.state()
    _require_fit(repository, state, private=private)
    steps = tuple(_plan(files, state.files, _written_before(repository, state)))
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
        _require_arrived(repository, commit, files)
    if tag is not None and tag not in state.tags:
        repository.tag(tag, commit)
    return Push(
        address=repository.address(commit),
        created=planned.created,
        steps=steps,
        commit=commit,
        tag=tag,
    )


def _require_arrived(repository: HubRepository, commit: str, files: Mapping[str, File]) -> None:
    held = repository.files(commit)
    for name, file in files.items():
        if name not in held or not _is_same(file, held[name]):
            raise DestinationError(
                f"{repository.repo_id}: {printable(name)} did not arrive. Look whether the "
                "repository's .gitignore leaves it out, and push again."
            )


def _plan(
    files: Mapping[str, File], held: Mapping[str, Held], written: Mapping[str, str | None]
) -> Iterator[PushStep]:
    for name in sorted({*files, *held}):
        if name not in files:
            deleted = name in written and name not in NEVER_DELETED
            # What somebody has replaced since is no longer what an export wrote.
            deleted &= held[name].sha256 in (None, written.get(name))
            yield PushStep(name, held[name].size, "deleted" if deleted else "kept")
        elif name not in held:
            yield PushStep(name, files[name].size, "new")
        else:
            same = _is_same(files[name], held[name])
            yield PushStep(name, files[name].size, "same" if same else "changed")


def _is_same(file: File, held: Held) -> bool:
    if held.sha256 is not None:
        return file.sha256 == held.sha256
    if file.size != held.size:
        return False
    from hashlib import sha1  # noqa: PLC0415 - git's own id of a file that git itself keeps

    content = file.path.read_bytes()
    header = b"blob %d\0" % len(content)
    return sha1(header + content, usedforsecurity=False).hexdigest() == held.git_id


def _written_before(repository: HubRepository, state: State) -> dict[str, str | None]:
    """The files that the export wrote which is in the repository now, with their digests."""
    if state.commit is None or export_manifest.FILE_NAME not in state.files:
        return {}
    with repository.fetched(export_manifest.FILE_NAME, state.commit) as folder:
        try:
            return _digests(folder) if export_manifest.is_export(folder) else {}
        except SourceError:
            return {}  # whose manifest is damaged, that export wrote nothing that is known


def _require_fit(repository: HubRepository, state: State, *, private: bool) -> None:
    name = repository.repo_id
    if not state.exists:
        kind = repository.type_of_namesake()
        if kind is not None:
            raise DestinationError(f"{name}: is a {kind}, not a dataset. Name another repository.")
    elif private and not state.private:
        raise DestinationError(
            f"{name}: is public already. Make it private in its settings, or leave out --private."
        )


def _require_free(tag: str, state: State, repository: HubRepository, *, changes: bool) -> None:
    if tag in state.branches:
        raise DestinationError(f"{repository.repo_id}: {tag} is a branch there. Name another tag.")
    if tag in state.tags and (changes or state.tags[tag] != state.commit):
        raise DestinationError(
            f"{repository.repo_id}: has a tag {tag} already, of other content, and a tag is never "
            "moved. Name another."
        )


def _read(folder: Path, name: str) -> File:
    from hashlib import file_digest  # noqa: PLC0415 - loads OpenSSL

    path = folder / name
    try:
        if Path(name).is_absolute() or path.resolve() != folder.resolve() / name:
            shown = printable(name)
            raise SourceError(f"{folder}: {shown} leads elsewhere. {AGAIN}")
        with path.open("rb") as file:
            return File(path, path.stat().st_size, file_digest(file, "sha256").hexdigest())
    except FileNotFoundError as error:
        message = f"{folder}: {printable(name)} is missing. {AGAIN}"
        raise SourceError(message) from error
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"{folder}: {printable(name)} cannot be read: {reason}.") from error


def _digests(folder: Path) -> dict[str, str | None]:
    """The digest of each file that the manifest lists; of the manifest itself there is none."""
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
