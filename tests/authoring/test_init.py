"""A new collection passes its own checks at once, and no file of anybody is touched."""

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
from test_docs import commands, stands_for
from test_docs import run as printed
from typer.testing import CliRunner

from taskschema import check, load
from taskschema.authoring import init
from taskschema.authoring.init import found, requirement
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
    found(folder, name="My tasks")
    return folder


def test_all_of_it_is_there_and_named(fresh: Path) -> None:
    files = contents(fresh)
    assert set(files) == FILES
    assert files["README.md"].startswith(b"# My tasks\n")
    assert not [name for name, data in files.items() if re.search(rb"@[A-Z]+@", data)]
    assert files["schemas/task.v3.schema.json"] == published_files.read("task.v3.schema.json")
    assert files[".vscode/settings.json"] == (ROOT / ".vscode" / "settings.json").read_bytes()


def test_what_its_workflow_runs_passes_at_once(fresh: Path, tmp_path: Path) -> None:
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


def test_its_workflow_is_a_workflow_with_the_same_pinned_actions(fresh: Path) -> None:
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


def test_its_hooks_pass_at_once(fresh: Path) -> None:
    (repo,) = yaml.safe_load((fresh / ".pre-commit-config.yaml").read_text())["repos"]
    for hook in repo["hooks"]:
        program, *words = shlex.split(hook["entry"])
        assert program == "taskschema"
        given = ["tasks/opening_hours.json"] if hook.get("pass_filenames", True) else []
        assert all(re.search(hook["files"], name) for name in given)
        before = contents(fresh)
        command = [sys.executable, "-m", "taskschema", *words, *given]
        done = subprocess.run(command, cwd=fresh, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
        assert contents(fresh) == before


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_its_documents_show_what_happens(fresh: Path, document: str) -> None:
    shown = list(commands(str(fresh / document)))
    assert shown
    for command, lines in shown:
        real = printed(["sh", "-c", OWN + command], fresh)
        assert stands_for(lines, real), f"`{command}` prints\n{real}"
    text = (fresh / document).read_text(encoding="utf-8")
    examples = "\n".join(re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    (fresh / "build" / "examples.txt").parent.mkdir(exist_ok=True)
    (fresh / "build" / "examples.txt").write_text(examples)
    assert printed([sys.executable, "-m", "doctest", "build/examples.txt"], fresh) == ""
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (fresh / target).exists(), target
    named = set(re.findall(r"`taskschema ([a-z]+)", text))
    assert named <= set(ALL_COMMANDS.names())


def test_its_table_of_tasks_is_about_its_task(fresh: Path) -> None:
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


def test_the_command_says_what_was_written_and_how_to_go_on(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "tasks-of-ours"
    result = CliRunner().invoke(app, ["init", str(folder)])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"{len(FILES)} files written to {folder}.",
        (
            f"Its checks install {requirement()}, as requirements.txt says; "
            "where pip cannot find that, give --requirement."
        ),
        f"Next: `taskschema check {folder}`; README.md says how to go on.",
    ]
    assert "# tasks-of-ours\n" in (folder / "README.md").read_text()
    again = CliRunner().invoke(app, ["init", str(folder), "--keep"])
    assert again.exit_code == 0
    assert again.stdout == f"0 files written to {folder}.\n"
    assert again.stderr.startswith("taskschema: 10 files there already, left as found: .gitattr")


def test_a_clone_with_a_readme_is_begun_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "README.md").write_text("# Ours\n")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["init", ".", "--keep"])
    assert (result.exit_code, result.stderr) == (
        0,
        "taskschema: 1 file there already, left as found: README.md\n",
    )
    first, *_, last = result.stdout.splitlines()
    assert first == f"{len(FILES) - 1} files written to the current folder."
    assert last == "Next: `taskschema check`; CONTRIBUTING.md says how to go on."
    assert f"# Contributing to {tmp_path.name}\n" in (tmp_path / "CONTRIBUTING.md").read_text()


def test_a_folder_with_files_is_refused_and_a_new_clone_is_not(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    found(tmp_path)
    before = contents(tmp_path)
    with pytest.raises(DestinationError, match=r"holds files, such as \.gitattributes.*--keep"):
        found(tmp_path)
    assert contents(tmp_path) == before
    with pytest.raises(DestinationError, match="is a file"):
        found(tmp_path / "README.md")


def test_keep_adds_what_is_missing_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("ours\n")
    (tmp_path / ".gitignore").symlink_to("nowhere")
    write_task(tmp_path / "tasks" / "deep", "our_task")
    made = found(tmp_path, keep=True)
    assert made.kept == (".gitignore", "README.md")
    assert (tmp_path / "README.md").read_text() == "ours\n"
    assert (tmp_path / ".gitignore").is_symlink()
    assert not (tmp_path / "nowhere").exists()
    # Who has tasks needs no example.
    assert {*contents(tmp_path)} == FILES - {
        ".gitignore",
        "tasks/README.md",
        "tasks/opening_hours.json",
    } | {"tasks/deep/our_task.json"}
    assert check(tmp_path).findings == ()


def test_nothing_is_written_where_a_folder_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "tasks").write_text("a file\n")
    with pytest.raises(DestinationError, match="tasks: cannot be made"):
        found(tmp_path, keep=True)
    assert contents(tmp_path) == {"tasks": b"a file\n"}


@pytest.mark.parametrize("name", [" ", "a\nb", "\x1b[31m", "n" * 101])
def test_a_name_is_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match=r"is no name, which is one line .* --name"):
        found(tmp_path / "new", name=name)
    assert not (tmp_path / "new").exists()


def test_an_address_is_refused() -> None:
    result = CliRunner().invoke(app, ["init", "s3://bucket/tasks"])
    assert result.exit_code == 2
    assert "elsewhere" in result.stderr


@pytest.mark.parametrize(
    ("direct", "wanted"),
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
def test_it_asks_for_the_taskschema_that_made_it(
    direct: str | None, wanted: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = SimpleNamespace(version="9.8", read_text=lambda _name: direct)
    monkeypatch.setattr(init, "distribution", lambda _name: own)
    assert found(tmp_path / "new").needs == wanted
    assert (tmp_path / "new" / "requirements.txt").read_text().endswith(f"\n{wanted}\n")
    found(tmp_path / "other", needs="taskschema==1.0")
    assert "\ntaskschema==1.0\n" in (tmp_path / "other" / "requirements.txt").read_text()


def test_it_begins_from_a_checkout_that_was_never_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def absent(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(init, "distribution", absent)
    assert requirement() == "taskschema[hf]"
