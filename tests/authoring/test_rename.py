"""`taskschema rename`: a task's new name in all that goes by it, or in nothing."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from support.checkout import ROOT
from typer.testing import CliRunner

from taskschema import check
from taskschema.authoring.rename import plan
from taskschema.authoring.rename.references import in_settings, in_split_list
from taskschema.cli.app import app
from taskschema.core.errors import DestinationError, TaskSchemaError
from taskschema.rules.smallest_task import smallest_task, write_task
from taskschema.schema import canonical

PICTURE = b"\x89PNG"


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["rename", *arguments, "--collection", str(folder)])
    if isinstance(done.exception, TaskSchemaError):
        return 2, str(done.exception)
    assert not done.exception or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output.replace(f"{folder}/", "")


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_bytes())
    return document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A collection whose task `old` has all that a task can have by its name."""
    overlay = {
        "aliases": ["older"],
        "attachments": {
            "a": {"media_type": "image/png", "path": "old/a.png", "alt": "An a."},
            "b": {"media_type": "image/png", "path": "shared/b.png", "alt": "A b."},
        },
        "provenance": {"method": "programmatic", "script": "scripts/generators/old.py", "seed": 1},
    }
    write_task(tmp_path / "tasks", "old", overlay)
    write_task(tmp_path / "tasks", "other", {"provenance": {"method": "human"}})
    files = {
        "tasks/old/a.png": PICTURE,
        "tasks/shared/b.png": PICTURE,
        "scripts/generators/old.py": b'NAME = "old"\nthreshold = 1\n',
        "splits/default/train_tasks.txt": b"aaa\nold\nother\nzzz\n",
        "splits/default/test_tasks.txt": b"zzz\r\nolder\r\nold\r\naaa",
        "taskschema.toml": (
            b'# ours\n[waivers.old] # here\nINS006 = "The old = \\"one\\"."\n\n'
            b"[splits.test_tasks]\nold = 'why' # so\n"
        ),
    }
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_files_and_references_follow_the_new_name(folder: Path) -> None:
    before = contents(folder)
    code, output = run(folder, "old", "new")
    assert code == 0
    assert output.splitlines() == [
        "tasks/old.json -> tasks/new.json",
        "tasks/old -> tasks/new",
        "scripts/generators/old.py -> scripts/generators/new.py",
        "splits/default/test_tasks.txt: the new name",
        "splits/default/train_tasks.txt: the new name",
        "taskschema.toml: the new name",
        (
            "by hand: scripts/generators/new.py: has the old name in 1 line (1). Replace it and "
            "add the alias, but keep the prefix of ids: ids never change."
        ),
    ]
    after = contents(folder)
    wanted = json.loads(before["tasks/old.json"])
    wanted |= {"name": "new", "aliases": ["older", "old"]}
    wanted["attachments"]["a"]["path"] = "new/a.png"
    wanted["provenance"]["script"] = "scripts/generators/new.py"
    assert after.pop("tasks/new.json") == canonical.dumps(wanted, 3)
    assert after == {
        "tasks/new/a.png": PICTURE,
        "tasks/shared/b.png": PICTURE,
        "tasks/other.json": before["tasks/other.json"],
        "scripts/generators/new.py": before["scripts/generators/old.py"],
        "splits/default/train_tasks.txt": b"aaa\nnew\nother\nzzz\n",
        "splits/default/test_tasks.txt": b"zzz\r\nolder\r\nnew\r\naaa",
        "taskschema.toml": before["taskschema.toml"]
        .replace(b"[waivers.old]", b"[waivers.new]")
        .replace(b"old = 'why'", b"new = 'why'"),
    }
    # And back again: the old name is no alias of itself.
    assert run(folder, "new", "old")[0] == 0
    assert read(folder / "tasks" / "old.json")["aliases"] == ["older", "new"]
    assert run(folder, "old", "older")[0] == 0
    assert read(folder / "tasks" / "older.json")["aliases"] == ["new", "old"]


def test_the_folder_of_tasks_selects_its_collection(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "taskschema.toml").unlink()
    assert run(folder / "tasks", "old", "new")[0] == 0
    assert (folder / "splits/default/train_tasks.txt").read_text() == "aaa\nnew\nother\nzzz\n"
    assert (folder / "scripts/generators/new.py").is_file()
    monkeypatch.chdir(folder / "tasks")
    assert run(Path(), "new", "newest")[0] == 0
    assert (folder / "splits/default/train_tasks.txt").read_text().startswith("aaa\nnewest\n")
    code, output = run(folder / "tasks" / "newest.json", "new", "newer")
    assert (code, "is a file. Give the folder" in output) == (2, True)


