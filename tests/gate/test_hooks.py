"""What other collections take from here: the hooks for pre-commit and the action for GitHub."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.checkout import ROOT
from support.commands import run_command

from taskschema.cli.app import COMMANDS as ALL_COMMANDS
from taskschema.gate.reports.reporter import REPORTERS as ALL_REPORTERS
from taskschema.rules.smallest_task import smallest_task
from taskschema.schema import canonical

HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "check.yml").read_text())
DOCUMENT = (ROOT / "docs" / "continuous-integration.md").read_text()
STEPS = {step["id"]: step for step in ACTION["runs"]["steps"]}
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")  # as GitHub runs `shell: bash`

# Writes its arguments as JSON, a report where it is told to, and ends as it is told to.
STUB = """#!/usr/bin/env python3
import json, os, sys
with open(os.environ["CALLS"], "a") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\\n")
for argument in sys.argv:
    if argument.startswith("--output-file="):
        open(argument.partition("=")[2], "w").write("## report\\n")
        sys.exit(1)
print("::warning ::said")
sys.exit(int(os.environ["CODE"]))
"""


def write(folder: Path, stem: str, **overlay: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{stem}.json"
    path.write_bytes(canonical.dumps(smallest_task(stem, overlay), 3))
    return path


def call(*command: str | Path, cwd: Path, **more: Any) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False, **more)


def run_hook(name: str, folder: Path, *files: str) -> subprocess.CompletedProcess[str]:
    """The entry with its arguments, then the files that match, as pre-commit puts it together."""
    hook = HOOKS[name]
    program, *entry = shlex.split(hook["entry"])
    assert program == "taskschema"
    matching = [file for file in files if re.search(hook["files"], file)]
    given = matching if hook.get("pass_filenames", True) else []
    command = [*entry, *hook.get("args", []), *given]
    return run_command(*command, cwd=folder)


@pytest.mark.parametrize("hook", HOOKS.values(), ids=lambda hook: hook["id"])
def test_a_hook_runs_a_command_that_there_is(hook: dict[str, Any]) -> None:
    program, command = shlex.split(hook["entry"])
    assert program == "taskschema"
    assert command in ALL_COMMANDS.names()
    assert hook["language"] == "python"
    assert hook["description"].endswith(".")


def test_hooks_are_for_the_files_of_tasks() -> None:
    for name, hook in HOOKS.items():
        assert re.search(hook["files"], "tasks/a.json")
        assert re.search(hook["files"], "tasks/deep/a.json")
        assert not re.search(hook["files"], "schemas/task.v3.schema.json")
        assert not re.search(hook["files"], "subtasks/a.json")
        whole = name == "taskschema-check-collection"
        assert bool(re.search(hook["files"], "taskschema.toml")) == whole
        assert hook.get("pass_filenames", True) != whole


def test_the_manifest_is_what_pre_commit_takes() -> None:
    pre_commit = pytest.importorskip("pre_commit.clientlib")
    assert pre_commit.load_manifest(ROOT / ".pre-commit-hooks.yaml")


def test_the_check_hook_fails_for_what_is_committed(tmp_path: Path) -> None:
    write(tmp_path / "tasks", "good")
    write(tmp_path / "tasks", "bad", definition=[" "])
    passed = run_hook("taskschema-check", tmp_path, "tasks/good.json", "other.json")
    assert (passed.returncode, passed.stdout) == (0, "1 file checked, nothing found.\n")
    failed = run_hook("taskschema-check", tmp_path, "tasks/good.json", "tasks/bad.json")
    assert failed.returncode == 1
    assert "tasks/bad.json" in failed.stdout
    assert "DEF001" in failed.stdout


def test_the_collection_hook_compares_tasks(tmp_path: Path) -> None:
    write(tmp_path / "tasks", "one")
    write(tmp_path / "tasks", "two", aliases=["one"])
    assert run_hook("taskschema-check", tmp_path, "tasks/two.json").returncode == 0
    whole = run_hook("taskschema-check-collection", tmp_path, "tasks/two.json")
    assert whole.returncode == 1
    assert "COL001" in whole.stdout


def test_the_format_hook_writes_canonical_files(tmp_path: Path) -> None:
    path = write(tmp_path / "tasks", "loose")
    wanted = path.read_bytes()
    path.write_text(json.dumps(json.loads(wanted)))
    assert run_hook("taskschema-fmt", tmp_path, "tasks/loose.json").returncode == 0
    assert path.read_bytes() == wanted


@pytest.mark.matrix
def test_pre_commit_runs_the_hooks(tmp_path: Path) -> None:
    beside = str(Path(sys.executable).parent)
    pre_commit = shutil.which("pre-commit", path=beside) or shutil.which("pre-commit")
    if not pre_commit:
        pytest.skip("there is no pre-commit; `pip install pre-commit` brings it")
    # It installs from a commit; what is not committed yet is to be tried too.
    hooks, folder = tmp_path / "hooks", tmp_path / "collection"
    listed = call("git", "ls-files", "-co", "--exclude-standard", cwd=ROOT).stdout.splitlines()
    for name in filter(lambda name: (ROOT / name).is_file(), listed):
        (hooks / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, hooks / name)
    loose = write(folder / "tasks", "loose")
    wanted = loose.read_bytes()
    loose.write_text(json.dumps(json.loads(wanted)))
    write(folder / "tasks", "bad", definition=[" "])
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for place in (hooks, folder):
        call("git", "init", "--quiet", cwd=place)
        call("git", "add", "--all", cwd=place)
        done = call("git", *identity, "commit", "--quiet", "--message=x", cwd=place)
        assert done.returncode == 0, done.stderr
    revision = call("git", "rev-parse", "HEAD", cwd=hooks).stdout.strip()
    wants = {"repo": str(hooks), "rev": revision, "hooks": [{"id": name} for name in HOOKS]}
    (folder / ".pre-commit-config.yaml").write_text(json.dumps({"repos": [wants]}))
    call("git", "add", "--all", cwd=folder)
    kept = os.environ | {"PRE_COMMIT_HOME": str(tmp_path / "kept")}
    done = call(pre_commit, "run", "--all-files", cwd=folder, env=kept)
    assert done.returncode == 1, done.stdout + done.stderr
    outcome = dict(re.findall(r"^(taskschema .*?)\.{3,}(\w+)$", done.stdout, re.MULTILINE))
    assert outcome == dict.fromkeys((hook["name"] for hook in HOOKS.values()), "Failed")
    assert loose.read_bytes() == wanted
    write(folder / "tasks", "bad")
    again = call(pre_commit, "run", "--all-files", cwd=folder, env=kept)
    assert again.returncode == 0, again.stdout


@pytest.mark.parametrize(
    ("path", "form"),
    [("action.yml", "github-actions"), (".github/workflows/check.yml", "github-workflows")],
)
def test_github_would_take_the_files(path: str, form: str) -> None:
    pytest.importorskip("check_jsonschema")
    command = ("-m", "check_jsonschema", "--builtin-schema", f"vendor.{form}", path)
    done = call(sys.executable, *command, cwd=ROOT)
    assert done.returncode == 0, done.stdout


def test_what_is_used_from_elsewhere_is_pinned() -> None:
    jobs = WORKFLOW["jobs"].values()
    steps = [*STEPS.values(), *(step for job in jobs for step in job["steps"])]
    used = [step["uses"] for step in steps if "uses" in step]
    assert "./" in used
    assert all(name == "./" or re.search(r"@[0-9a-f]{40}$", name) for name in used)


def test_inputs_reach_scripts_only_as_variables() -> None:
    assert not any("${{" in step.get("run", "") for step in STEPS.values())
    env = STEPS["check"]["env"]
    given = {**env, **STEPS["python"]["with"]}.values()
    for name, declared in ACTION["inputs"].items():
        assert f"${{{{ inputs.{name} }}}}" in given
        assert declared["description"].endswith(".")
    assert all(f"${name}" in STEPS["check"]["run"] for name in env)


class Runner:
    """The step that checks, run as GitHub would, with some of the inputs given."""

    def __init__(self, folder: Path) -> None:
        self.workspace = folder / "workspace"
        self.summary = folder / "summary"
        self.calls = folder / "calls"
        self.stub = folder / "python"
        self.stub.write_text(STUB)
        self.stub.chmod(0o755)
        self.temporary = folder / "temporary"
        for place in (self.workspace, self.temporary):
            place.mkdir()

    def run(
        self, *, python: str | Path | None = None, code: int = 0, **inputs: str
    ) -> subprocess.CompletedProcess[str]:
        values = {name: declared["default"] for name, declared in ACTION["inputs"].items()}
        values |= {name.replace("_", "-"): value for name, value in inputs.items()}
        env = {
            name: re.sub(r"\$\{\{ inputs\.(\S+) \}\}", lambda m: values[m[1]], str(value))
            for name, value in STEPS["check"]["env"].items()
        }
        env |= {
            "PATH": os.environ["PATH"],
            "PYTHON": str(python or self.stub),
            "RUNNER_TEMP": str(self.temporary),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "TASKSCHEMA_CACHE": str(self.temporary / "cache"),
            "CALLS": str(self.calls),
            "CODE": str(code),
        }
        script = self.temporary / "script.sh"
        script.write_text(STEPS["check"]["run"])
        return call(*BASH, script, cwd=self.workspace, env=env)

    @property
    def called(self) -> list[list[str]]:
        return [json.loads(line) for line in self.calls.read_text().splitlines()]


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


BEGIN = ["-I", "-m", "taskschema", "check"]


def test_by_default_the_folder_of_tasks_is_annotated_and_summed_up(runner: Runner) -> None:
    done = runner.run()
    assert (done.returncode, done.stdout, done.stderr) == (0, "::warning ::said\n", "")
    output = f"--output-file={runner.temporary}/taskschema-summary.md"
    assert runner.called == [
        [*BEGIN, "--format=github", "--", "tasks"],
        [*BEGIN, "--format=markdown", output, "--", "tasks"],
    ]
    assert runner.summary.read_text() == "## report\n"


def test_inputs_become_options(runner: Runner) -> None:
    runner.run(
        paths="tasks\n\nmore tasks\n-x\n",
        profile="superni",
        strict="true",
        changed_since="origin/main",
        summary="false",
        args="--ignore=TXT\n--report=a page.html\n",
    )
    assert runner.called == [
        [
            *(*BEGIN, "--ignore=TXT", "--report=a page.html", "--profile=superni"),
            *("--changed-since=origin/main", "--strict", "--format=github"),
            *("--", "tasks", "more tasks", "-x"),
        ]
    ]
    assert not runner.summary.exists()


@pytest.mark.parametrize("name", ["strict", "summary"])
@pytest.mark.parametrize("word", ["True", "yes", "1", ""])
def test_a_switch_that_is_neither_true_nor_false_stops_the_action(
    name: str, word: str, runner: Runner
) -> None:
    done = runner.run(**{name: word})
    assert (done.returncode, runner.calls.exists()) == (2, False)
    assert done.stdout.startswith("::error title=taskschema::strict and summary are true or false")


@pytest.mark.parametrize(("code", "summed_up"), [(0, True), (1, True), (2, False), (3, False)])
def test_the_exit_code_is_that_of_the_check(code: int, summed_up: bool, runner: Runner) -> None:  # noqa: FBT001
    runner.summary.write_text("before\n")
    assert runner.run(code=code).returncode == code
    assert runner.summary.read_text() == ("before\n## report\n" if summed_up else "before\n")


def test_other_formats_cannot_give_commands_to_the_runner(runner: Runner) -> None:
    stop, said, resume = runner.run(format="text").stdout.splitlines()
    assert said == "::warning ::said"
    token = stop.removeprefix("::stop-commands::")
    assert re.fullmatch(r"taskschema-\d+", token)
    assert resume == f"::{token}::"
    assert runner.run(format="text").stdout.splitlines()[0] != stop


HOSTILE = (
    '"; touch pwned; "',
    "'; touch pwned; '",
    "$(touch pwned)",
    "`touch pwned`",
    "x & touch pwned #",
    "x | touch pwned",
    "a[$(touch pwned)]",
    "${PATH}",
    "*",
    "--help",
    "\\",
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["paths", "profile", "strict", "changed_since", "format", "args"])
def test_what_a_caller_gives_is_never_run(name: str, text: str, runner: Runner) -> None:
    done = runner.run(**{name: text})
    assert (done.returncode, done.stderr) == (2 if name == "strict" else 0, "")
    assert list(runner.workspace.iterdir()) == []
    if name == "strict":
        assert text not in done.stdout
        return
    words = {word.partition("=")[2] if "=" in word else word for word in runner.called[0]}
    assert text in words


def reports(*names: str) -> None:
    """Skip where the reporters that the action uses are not there yet."""
    absent = set(names) - set(ALL_REPORTERS.names())
    if absent:
        pytest.skip(f"there is no reporter {', '.join(absent)}")


def test_a_fault_is_annotated_and_fails(runner: Runner) -> None:
    reports("github", "markdown")
    write(runner.workspace / "tasks", "bad", definition=[" "])
    # Isolated Python takes no module from the folder it is started in.
    for name in ("taskschema", "json", "typer"):
        (runner.workspace / f"{name}.py").write_text("open('pwned', 'w')")
    done = runner.run(python=sys.executable)
    assert done.returncode == 1, done.stderr
    assert re.search(r"^::error [^\n]*file=tasks/bad\.json,line=\d+", done.stdout, re.MULTILINE)
    assert "DEF001" in runner.summary.read_text()
    assert not (runner.workspace / "pwned").exists()
    write(runner.workspace / "tasks", "bad")
    runner.summary.unlink()
    again = runner.run(python=sys.executable)
    assert again.returncode == 0
    assert "::error" not in again.stdout
    assert "DEF001" not in runner.summary.read_text()


def test_a_path_that_is_not_there_ends_with_two(runner: Runner) -> None:
    reports("github", "markdown")
    done = runner.run(python=sys.executable, paths="absent")
    assert done.returncode == 2
    assert "absent: does not exist" in done.stderr
    assert not runner.summary.exists()


@pytest.mark.matrix
def test_the_action_installs_itself(runner: Runner, tmp_path: Path) -> None:
    reports("github", "markdown")
    script = tmp_path / "install.sh"
    script.write_text(STEPS["install"]["run"])
    output = tmp_path / "output"
    places = {
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_OUTPUT": str(output),
        "PYTHON": sys.executable,
        "RUNNER_OS": "Linux",
        "RUNNER_TEMP": str(runner.temporary),
    }
    installed = call(*BASH, script, cwd=runner.workspace, env=os.environ | places)
    assert installed.returncode == 0, installed.stderr
    python = output.read_text().strip().removeprefix("python=")
    write(runner.workspace / "tasks", "bad", definition=[" "])
    done = runner.run(python=python)
    assert done.returncode == 1, done.stderr
    assert "::error " in done.stdout
    assert "DEF001" in runner.summary.read_text()


def examples() -> list[Any]:
    return [
        yaml.safe_load(block)
        for block in re.findall(r"^```yaml\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)
    ]


def test_the_document_shows_hooks_and_inputs_that_there_are() -> None:
    whole, elsewhere, workflow, _ = examples()
    assert {hook["id"] for hook in whole["repos"][0]["hooks"]} == set(HOOKS)
    assert {hook["id"] for hook in elsewhere} <= set(HOOKS)
    (step,) = [
        step
        for step in workflow["jobs"]["tasks"]["steps"]
        if step["uses"].startswith("OWNER/taskschema@")
    ]
    assert set(step["with"]) <= set(ACTION["inputs"])
    told = re.findall(r"^\| `([\w-]+)` \| (?:`(.*?)`)?", DOCUMENT, re.MULTILINE)
    defaults = {name: declared["default"] for name, declared in ACTION["inputs"].items()}
    assert dict(told) == defaults


def test_the_settings_for_gitlab_write_what_it_reads(tmp_path: Path) -> None:
    reports("gitlab")
    settings = examples()[3]["tasks"]
    write(tmp_path / "tasks", "bad", definition=[" "])
    _, command = settings["script"]
    program, *arguments = shlex.split(command)
    assert program == "taskschema"
    done = run_command(*arguments, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    written = json.loads((tmp_path / settings["artifacts"]["reports"]["codequality"]).read_text())
    assert [issue["check_name"] for issue in written] == ["DEF001"]
