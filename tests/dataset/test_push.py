"""An export is pushed completely, in one commit, and only if it is unchanged."""

import importlib.metadata
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from support.costs import PATIENCE
from support.fakehub import READER, WRITER, FakeHub, refusal

import taskschema.dataset.hub.push
from taskschema.collection import export_manifest
from taskschema.collection.collection import collect
from taskschema.collection.export_manifest import Manifest, WrittenFile
from taskschema.core.errors import ConfigError, DestinationError, SourceError, TaskSchemaError
from taskschema.dataset.hub.access import find_token
from taskschema.dataset.hub.push import Push, push
from taskschema.export.export import export
from taskschema.export.request import ExportRequest
from taskschema.rules.smallest_task import smallest_task
from taskschema.schema import canonical

# What huggingface_hub calls in what lies below it; hidden from its users.
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")
NAME = "me/tasks"
SHARDS = {f"default/train-0000{n}-of-00003.parquet": b"PAR1" + bytes([n]) * 100 for n in range(3)}
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    pytest.importorskip("huggingface_hub")
    import huggingface_hub.constants as theirs

    monkeypatch.setattr(theirs, "HF_HUB_DISABLE_XET", True, raising=False)
    fake = FakeHub()
    monkeypatch.setenv("HF_ENDPOINT", fake.address)
    yield fake
    fake.close()


@pytest.fixture
def environment(hub: FakeHub, tmp_path: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HF_")}
    return kept | {
        "HF_ENDPOINT": hub.address,
        "HF_HOME": str(tmp_path / "home"),
        "HF_HUB_DISABLE_XET": "1",
        "HF_TOKEN": WRITER,
    }


@pytest.fixture
def command(environment: dict[str, str]) -> Run:
    def run(
        *arguments: str | Path, without: str = "", **more: str
    ) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "taskschema", "push", *map(str, arguments)]
        settings = {key: value for key, value in environment.items() if key != without} | more
        return subprocess.run(line, capture_output=True, text=True, check=False, env=settings)

    return run


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder that the exporter wrote."""
    folder = tmp_path / "tasks"
    folder.mkdir()
    for stem in ("one", "two"):
        (folder / f"{stem}.json").write_bytes(canonical.dumps(smallest_task(stem, {}), 3))
    out = tmp_path / "out"
    export(collect([folder]), ExportRequest("huggingface", out))
    return out


def exported(folder: Path, files: dict[str, bytes]) -> Path:
    """A folder that an exporter could have written."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    written = tuple(WrittenFile.of(folder, folder / name) for name in files)
    counts: dict[str, int] = {"tasks": 1, "instances": 2, "schema_version": 3}
    export_manifest.write(folder, Manifest(kind="huggingface", files=written, **counts))
    return folder


def fates(done: Push) -> dict[str, str]:
    return {step.path: step.fate for step in done.steps}


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_push_updates_the_repository_to_the_export(hub: FakeHub, out: Path) -> None:
    done = push(out, NAME, token=WRITER)
    stored = hub.repositories["dataset", NAME]
    assert {**contents(out), ".gitattributes": b"*.parquet filter=lfs\n"} == stored.files
    assert stored.messages == ["initial commit", "Push 52 instances of 2 tasks"]
    assert done.created
    assert done.commit == stored.head
    assert done.address == f"{hub.address}/datasets/{NAME}/commit/{stored.head}"
    assert not stored.private


def test_a_second_push_makes_no_commit(hub: FakeHub, out: Path) -> None:
    first = push(out, NAME, token=WRITER)
    again = push(out, NAME, token=WRITER, tag="v1")
    stored = hub.repositories["dataset", NAME]
    assert not again.changes
    assert again.commit == first.commit == stored.tags["v1"]
    assert len(stored.commits) == 2


