"""What is mended, in the file as it stands, and what is left alone."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from taskschema import check
from taskschema.cli.app import app
from taskschema.core.errors import DestinationError
from taskschema.rules.smallest_task import smallest_task, write_task
from taskschema.schema import canonical, migrate

STRAY = [{"id": "a", "input": "which one? ", "output": ["one"]}]
TWICE = [
    {"id": "a", "input": "which one?", "output": ["one"]},
    {"id": "b", "input": "which one?", "output": ["one", "1"]},
]


def run(*arguments: str | Path, **more: Any) -> Any:
    return CliRunner().invoke(app, ["check", *map(str, arguments)], **more)


def older(folder: Path, stem: str, version: int, **overlay: Any) -> Path:
    task = smallest_task(stem, overlay)
    document, _ = migrate.downgrade(task, to=version)
    path = folder / f"{stem}.json"
    path.write_bytes(canonical.dumps(document, version))
    return path


def test_a_safe_fix_changes_one_line(tmp_path: Path) -> None:
    path = write_task(tmp_path, "task", {"instances": STRAY})
    before = path.read_text().splitlines()
    result = run(path, "--fix")
    after = path.read_text().splitlines()
    assert result.exit_code == 0
    assert "Fixed 1 finding in 1 file (1 INS007)." in result.stderr
    (changed,) = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert changed[0].replace('one? "', 'one?"') == changed[1]
    assert run(path, "--fix").stderr == ""


@pytest.mark.parametrize("version", [1, 2])
def test_a_fix_keeps_the_version_of_the_file(version: int, tmp_path: Path) -> None:
    path = older(tmp_path, "task", version, instances=STRAY)
    before = path.read_text()
    run(path, "--fix")
    assert path.read_text() == before.replace('which one? "', 'which one?"')


def test_the_layout_of_a_file_is_kept_when_it_is_not_to_be_mended(tmp_path: Path) -> None:
    path = tmp_path / "task.json"
    text = json.dumps(smallest_task("task", {"instances": STRAY}), indent=7)
    path.write_text(text)
    run(path, "--fix", "--ignore", "FIL012")
    assert path.read_text() == text.replace('one? "', 'one?"')
    run(path, "--fix")
    assert set(check(path).counts) == set()


def test_rows_are_only_merged_when_asked_for(tmp_path: Path) -> None:
    path = write_task(tmp_path, "task", {"instances": TWICE})
    before = path.read_bytes()
    assert run(path, "--fix").exit_code == 1
    assert path.read_bytes() == before
    assert run(path, "--unsafe-fixes").exit_code == 0
    rows = json.loads(path.read_bytes())["instances"]
    assert (len(rows), rows[0]["output"]) == (25, ["one", "1"])


def test_an_answer_that_is_said_twice_is_not_changed_in_one_place(tmp_path: Path) -> None:
    label = write_task(
        tmp_path,
        "label",
        {
            "answer_format": {"kind": "label", "labels": ["yes ", "no"]},
            "positive_demonstrations": [
                {"input": "shown one", "output": "yes ", "explanation": "It is."},
                {"input": "shown two", "output": "no", "explanation": "It is not."},
            ],
        },
    )
    members = write_task(
        tmp_path,
        "members",
        {
            "answer_format": {"kind": "set", "separator": ", "},
            "instances": [
                {"id": "a", "input": "who?", "output": ["x, y "], "answer": [["x", "y "]]}
            ],
        },
    )
    for path in (label, members):
        before = path.read_bytes()
        report = check(path)
        assert "INS007" in report.counts
        assert run(path, "--unsafe-fixes", "--select", "INS,DEM,ANS").stderr == ""
        assert path.read_bytes() == before


def test_only_what_is_selected_is_mended(tmp_path: Path) -> None:
    path = write_task(tmp_path, "task", {"instances": STRAY})
    before = path.read_bytes()
    run(path, "--fix", "--select", "DEF")
    run(path, "--fix", "--ignore", "INS007")
    (tmp_path / "taskschema.toml").write_text('[waivers.task]\nINS007 = "On purpose."\n')
    run(path, "--fix")
    assert path.read_bytes() == before


def test_a_diff_shows_and_changes_nothing(tmp_path: Path) -> None:
    path = write_task(tmp_path, "task", {"instances": STRAY})
    before = path.read_bytes()
    result = run(path, "--diff")
    assert (result.exit_code, path.read_bytes()) == (1, before)
    lines = [line[:1] for line in result.stdout.splitlines()]
    assert (lines.count("+"), lines.count("-")) == (2, 2)
    assert "1 file would change." in result.stderr
    assert run(write_task(tmp_path, "good"), "--diff").exit_code == 0


def test_the_standard_input_is_mended_on_the_standard_output(tmp_path: Path) -> None:
    text = canonical.dumps(smallest_task("task", {"instances": STRAY}), 3)
    result = run("-", "--stdin-filename", tmp_path / "task.json", "--fix", input=text)
    assert json.loads(result.stdout)["instances"][0]["input"] == "which one?"
    assert "0 errors" in result.stderr or "nothing found" in result.stderr


def test_a_file_that_cannot_be_written_is_named_and_the_rest_is_mended(tmp_path: Path) -> None:
    closed = write_task(tmp_path / "closed", "one", {"instances": STRAY})
    open_ = write_task(tmp_path / "open", "two", {"instances": STRAY})
    closed.chmod(0o444)
    if os.geteuid() == 0:
        pytest.skip("root writes everything")
    result = run(tmp_path, "--fix")
    assert "cannot be written" in result.stderr
    assert set(check(open_).counts) == set()


def test_a_file_that_cannot_be_mended_fails_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, _data: bytes) -> None:
        raise DestinationError(f"{path}: cannot be written: it is read-only.")

    path = write_task(tmp_path, "task", {"instances": STRAY})
    monkeypatch.setattr("taskschema.gate.fixes.write_atomically", refuse)
    result = run(path, "--fix")
    assert "read-only" in result.stderr
    assert result.exit_code == 2
    assert run(path).exit_code == 0  # what is left is a warning


def test_a_kill_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    rows = [{"id": f"{n}", "input": f"which {n}? ", "output": ["one", "two"]} for n in range(3000)]
    path = write_task(tmp_path, "task", {"instances": rows})
    old = path.read_bytes()
    command = [sys.executable, "-m", "taskschema", "check", str(path), "--fix", "--no-cache"]
    subprocess.run(command, capture_output=True, check=False)
    new = path.read_bytes()
    assert new != old
    for number in range(8):
        path.write_bytes(old)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.15 + number * 0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert path.read_bytes() in (old, new)