def test_a_dry_run_prints_the_same_changes_and_makes_none(folder: Path) -> None:
    before = contents(folder)
    code, output = run(folder, "old", "new", "--dry-run")
    assert code == 0
    assert contents(folder) == before
    assert output.endswith("\n6 changes planned, none made.\n")
    assert output.startswith(run(folder, "old", "new")[1])


def test_an_interrupted_run_is_completed_by_the_next(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    expected: dict[str, bytes] = {}
    for steps in (99, *range(8)):
        copy = tmp_path_factory.mktemp("copy") / "c"
        shutil.copytree(folder, copy)
        left = [steps]

        def step(do: Any, left: list[int] = left) -> Any:
            def counted(*arguments: Any) -> Any:
                if not left[0]:
                    raise Killed
                left[0] -= 1
                return do(*arguments)

            return counted

        planned = plan.plan(copy, "old", "new")
        with monkeypatch.context() as patched:
            patched.setattr(Path, "rename", step(Path.rename))
            patched.setattr(Path, "unlink", step(Path.unlink))
            patched.setattr(plan, "write_atomically", step(plan.write_atomically))
            patched.setattr("contextlib.ExitStack.callback", lambda *_args, **_more: None)
            if steps == 99:
                plan.apply(planned)
                expected = contents(copy)
                assert left == [99 - 7]
                continue
            if steps < 7:
                with pytest.raises(Killed):
                    plan.apply(planned)
                assert contents(copy) != expected
        if steps < 7:
            assert run(copy, "old", "new")[0] == 0
            assert contents(copy) == expected, steps


def test_a_failed_rename_is_undone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, write = contents(folder), plan.write_atomically

    def fail(path: Path, data: bytes) -> None:
        if path.name == "taskschema.toml":
            raise DestinationError(f"{path}: cannot be written: it is read-only.")
        write(path, data)

    monkeypatch.setattr(plan, "write_atomically", fail)
    assert run(folder, "old", "new") == (
        2,
        f"{folder}/taskschema.toml: cannot be written: it is read-only.",
    )
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("old", "New name", "is not a valid name of a task. Allowed are lower-case letters"),
        ("old", "New name", "Use `new_name`, for example."),
        ("old", "../new", "is not a valid name of a task"),
        ("old", "con", "no device name of Windows"),
        ("old", "n" * 121, "at most 120"),
        ("old", "", "is not a valid name"),
        ("old", "old", "is the current name"),
        ("old", "other", "already exists. Choose another name."),
        ("other", "older", "`older` is already an alias of"),
        ("older", "new", "`older` is an alias of `old`. Rename `old`."),
        ("othr", "new", 'no task has the name "othr". Did you mean other?'),
        ("other", "broken", "already exists. Choose another name."),
        ("broken", "new", "broken.json:1:2: "),
    ],
)
def test_an_impossible_rename_is_refused(old: str, new: str, message: str, folder: Path) -> None:
    (folder / "tasks" / "broken.json").write_text("{")
    before = contents(folder)
    code, output = run(folder, old, new)
    assert code == 2
    assert message in output
    assert "\n" not in output
    assert contents(folder) == before


def test_existing_targets_are_reported(folder: Path) -> None:
    for name in ("tasks/new/x.png", "scripts/generators/new.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")
        before = contents(folder)
        code, output = run(folder, "old", "new")
        assert code == 2
        assert "already exists" in output
        assert contents(folder) == before
        (folder / name).unlink()
        if name.endswith(".png"):
            (folder / name).parent.rmdir()
    (folder / "tasks" / "new.json").symlink_to("nowhere")
    assert "already" in run(folder, "old", "new")[1]
    assert run(folder, "other", "fine")[0] == 0
    assert (
        "`other` is an alias of `fine` already; nothing to do." in run(folder, "other", "fine")[1]
    )


def test_shared_companion_files_stay_with_a_note(folder: Path) -> None:
    overlay = {
        "attachments": {"a": {"media_type": "image/png", "path": "old/a.png", "alt": "An a."}},
        "provenance": {"method": "programmatic", "script": "scripts/generators/old.py"},
    }
    write_task(folder / "tasks", "other", overlay)
    code, output = run(folder, "old", "new")
    assert code == 0
    assert "by hand: tasks/old: " in output
    assert "other.json uses it too. Not renamed; the paths of `attachments` stay." in output
    assert "by hand: scripts/generators/old.py: " in output
    assert "Rename it, and update /provenance/script." in output
    task = read(folder / "tasks" / "new.json")
    assert task["attachments"]["a"]["path"] == "old/a.png"
    assert task["provenance"]["script"] == "scripts/generators/old.py"
    assert "ATT002" not in check(folder).counts


