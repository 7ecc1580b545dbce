"""`taskschema init`: a new collection passes its own checks, and no existing file changes."""

import os
import re
import shlex
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from support.checkout import ROOT
from support.commands import run_command
from support.examples import commands, matches, run, run_process
from typer.testing import CliRunner

from taskschema import check, load
from taskschema.authoring import init
from taskschema.authoring.init import create_collection, requirement
from taskschema.cli.app import COMMANDS as ALL_COMMANDS
from taskschema.cli.app import app
from taskschema.core.errors import ConfigError, DestinationError
from taskschema.rules.smallest_task import write_task
from taskschema.schema import published_files

OWN = 'taskschema() { "$PYTHON" -m taskschema "$@"; }\n'
INSTALLS = "python -m pip install"
FILES = {
    ".gitattributes",
    ".github/workflows/check.yml",
    ".gitignore",
    ".pre-commit-config.yaml",
    ".vscode/settings.json",
    "CONTRIBUTING.md",
    "README.md",
    "requirements.txt",
    "schemas/task.v3.schema.json",
    "taskschema.toml",
    "tasks/README.md",
    "tasks/opening_hours.json",
}


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def workflow(folder: Path) -> dict[str, Any]:
    path = folder / ".github" / "workflows" / "check.yml"
    settings: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return settings


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    folder = tmp_path / "my-tasks"
    create_collection(folder, name="My tasks")
    return folder


def test_all_files_are_created_with_the_name_filled_in(fresh: Path) -> None:
    files = contents(fresh)
    assert set(files) == FILES
    assert files["README.md"].startswith(b"# My tasks\n")
    assert not [name for name, data in files.items() if re.search(rb"@[A-Z]+@", data)]
    assert files["schemas/task.v3.schema.json"] == published_files.read("task.v3.schema.json")
    assert files[".vscode/settings.json"] == (ROOT / ".vscode" / "settings.json").read_bytes()