def test_stale_shards_are_deleted_and_foreign_files_kept(hub: FakeHub, tmp_path: Path) -> None:
    push(exported(tmp_path / "three", {**SHARDS, "README.md": b"3"}), NAME, token=WRITER)
    stored = hub.repositories["dataset", NAME]
    stored.commit({**stored.files, "images/logo[1].png": b"png", "notes.parquet": b"p"}, "by hand")
    first, second, third = SHARDS
    fewer = {first: SHARDS[first], "README.md": b"1"}
    done = push(exported(tmp_path / "one", fewer), NAME, token=WRITER, message="Fewer")
    assert fates(done) == {
        ".gitattributes": "kept",
        "README.md": "changed",
        first: "same",
        second: "deleted",
        third: "deleted",
        "images/logo[1].png": "kept",
        "manifest.json": "changed",
        "notes.parquet": "kept",
    }
    assert stored.messages[-2:] == ["by hand", "Fewer"]  # one commit
    assert set(stored.files) == {path for path, fate in fates(done).items() if fate != "deleted"}


def test_a_stale_shard_that_was_changed_is_kept(hub: FakeHub, tmp_path: Path) -> None:
    push(exported(tmp_path / "three", SHARDS), NAME, token=WRITER)
    stored = hub.repositories["dataset", NAME]
    first, second, third = SHARDS
    stored.commit({**stored.files, second: b"PAR1 by hand"}, "by hand")
    done = push(exported(tmp_path / "one", {first: SHARDS[first]}), NAME, token=WRITER)
    assert (fates(done)[second], fates(done)[third]) == ("kept", "deleted")


def test_a_damaged_manifest_on_the_hub_deletes_nothing(hub: FakeHub, tmp_path: Path) -> None:
    theirs = exported(tmp_path / "theirs", SHARDS)
    listing(theirs, "a", 3)
    stored = hub.make(NAME)
    stored.commit({**stored.files, **contents(theirs)}, "theirs")
    done = push(exported(tmp_path / "ours", {"README.md": b""}), NAME, token=WRITER)
    assert "deleted" not in fates(done).values()


def test_a_remote_manifest_cannot_delete_files_that_the_hub_needs(
    hub: FakeHub, tmp_path: Path
) -> None:
    stored = hub.make(NAME)
    listing = exported(tmp_path / "theirs", {".gitattributes": b"", "gone": b""})
    stored.commit({**stored.files, **contents(listing)}, "theirs")
    done = push(exported(tmp_path / "ours", {"README.md": b""}), NAME, token=WRITER)
    assert fates(done)[".gitattributes"] == "kept"
    assert fates(done)["gone"] == "deleted"


@pytest.mark.parametrize("manifest", [b"", b"[]", b'{"files": 3}', b"\xff", b"[" * 10_000])
def test_a_foreign_manifest_on_the_hub_deletes_nothing(
    manifest: bytes, hub: FakeHub, tmp_path: Path
) -> None:
    stored = hub.make(NAME)
    stored.commit({**stored.files, "a.parquet": b"a", "manifest.json": manifest}, "theirs")
    done = push(exported(tmp_path / "ours", {"README.md": b""}), NAME, token=WRITER)
    assert fates(done)["a.parquet"] == "kept"
    assert "a.parquet" in stored.files


def test_a_dry_run_lists_and_changes_nothing(hub: FakeHub, out: Path, command: Run) -> None:
    done = command(out, NAME, "--dry-run", "--revision", "v1", without="HF_TOKEN")
    assert (done.returncode, done.stderr) == (0, "")
    size = (out / "README.md").stat().st_size
    assert f"new      {size:>15,}  README.md\n" in done.stdout
    total = sum(map(len, contents(out).values()))
    assert done.stdout.splitlines()[-1] == (
        f"6 files ({total:,} bytes) would be pushed, would be tagged v1: "
        f"{hub.address}/datasets/{NAME}, which is private or absent"
    )
    assert not hub.repositories
    push(out, NAME, token=WRITER)
    head = hub.repositories["dataset", NAME].head
    done = command(out, NAME, "--dry-run")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["kept", *["same"] * 6, "nothing"]
    assert lines[-1] == f"nothing to push: {hub.address}/datasets/{NAME}"
    assert hub.repositories["dataset", NAME].head == head


