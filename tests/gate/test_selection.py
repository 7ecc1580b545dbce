"""Which findings are told: by code, by what changed, by what is new, and from where."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from taskschema import check
from taskschema.cli.app import app
from taskschema.core.errors import ConfigError, DestinationError, TaskSchemaError
from taskschema.rules.registry import all_rules
from taskschema.rules.selection import Selection, known_codes
from taskschema.rules.smallest_task import smallest_task, write_task
from taskschema.schema import canonical

BLANK = [{"id": "a", "input": "which one? ", "output": [" "]}]


def run(*arguments: str | Path, **more: Any) -> Any:
    return CliRunner().invoke(app, ["check", *map(str, arguments)], **more)


def counts(*arguments: str | Path, **more: Any) -> dict[str, int]:
    found: dict[str, int] = json.loads(run(*arguments, "--format", "json", **more).stdout)["counts"]
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_task(tmp_path / "tasks", "bad", {"instances": BLANK})
    write_task(tmp_path / "tasks", "good")
    return tmp_path / "tasks"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], {"INS005", "INS007"}),
        (["--select", "INS005"], {"INS005"}),
        (["--select", "ins"], {"INS005", "INS007"}),
        (["--select", "INS", "--ignore", "INS007"], {"INS005"}),
        (["--ignore", "INS", "--select", "INS007"], {"INS007"}),
        (["--ignore", "INS007,INS005"], set()),
        (["--select", "DEF", "--select", "DEM"], set()),
    ],
)
def test_codes_choose_what_is_told(arguments: list[str], expected: set[str], folder: Path) -> None:
    assert set(counts(folder, *arguments)) == expected
    assert run(folder, *arguments).exit_code == int("INS005" in expected)


def test_a_comma_too_many_does_no_harm(folder: Path) -> None:
    assert set(counts(folder, "--select", "INS005,,DEF,")) == {"INS005"}
    assert isinstance(run(folder, "--select", ",").exception, ConfigError)


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("INS05", "INS005"),
        ("blank-output", "INS005"),
        ("XYZ", "to list all rules"),
        ("I5", "to list all rules"),
    ],
)
def test_a_code_that_does_not_exist_is_refused(word: str, hint: str) -> None:
    with pytest.raises(ConfigError, match=hint):
        Selection(select=[word])


def test_the_settings_choose_unless_an_option_does(folder: Path) -> None:
    (folder / "taskschema.toml").write_text('ignore = ["INS007"]\n')
    assert set(counts(folder)) == {"INS005"}
    assert set(counts(folder, "--select", "INS")) == {"INS005", "INS007"}
    assert set(check(folder, select=["INS007"]).counts) == {"INS007"}
    (folder / "taskschema.toml").write_text('select = ["NONE"]\n')
    result = run(folder)
    assert result.exception
    assert "'NONE' matches no rule code" in str(result.exception)


def test_names_of_files_tell_every_code() -> None:
    assert {rule.code: rule.name for rule in all_rules()} == known_codes()


def test_as_many_findings_as_wanted(tmp_path: Path) -> None:
    rows = [{"id": f"{n}", "input": f"i{n}", "output": [" "]} for n in range(30)]
    path = write_task(tmp_path, "task", {"instances": rows})
    lines = run(path, "--select", "INS005").stdout.splitlines()
    assert sum(": error " in line for line in lines) == 5
    assert any("... and 25 more INS005" in line for line in lines)
    for wanted, told in (("2", 2), ("0", 30), ("99", 30)):
        report = json.loads(run(path, "--max-findings", wanted, "--format", "json").stdout)
        assert len(report["findings"]) == told
        assert report["counts"] == {"INS005": 30}


def test_statistics(folder: Path) -> None:
    lines = run(folder, "--statistics").stdout.splitlines()
    assert [line.split()[:2] for line in lines[:2]] == [["1", "INS005"], ["1", "INS007"]]


def test_a_report_goes_to_a_file(folder: Path, tmp_path: Path) -> None:
    result = run(folder, "--format", "json", "-o", tmp_path / "report.json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert json.loads((tmp_path / "report.json").read_bytes())["counts"]["INS005"] == 1


def test_a_page_is_written_beside_the_report(folder: Path, tmp_path: Path) -> None:
    result = run(folder, "--report", tmp_path / "page.html")
    assert "INS005" in result.stdout
    assert "INS005" in (tmp_path / "page.html").read_text()


def test_no_report_takes_the_place_of_another(folder: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    run(folder, "--baseline", known, "--update-baseline")
    before = known.read_bytes()
    for option in ("--output-file", "--report"):
        result = run(folder, "--baseline", known, option, known)
        assert isinstance(result.exception, DestinationError)
        assert "Use a different file for each" in str(result.exception)
    assert known.read_bytes() == before


@pytest.mark.parametrize("option", ["--output-file", "--report", "--baseline"])
def test_no_report_becomes_a_task(option: str, folder: Path) -> None:
    target = folder / "new.json"
    update = ["--update-baseline"] if option == "--baseline" else []
    result = run(folder, option, target, *update)
    assert isinstance(result.exception, DestinationError)
    assert not target.exists()
    # Beside a file that is named, and under another ending, it does no harm.
    assert run(folder / "bad.json", option, target, *update).exit_code in (0, 1)
    assert target.exists()


# A baseline


def test_only_what_is_new_is_told(folder: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    result = run(folder, "--baseline", baseline, "--update-baseline")
    assert (result.exit_code, "2 findings recorded" in result.stderr) == (0, True)
    assert counts(folder, "--baseline", baseline) == {}
    # Rows before it move a finding, and nothing more.
    rows = [{"id": "z", "input": "new ", "output": ["new"]}, *BLANK]
    write_task(folder, "bad", {"instances": rows})
    assert counts(folder, "--baseline", baseline) == {"INS007": 1}
    write_task(folder, "good", {"instances": BLANK})
    assert counts(folder, "--baseline", baseline) == {"INS005": 1, "INS007": 2}


def test_a_baseline_that_is_not_there_is_no_clean_slate(folder: Path, tmp_path: Path) -> None:
    for content in (None, "", "[]", '{"baseline_version": 9}', '{"baseline_version": 1}'):
        path = tmp_path / "baseline.json"
        if content is not None:
            path.write_text(content)
        result = run(folder, "--baseline", path)
        assert isinstance(result.exception, ConfigError)
        assert str(path) in str(result.exception)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"baseline_version": 1, "findings": {"a": {"b": {"c": 1e999}}}}']
)
def test_what_is_no_baseline_is_told(text: str, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "known.json").write_text(text)
    result = run(folder, "--baseline", tmp_path / "known.json")
    assert isinstance(result.exception, ConfigError)
    assert "is not a baseline" in str(result.exception)


def test_a_baseline_holds_wherever_the_run_starts(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    baseline = folder.parent / "baseline.json"
    run(folder, "--baseline", baseline, "--update-baseline")
    monkeypatch.chdir(folder)
    assert counts(".", "--baseline", "../baseline.json") == {}


# Standard input


def test_the_standard_input_is_one_file(tmp_path: Path) -> None:
    raw = canonical.dumps(smallest_task("task", {"instances": BLANK}), 3)
    report = json.loads(
        run("-", "--stdin-filename", tmp_path / "task.json", "--format", "json", input=raw).stdout
    )
    assert report["counts"] == {"INS005": 1, "INS007": 1}
    assert {found["path"] for found in report["findings"]} == {str(tmp_path / "task.json")}
    assert counts("-", input=b"{") == {"FIL005": 1}
    assert counts("-", input=raw) == {"INS005": 1, "INS007": 1, "NAM001": 1}
    assert run("-", tmp_path, input=raw).exception


# Options that make no sense together are refused before anything is done


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--update-baseline --fix", "--update-baseline: needs a file. Add --baseline FILE."),
        ("--baseline none.json --fix", "none.json: does not exist."),
        ("--baseline tasks --fix", "tasks: cannot be read: Is a directory."),
        ("--diff --report page.html", "--diff: only shows changes. Remove --report."),
        ("--diff -o report.txt", "Remove --output-file."),
        ("--stdin-filename a.json", "--stdin-filename: applies to standard input only."),
        ("--fix -o tasks/bad.json", "tasks/bad.json: is a checked file."),
        ("--fix --report tasks/bad.json", "tasks/bad.json: is a checked file."),
        ("--fix --baseline tasks/bad.json --update-baseline", "is a checked file."),
    ],
)
def test_nothing_is_done_where_options_make_no_sense(
    options: str, message: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    before = (folder / "bad.json").read_bytes()
    result = run("tasks", *options.split())
    assert isinstance(result.exception, TaskSchemaError)
    assert message in str(result.exception)
    assert (folder / "bad.json").read_bytes() == before
    assert sorted(path.name for path in folder.parent.iterdir()) == ["tasks"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--changed-since HEAD", "standard input has no revisions"),
        ("--stdin-filename .", "is a folder"),
        ("other.json", "cannot be combined with other paths"),
    ],
)
def test_the_standard_input_is_neither_a_folder_nor_a_revision(options: str, message: str) -> None:
    result = run("-", *options.split(), input=b"{}")
    assert isinstance(result.exception, TaskSchemaError)
    assert message in str(result.exception)


def test_a_folder_that_does_not_exist_is_told(folder: Path, tmp_path: Path) -> None:
    result = run(folder, "-o", tmp_path / "nowhere" / "report.txt")
    assert isinstance(result.exception, DestinationError)
    assert "no such folder. Create it first." in str(result.exception)


def test_a_report_never_takes_the_place_of_a_pipe(folder: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        run(folder, "-o", pipe)
        assert b"INS005" in os.read(reader, 100_000)
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_a_report_into_a_link_that_leads_to_itself_is_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    assert isinstance(run(folder, "-o", tmp_path / "loop").exception, DestinationError)


# What changed


def git(folder: Path, *arguments: str) -> None:
    name = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *name, *arguments], cwd=folder, check=True, capture_output=True)


def test_only_what_came_since_a_revision_is_told(folder: Path) -> None:
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "first")
    assert counts(folder, "--changed-since", "main") == {}
    write_task(folder, "new", {"instances": BLANK, "aliases": ["good"]})
    assert counts(folder, "--changed-since", "main") == {"INS005": 1, "INS007": 1, "COL001": 1}
    write_task(folder, "aaa", {"aliases": ["good"], "instances": []})
    found = counts(folder, "--changed-since", "HEAD", "--select", "COL")
    assert found == {"COL001": 2}
    result = run(folder, "--changed-since", "nowhere")
    assert "nowhere" in str(result.exception)


def test_what_changed_is_told_by_whichever_path(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "first")
    write_task(folder, "new", {"instances": BLANK})
    expected = counts(folder, "--changed-since", "main")
    assert expected == {"INS005": 1, "INS007": 1}
    (tmp_path / "link").symlink_to(folder)
    (folder / "sub").mkdir()
    monkeypatch.chdir(folder / "sub")
    for path in ("..", "../../tasks", tmp_path / "link", "../new.json", folder / "sub" / ".."):
        assert counts(path, "--changed-since", "main") == expected
    assert "1 INS007" in run("..", "--changed-since", "main", "--fix").stderr


def test_without_a_repository_there_are_no_revisions(folder: Path) -> None:
    result = run(folder, "--changed-since", "main")
    assert "Use paths instead." in str(result.exception)