def test_all_steps_of_the_workflow_pass(fresh: Path, tmp_path: Path) -> None:
    steps = workflow(fresh)["jobs"]["tasks"]["steps"]
    lines = [step["run"] for step in steps if "run" in step]
    tried = [line for line in lines if not line.startswith(INSTALLS)]
    assert len(tried) == len(lines) - 1
    for line in tried:
        done = subprocess.run(
            ["bash", "-e", "-c", OWN + line],
            cwd=fresh,
            env={
                **os.environ,
                "PYTHON": sys.executable,
                "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (line, done.stdout, done.stderr)
    assert "nothing found" in (tmp_path / "summary.md").read_text()


def test_the_workflow_is_valid_and_uses_our_pinned_actions(fresh: Path) -> None:
    path = fresh / ".github" / "workflows" / "check.yml"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "check_jsonschema"),
            *("--builtin-schema", "vendor.github-workflows", str(path)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    ours = (ROOT / ".github" / "workflows" / "check.yml").read_text(encoding="utf-8")
    for step in workflow(fresh)["jobs"]["tasks"]["steps"]:
        assert step.get("uses", "") in ours


def test_the_hooks_pass(fresh: Path) -> None:
    (repo,) = yaml.safe_load((fresh / ".pre-commit-config.yaml").read_text())["repos"]
    for hook in repo["hooks"]:
        program, *words = shlex.split(hook["entry"])
        assert program == "taskschema"
        given = ["tasks/opening_hours.json"] if hook.get("pass_filenames", True) else []
        assert all(re.search(hook["files"], name) for name in given)
        before = contents(fresh)
        done = run_command(*words, *given, cwd=fresh)
        assert done.returncode == 0, done.stdout
        assert contents(fresh) == before


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_the_documents_show_real_output(fresh: Path, document: str) -> None:
    shown = list(commands((fresh / document).read_text(encoding="utf-8")))
    assert shown
    for command, lines in shown:
        real = run(command, fresh)
        assert matches(lines, real), f"`{command}` prints\n{real}"
    text = (fresh / document).read_text(encoding="utf-8")
    examples = "\n".join(re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    (fresh / "build" / "examples.txt").parent.mkdir(exist_ok=True)
    (fresh / "build" / "examples.txt").write_text(examples)
    assert run_process([sys.executable, "-m", "doctest", "build/examples.txt"], fresh) == ""
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (fresh / target).exists(), target
    named = set(re.findall(r"`taskschema ([a-z]+)", text))
    assert named <= set(ALL_COMMANDS.names())


def test_the_table_of_tasks_lists_the_example_task(fresh: Path) -> None:
    (task,) = load(fresh)
    (row,) = [
        line for line in (fresh / "tasks" / "README.md").read_text().splitlines() if "](" in line
    ]
    assert [cell.strip() for cell in row.strip("|").split("|")] == [
        f"[{task.name}]({task.name}.json)",
        task.summary,
        ", ".join(task.categories),
        "en",
        task.kind,
        str(len(task.instances)),
    ]


def test_the_example_has_no_finding_under_any_profile(fresh: Path) -> None:
    for profile in ("default", "superni"):
        report = check(fresh, profile=profile)
        assert not report.findings


def test_the_command_reports_written_files_and_the_next_step(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "tasks-of-ours"
    result = CliRunner().invoke(app, ["init", str(folder)])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"{len(FILES)} files written to {folder}.",
        (f"CI installs {requirement()} (requirements.txt). If pip cannot find it, edit that file."),
        f"Next: run `taskschema check {folder}`, then read README.md.",
    ]
    assert "# tasks-of-ours\n" in (folder / "README.md").read_text()
    again = CliRunner().invoke(app, ["init", str(folder), "--keep"])
    assert again.exit_code == 0
    assert again.stdout == f"0 files written to {folder}.\n"
    assert again.stderr.startswith("taskschema: 10 existing files kept: .gitattributes")


def test_keep_creates_a_collection_in_a_clone_with_a_readme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "README.md").write_text("# Ours\n")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["init", ".", "--keep"])
    assert (result.exit_code, result.stderr) == (
        0,
        "taskschema: 1 existing file kept: README.md\n",
    )
    first, *_, last = result.stdout.splitlines()
    assert first == f"{len(FILES) - 1} files written to the current folder."
    assert last == "Next: run `taskschema check`, then read CONTRIBUTING.md."
    assert f"# Contributing to {tmp_path.name}\n" in (tmp_path / "CONTRIBUTING.md").read_text()


def test_a_folder_with_files_is_refused_and_an_empty_clone_is_not(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    create_collection(tmp_path)
    before = contents(tmp_path)
    with pytest.raises(DestinationError, match=r"is not empty: it holds \.gitattributes.*--keep"):
        create_collection(tmp_path)
    assert contents(tmp_path) == before
    with pytest.raises(DestinationError, match="is a file"):
        create_collection(tmp_path / "README.md")


def test_keep_adds_what_is_missing_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("ours\n")
    (tmp_path / ".gitignore").symlink_to("nowhere")
    write_task(tmp_path / "tasks" / "deep", "our_task")
    made = create_collection(tmp_path, keep=True)
    assert made.kept == (".gitignore", "README.md")
    assert (tmp_path / "README.md").read_text() == "ours\n"
    assert (tmp_path / ".gitignore").is_symlink()
    assert not (tmp_path / "nowhere").exists()
    # A collection with tasks gets no example.
    assert {*contents(tmp_path)} == FILES - {
        ".gitignore",
        "tasks/README.md",
        "tasks/opening_hours.json",
    } | {"tasks/deep/our_task.json"}
    assert check(tmp_path).findings == ()


def test_nothing_is_written_if_a_folder_cannot_be_created(tmp_path: Path) -> None:
    (tmp_path / "tasks").write_text("a file\n")
    with pytest.raises(DestinationError, match="tasks: cannot be created"):
        create_collection(tmp_path, keep=True)
    assert contents(tmp_path) == {"tasks": b"a file\n"}


@pytest.mark.parametrize("name", [" ", "a\nb", "\x1b[31m", "n" * 101])
def test_a_name_is_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match=r"is not a valid name: one line .* --name"):
        create_collection(tmp_path / "new", name=name)
    assert not (tmp_path / "new").exists()


def test_an_address_is_refused() -> None:
    result = CliRunner().invoke(app, ["init", "s3://bucket/tasks"])
    assert result.exit_code == 2
    assert "is remote" in result.stderr


@pytest.mark.parametrize(
    ("direct", "expected"),
    [
        (None, "taskschema[hf]==9.8"),
        (
            '{"url": "file:///home/t", "vcs_info": {"vcs": "git", "commit_id": "abc"}}',
            "taskschema[hf]==9.8",
        ),
        ('{"url": "file:///somewhere", "dir_info": {}}', "taskschema[hf]==9.8"),
        (
            '{"url": "https://example.org/t.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}}',
            "taskschema[hf] @ git+https://example.org/t.git@abc",
        ),
    ],
)
def test_the_requirement_is_the_taskschema_that_created_it(
    direct: str | None, expected: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = SimpleNamespace(version="9.8", read_text=lambda _name: direct)
    monkeypatch.setattr(init, "distribution", lambda _name: own)
    assert create_collection(tmp_path / "new").requirement == expected
    assert (tmp_path / "new" / "requirements.txt").read_text().endswith(f"\n{expected}\n")
    create_collection(tmp_path / "other", needs="taskschema==1.0")
    assert "\ntaskschema==1.0\n" in (tmp_path / "other" / "requirements.txt").read_text()


def test_the_requirement_of_a_checkout_has_no_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def absent(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(init, "distribution", absent)
    assert requirement() == "taskschema[hf]"