def test_a_tag_is_set_and_never_moved(
    hub: FakeHub, tmp_path: Path, out: Path, command: Run
) -> None:
    done = command(out, NAME, "--revision", "v1.0", "--message", "First")
    stored = hub.repositories["dataset", NAME]
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(
        f"pushed, tagged v1.0: {hub.address}/datasets/{NAME}/commit/{stored.head}\n"
    )
    assert stored.tags == {"v1.0": stored.head}
    assert push(out, NAME, token=WRITER, tag="v1.0").commit == stored.head  # nothing to move
    other = exported(tmp_path / "other", SHARDS)
    with pytest.raises(DestinationError, match=r"already has a tag v1\.0 with other content"):
        push(other, NAME, token=WRITER, tag="v1.0")
    with pytest.raises(DestinationError, match="main is a branch of it"):
        push(other, NAME, token=WRITER, tag="main")
    assert len(stored.commits) == 2


def test_a_killed_push_is_resumed(
    hub: FakeHub, tmp_path: Path, command: Run, environment: dict[str, str]
) -> None:
    folder = exported(tmp_path / "out", {**SHARDS, "README.md": b"3"})
    hub.patience = 2
    line = [sys.executable, "-m", "taskschema", "push", str(folder), NAME]
    with subprocess.Popen(line, env=environment, stderr=subprocess.PIPE) as first:
        assert hub.taken.wait(PATIENCE)
        for _ in range(2):
            assert hub.uploads.acquire(timeout=PATIENCE)
        first.kill()
    stored = hub.repositories["dataset", NAME]
    assert list(stored.files) == [".gitattributes"]  # nothing half done is to be seen
    hub.released.set()
    hub.patience = None
    hub.requests.clear()
    done = command(folder, NAME)
    assert (done.returncode, done.stderr) == (0, "")
    assert sum(request.startswith("PUT") for request in hub.requests) == 1
    assert contents(folder).items() <= stored.files.items()


def test_upload_retries_are_not_logged(hub: FakeHub, out: Path, command: Run) -> None:
    hub.stumbles = 1
    done = command(out, NAME)
    assert (done.returncode, done.stderr) == (0, "")
    assert contents(out).items() <= hub.repositories["dataset", NAME].files.items()


