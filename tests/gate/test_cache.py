"""What an earlier run found is found again, for as long as it holds; and no longer."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from taskschema.collection.collection import collect
from taskschema.core.findings import Report
from taskschema.gate import cache as caches
from taskschema.gate.change_detection import rule_set
from taskschema.gate.check import CheckOptions, check_collection
from taskschema.rules.smallest_task import write_task

BLANK = [{"id": "a", "input": "which?", "output": [" "]}]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TASKSCHEMA_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    for stem in ("one", "two"):
        write_task(tmp_path / "tasks", stem)
    write_task(tmp_path / "tasks", "three", {"instances": BLANK})
    return tmp_path / "tasks"


def judged(tasks: Path, **options: Any) -> Report:
    return check_collection(collect([tasks]), CheckOptions(**options))


def kept(tasks: Path) -> list[str]:
    """The names of the files whose judgement is kept."""
    collection = collect([tasks])
    cache = caches.Cache(collection.config.root, rule_set("default"))
    return [path.stem for path in collection.paths if cache.get(path, None)]


def test_the_same_is_found_again(tasks: Path) -> None:
    first = judged(tasks)
    assert kept(tasks) == ["one", "three", "two"]
    assert judged(tasks) == first == judged(tasks, cache=False)
    assert first.counts == {"INS005": 1}


def test_a_file_that_changed_is_judged_anew(tasks: Path) -> None:
    judged(tasks)
    write_task(tasks, "two", {"instances": BLANK})
    assert kept(tasks) == ["one", "three"]
    assert judged(tasks).counts == {"INS005": 2}


def test_the_same_bytes_with_another_time_are_the_same_file(tasks: Path) -> None:
    judged(tasks)
    for path in tasks.iterdir():
        os.utime(path, (1, 1))
    assert kept(tasks) == ["one", "three", "two"]


def test_other_bytes_with_the_same_time_and_size_are_told_apart(tasks: Path) -> None:
    path = tasks / "one.json"
    judged(tasks)
    status = path.stat()
    path.write_bytes(path.read_bytes().replace(b"question 7", b"question  "))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    # A change within a tick of the clock: the file was looked at when it was just written.
    assert "one" not in kept(tasks)


def test_other_bytes_with_the_time_set_back_are_told_apart(tasks: Path) -> None:
    path = tasks / "one.json"
    time.sleep(0.1)
    judged(tasks)
    status = path.stat()
    time.sleep(0.1)
    with path.open("r+b") as file:
        file.write(path.read_bytes().replace(b"question 7", b"question  "))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_ino == status.st_ino
    assert path.stat().st_size == status.st_size
    assert "one" not in kept(tasks)


def test_a_file_that_became_a_link_is_judged_anew(tasks: Path, tmp_path: Path) -> None:
    time.sleep(0.1)
    judged(tasks)
    (tasks / "one.json").rename(tmp_path / "one.json")
    (tasks / "one.json").symlink_to(tmp_path / "one.json")
    assert judged(tasks) == judged(tasks, cache=False)
    assert judged(tasks).counts == {"FIL010": 1, "INS005": 1}


def test_who_wants_fewer_findings_gets_the_same_as_without_a_cache(tasks: Path) -> None:
    rows = [{"id": f"{n}", "input": f"i{n} ", "output": [f"o{n} "]} for n in range(9)]
    write_task(tasks, "three", {"instances": rows})
    anew = judged(tasks, most=2, cache=False)
    judged(tasks)
    assert judged(tasks, most=2) == anew


def test_another_profile_is_another_set_of_rules(tasks: Path) -> None:
    judged(tasks)
    assert rule_set("default") != rule_set("superni")
    rows = [{"id": f"{n}", "input": f"i{n}", "output": [f"o{n}"]} for n in range(6501)]
    write_task(tasks, "many", {"instances": rows})
    assert judged(tasks).counts == {"INS005": 1}
    assert judged(tasks, profile="superni").counts == {"INS005": 1, "INS008": 1}


def test_who_wants_more_findings_gets_them(tasks: Path) -> None:
    rows = [{"id": f"{n}", "input": f"i{n}", "output": [" "]} for n in range(9)]
    write_task(tasks, "three", {"instances": rows})
    few = judged(tasks, most=2)
    assert (len(few.findings), few.counts) == (2, {"INS005": 9})
    assert len(judged(tasks).findings) == 9
    assert judged(tasks, most=2).counts == {"INS005": 9}


def test_a_broken_cache_is_no_hindrance(tasks: Path, folder: Path) -> None:
    first = judged(tasks)
    (path,) = folder.iterdir()
    for content in (b"", b"no database", path.read_bytes()[:5000]):
        path.write_bytes(content)
        assert judged(tasks) == first
    assert judged(tasks) == first
    assert kept(tasks) == ["one", "three", "two"]


def test_a_cache_that_rotted_is_no_hindrance(tasks: Path, folder: Path) -> None:
    first = judged(tasks)
    (path,) = folder.iterdir()
    whole = path.read_bytes()
    for place in range(0, len(whole), 101):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        assert judged(tasks) == first


def test_a_cache_that_cannot_be_written_is_no_hindrance(
    tasks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    for place in (tmp_path / "file", Path("/proc/nowhere"), tmp_path / ("x" * 300)):
        monkeypatch.setenv("TASKSCHEMA_CACHE", str(place))
        assert judged(tasks).counts == {"INS005": 1}


def test_without_any_home_there_is_no_cache(tasks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TASKSCHEMA_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    monkeypatch.chdir(tasks)
    assert judged(tasks).counts == {"INS005": 1}
    assert not (tasks / "~").exists()


def test_an_attachment_may_vanish_without_a_change_of_the_task(tasks: Path) -> None:
    attachment = tasks / "map.png"
    attachment.write_bytes(b"")
    files = {"map": {"media_type": "image/png", "path": "map.png"}}
    write_task(tasks, "one", {"attachments": files})
    assert "ATT002" not in judged(tasks).counts
    attachment.unlink()
    assert judged(tasks).counts["ATT002"] == 1


def test_collection_rules_see_what_was_kept(tasks: Path) -> None:
    judged(tasks)
    write_task(tasks, "two", {"aliases": ["one"]})
    assert judged(tasks).counts["COL001"] == 1
    assert judged(tasks).counts["COL001"] == 1
    write_task(tasks, "two")
    assert "COL001" not in judged(tasks).counts


def test_runs_at_once_share_a_cache(tasks: Path) -> None:
    command = [sys.executable, "-m", "taskschema", "check", str(tasks), "--format", "json"]
    outputs: list[bytes] = []

    def work() -> None:
        outputs.append(subprocess.run(command, capture_output=True, check=False).stdout)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(outputs)) == 1
    assert kept(tasks) == ["one", "three", "two"]