def test_no_path_of_a_task_leads_out_of_the_collection(tmp_path: Path) -> None:
    script = tmp_path / "old.py"
    script.write_text("")
    for name in ("../old.py", str(script), "old/../../old.py"):
        overlay = {
            "provenance": {"method": "programmatic", "script": name},
            "attachments": {"a": {"media_type": "image/png", "path": "old/../../x", "alt": "A."}},
        }
        path = write_task(tmp_path / "c" / "tasks", "old", overlay)
        assert run(tmp_path / "c", "old", "new")[0] == 0
        assert script.exists()
        (path.parent / "new.json").unlink()


def test_a_file_keeps_its_layout(tmp_path: Path) -> None:
    text = json.dumps({"extras": {"a": 1}, **smallest_task("old")}, indent=3)
    (tmp_path / "old.json").write_text(text)
    assert run(tmp_path, "old", "new")[0] == 0
    changed = text.replace('"name": "old"', '"name": "new"')
    assert (tmp_path / "new.json").read_text() == changed[:-2] + ',\n   "aliases": ["old"]\n}'


def test_older_versions_lose_the_old_name_only_with_lossy(tmp_path: Path) -> None:
    files = (ROOT / "tests" / "data" / "valid" / "v2").rglob("*.json")
    raw = next(iter(sorted(files))).read_bytes()
    (tmp_path / "Old.json").write_bytes(raw)
    code, output = run(tmp_path, "Old", "new")
    assert code == 2
    assert "is in version 2, which cannot keep `Old` as an alias" in output
    assert run(tmp_path, "Old", "old", "--lossy") == (0, "Old.json -> old.json\n")
    assert contents(tmp_path) == {"old.json": raw}


def test_an_outdated_listing_is_reported(folder: Path) -> None:
    assert CliRunner().invoke(app, ["index", str(folder)]).exit_code == 0
    assert (
        "by hand: tasks/README.md: lists `old`. Run `taskschema index`"
        in run(folder, "old", "new")[1]
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("a\nb\n", "a\nb\n"),
        ("a\nold\nz", "a\nnew\nz"),
        ("a\nb\nold", "a\nb\nnew"),
        ("nn\nold\n", "new\nnn\n"),
        ("z\nold\na\n", "z\nnew\na\n"),
        ("old\nold\nz\n", "new\nz\n"),
        ("new\nold\n", "new\n"),
        ("old\n" * 3000, "new\n"),
        ("a\r\nold\r\nz", "a\r\nnew\r\nz"),
        ("m\nold\nzz", "m\nnew\nzz"),
        ("a\nb\nold\nz", "a\nb\nnew\nz"),
        ("nnn\nold", "new\nnnn"),
        ("z\nold", "z\nnew"),
        ("old", "new"),
        ("\ufeffold\nz\n", "\ufeffnew\nz\n"),
        ("a\n\n  old \nb\n", "a\n\n  new \nb\n"),
        ("older\nbold\n", "older\nbold\n"),
    ],
)
def test_split_lists(before: str, after: str) -> None:
    assert in_split_list(before, "old", "new") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[waivers.old]\nA1 = 'x'", "[waivers.new]\nA1 = 'x'"),
        ("[ waivers . 'old' ]\nA1 = 'x'", "[ waivers . new ]\nA1 = 'x'"),
        ("waivers.old.A1 = 'old = x'", "waivers.new.A1 = 'old = x'"),
        ("[waivers]\nold = {A1 = 'old.x'}", "[waivers]\nnew = {A1 = 'old.x'}"),
        ("waivers = {older = {}, old = {}}", "waivers = {older = {}, new = {}}"),
        ('tasks = ["old"]\nwaivers."old".A1 = 1', 'tasks = ["old"]\nwaivers.new.A1 = 1'),
        ("[splits]\nexcluded_tasks = {old = 'y'}", "[splits]\nexcluded_tasks = {new = 'y'}"),
        ("[waivers.old]\n[waivers.new]", None),
        ("profile = 'old'", "profile = 'old'"),
        (
            "[waivers.old]\nA1='a'\n[splits.test_tasks]\nold='b old ='",
            "[waivers.new]\nA1='a'\n[splits.test_tasks]\nnew='b old ='",
        ),
        (
            "waivers.old.A1 = 'x'\nwaivers.old.A2 = 'y'",
            "waivers.new.A1 = 'x'\nwaivers.new.A2 = 'y'",
        ),
    ],
)
def test_settings(before: str, after: str | None) -> None:
    assert in_settings(before, "old", "new") == after
    if after and before != after:
        again = in_settings(before, "old", "new.er")
        assert again == after.replace("new", '"new.er"')


def test_addresses_are_refused() -> None:
    done = CliRunner().invoke(app, ["rename", "a", "b", "--collection", "memory://x"])
    assert "`rename` changes local files" in str(done.exception)
    assert not os.path.lexists("memory:")