@pytest.mark.slow
def test_a_pushed_dataset_loads_like_the_export(
    out: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    pytest.importorskip("datasets")
    push(out, NAME, token=WRITER, tag="v1")
    code = """
import json, sys
import datasets
table = lambda source, config, **more: [
    dict(row) for row in datasets.load_dataset(source, config, split="train", **more)
]
print(json.dumps([
    [table(sys.argv[1], config, **more) for config in ("default", "tasks")]
    for more in (json.loads(text) for text in sys.argv[2:])
]))
"""

    def rows(source: str, *options: dict[str, Any]) -> Any:
        line = [sys.executable, "-c", code, source, *map(json.dumps, options)]
        done = subprocess.run(line, capture_output=True, text=True, check=True, env=environment)
        return json.loads(done.stdout)

    local = rows(str(out), {"cache_dir": str(tmp_path / "cache")})
    remote = rows(NAME, {}, {"revision": "v1"}, {"streaming": True})
    assert remote == local * 3
    assert list(map(len, local[0])) == [52, 2]


def changed(out: Path) -> str:
    readme = out / "README.md"
    readme.write_bytes(readme.read_bytes() + b"!")
    return "README.md was changed after the export"


def missing(out: Path) -> str:
    (out / "README.md").unlink()
    return "README.md is missing"


def added(out: Path) -> str:
    (out / "default" / "more.parquet").write_bytes(b"")
    return "holds default/more.parquet, which no export wrote"


def linked(out: Path) -> str:
    target = out.parent / "elsewhere.md"
    (out / "README.md").rename(target)
    (out / "README.md").symlink_to(target)
    return "README.md is outside the folder"


def looping(out: Path) -> str:
    (out / "README.md").unlink()
    (out / "README.md").symlink_to("README.md")
    return "README.md"


def no_export(out: Path) -> str:
    (out / "manifest.json").unlink()
    return "is not an export of taskschema"


def listing(out: Path, path: Any, sha256: Any = "0" * 64) -> None:
    manifest = orjson.loads((out / "manifest.json").read_bytes())
    manifest["files"].append({"path": path, "rows": None, "sha256": sha256})
    (out / "manifest.json").write_bytes(orjson.dumps(manifest))


def outside(out: Path) -> str:
    listing(out, "../secret")
    return "../secret is outside the folder"


def absolute(out: Path) -> str:
    listing(out, "/etc/hostname")
    return "/etc/hostname is outside the folder"


def damaged(out: Path) -> str:
    listing(out, 3)
    return "manifest.json is damaged"


def twice(out: Path) -> str:
    listing(out, "README.md")
    return "manifest.json is damaged"


def nul(out: Path) -> str:
    listing(out, "a\0b")
    return "cannot be read"


@pytest.mark.parametrize(
    "spoil",
    [changed, missing, added, linked, looping, no_export, outside, absolute, damaged, twice, nul],
)
def test_a_changed_export_is_not_pushed(
    spoil: Callable[[Path], str], hub: FakeHub, out: Path
) -> None:
    expected = spoil(out)
    with pytest.raises(SourceError) as caught:
        push(out, NAME, token=WRITER)
    assert expected in str(caught.value)
    assert str(caught.value).isprintable()
    assert not hub.requests


def test_a_folder_that_is_not_an_export_is_refused(
    hub: FakeHub, tmp_path: Path, command: Run
) -> None:
    done = command(tmp_path / "nothing", NAME)
    assert done.returncode == 2
    assert done.stderr.startswith(
        f"taskschema: {tmp_path / 'nothing'}: is not a folder. Name an exported folder"
    )
    assert done.stderr.count("\n") == 1
    assert not hub.requests


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"token": None}, "there is no token. Log in with"),
        ({"token": "hf_wrong"}, "does not accept the token: Invalid username or password"),
        ({"token": READER}, "refuses the token"),
        ({"repo_id": "others/tasks"}, "You don't have the rights to create a dataset there."),
        ({"repo_id": "tasks"}, "'tasks' is not a repository id"),
        ({"repo_id": "datasets/me/tasks"}, "is not a repository id"),
        ({"repo_id": "me/ta sks"}, "is not a repository id"),
        ({"repo_id": "me/model"}, "me/model: is a model, not a dataset"),
        ({"repo_id": "me/space"}, "me/space: is a space, not a dataset"),
        ({"repo_id": "me/public", "private": True}, "me/public: is already public"),
        ({"tag": "a b"}, "'a b' cannot be a tag"),
        ({"tag": "v1..2"}, "cannot be a tag"),
        ({"tag": "v1.lock"}, "cannot be a tag"),
        ({"tag": ""}, "cannot be a tag"),
        ({"tag": "HEAD"}, "cannot be a tag"),
        ({"tag": "refs/pr/1"}, "cannot be a tag"),
        ({"tag": "0123456789" * 4}, "cannot be a tag"),
        ({"message": " "}, "the commit message is empty"),
        ({"endpoint": "huggingface.co"}, "is not the URL of a hub"),
        ({"endpoint": "file:///etc"}, "is not the URL of a hub"),
        ({"endpoint": "http://h:99999"}, "is not the URL of a hub"),
        ({"endpoint": "https://me:secret@example.org"}, "the URL of the hub holds a password"),
        ({"endpoint": "http://127.0.0.1:9"}, "http://127.0.0.1:9: cannot be reached"),
    ],
)
def test_an_invalid_push_gives_a_one_line_error(
    options: dict[str, Any], expected: str, hub: FakeHub, out: Path
) -> None:
    hub.make("me/model", kind="model")
    hub.make("me/space", kind="space")
    hub.make("me/public")
    before = dict(hub.repositories)
    arguments: dict[str, Any] = {"repo_id": NAME, "token": WRITER, **options}
    with pytest.raises(TaskSchemaError) as caught:
        push(out, **arguments)
    assert expected in str(caught.value)
    assert str(caught.value).isprintable()
    assert "secret" not in str(caught.value)
    assert hub.repositories == before
    assert all(len(stored.commits) == 1 for stored in hub.repositories.values())


@pytest.mark.parametrize(
    ("part", "answer", "expected"),
    [
        ("/api/datasets", (200, b"<html>Log in</html>", {}), "does not answer like a hub"),
        ("/api/datasets", (200, {"no": "hub"}, {}), "does not answer like a hub"),
        ("/api/datasets", (200, [], {}), "does not answer like a hub"),
        ("/refs", refusal(500, "Oh\x1b[31m no"), "answers 500: Oh"),
        ("/commit/", refusal(403, "Write\nrights"), "refuses the token"),
        ("/commit/", refusal(412, "Changed"), "someone else changed it during the push"),
        ("/commit/", refusal(413, "Too large"), "answers 413: Too large"),
        ("/api/validate-yaml", (400, {"errors": [{"message": "bad tag"}]}, {}), "bad tag"),
        ("/batch", refusal(403, "Storage is full"), "Storage is full"),
        ("/storage/", refusal(403, "Expired"), "refuses the token"),
        ("/tag/", refusal(404, "No such commit"), "No such commit"),
    ],
)
def test_a_refusal_of_the_hub_gives_a_one_line_error(
    part: str,
    answer: tuple[int, Any, dict[str, str]],
    expected: str,
    hub: FakeHub,
    out: Path,
) -> None:
    status, content, headers = answer
    plain = {name: value.replace("\n", " ").replace("\x1b", " ") for name, value in headers.items()}
    hub.answers[part] = (status, content, plain)
    hub.make(NAME)
    with pytest.raises(DestinationError) as caught:
        push(out, NAME, token=WRITER, tag="v1")
    assert expected in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_private_repository_needs_a_token(hub: FakeHub, out: Path) -> None:
    hub.make(NAME)
    hub.answers["/tree/"] = refusal(401, "Restricted", "GatedRepo")
    with pytest.raises(DestinationError, match="is not public: Restricted"):
        push(out, NAME, dry_run=True)


def test_a_file_that_vanishes_during_a_push_is_reported(
    hub: FakeHub, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.make(NAME)
    plan = taskschema.dataset.hub.push.verify

    def verify(folder: Path) -> Any:
        files = plan(folder)
        (folder / "README.md").rename(folder.parent / "away")
        return files

    monkeypatch.setattr("taskschema.dataset.hub.push.verify", verify)
    with pytest.raises(DestinationError, match=r"README\.md"):
        push(out, NAME, token=WRITER)


def test_a_file_that_gitignore_excludes_is_reported(hub: FakeHub, out: Path) -> None:
    hub.ignored.add("manifest.json")
    with pytest.raises(DestinationError, match=r"manifest\.json is missing after the push"):
        push(out, NAME, token=WRITER)


def test_private_creates_a_private_repository(hub: FakeHub, out: Path) -> None:
    push(out, NAME, token=WRITER, private=True)
    assert hub.repositories["dataset", NAME].private
    assert not push(out, NAME, token=WRITER, private=True).changes


def test_the_token_comes_from_a_file_or_the_environment(
    hub: FakeHub, out: Path, tmp_path: Path, command: Run
) -> None:
    done = command(out, NAME, without="HF_TOKEN")
    assert done.returncode == 2
    assert done.stderr.startswith("taskschema: there is no token.")
    file = tmp_path / "token"
    file.write_text(f"{WRITER}\n")
    done = command(out, NAME, "--token-file", file, HF_TOKEN=READER)
    assert (done.returncode, done.stderr) == (0, "")
    assert ("dataset", NAME) in hub.repositories
    done = command(out, NAME, "--token-file", file, HF_HUB_OFFLINE="1")
    assert done.returncode == 2
    assert "cannot be reached" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("content", [None, b"", b" \n", b"one\ntwo", b"caf\xc3\xa9", b"\xff"])
def test_a_file_without_a_token_is_refused(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        find_token(file)
    assert str(caught.value).startswith(str(file))


@pytest.mark.parametrize("installed", [None, "0.20.3"])
def test_a_missing_or_old_library_is_reported(
    installed: str | None, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(name: str) -> str:
        if installed is None:
            raise importlib.metadata.PackageNotFoundError(name)
        return installed

    monkeypatch.setattr("taskschema.dataset.hub.access.version", version)
    with pytest.raises(DestinationError, match=r"push needs huggingface_hub.*taskschema\[hf\]"):
        push(out, NAME, token=WRITER)
