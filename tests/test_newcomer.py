"""What a new contributor adds works with one file and no central edit.

Each file in `tests/data/newcomer/` is one plugin, in the folder of the package where it belongs.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.checkout import ROOT

from taskschema.rules.smallest_task import write_task

PLUGINS = ROOT / "tests" / "data" / "newcomer"
TASKS = ("--collection", "tasks")
FIELD = '''    audience: str | None = Field(None, examples=["children"])
    """The readers that the task is written for."""
'''
REGENERATE = """
import json, pathlib
from taskschema.schema.model.json_schema import schema
text = json.dumps(schema(), indent=2, ensure_ascii=False) + "\\n"
pathlib.Path("schemas/task.v3.schema.json").write_text(text, encoding="utf-8", newline="\\n")
"""


class Copy:
    """A copy of the package, and a collection of one task next to it."""

    def __init__(self, folder: Path) -> None:
        for name in ("taskschema", "schemas"):
            shutil.copytree(ROOT / name, folder / name)
        self.folder = folder
        self.task = write_task(folder / "tasks", "calm", {"definition": ["Name the number!"]})

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def run(self, *arguments: str) -> str:
        """Run a command of the copy; return what it prints."""
        done = self.python("-m", "taskschema", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy with the plugins; no file of the package is replaced."""
    copy = Copy(tmp_path_factory.mktemp("newcomer"))
    for path in PLUGINS.rglob("*.py"):
        target = copy.folder / "taskschema" / path.relative_to(PLUGINS)
        assert target.parent.is_dir()
        assert not target.exists()
        shutil.copy(path, target)
    return copy


def test_new_rule_is_checked_and_explained(extended: Copy) -> None:
    found = extended.run("check", "tasks", "--select", "NEW")
    assert "warning NEW001 shouted-definition: /definition/0: ends with `!`" in found
    assert "End the definition with a full stop." in extended.run("explain", "NEW001")


def test_new_report_format_is_written(extended: Copy) -> None:
    found = extended.run("check", "tasks", "--select", "NEW", "--format", "places")
    assert found == "tasks/calm.json /definition/0 NEW001\n"


def test_new_format_is_converted_to(extended: Copy) -> None:
    extended.run("convert", "tasks", "cards.txt", "--to", "flash_cards")
    first = (extended.folder / "cards.txt").read_text(encoding="utf-8").partition("\n")[0]
    assert first == "question 0 of calm | answer 0"


def test_new_view_is_exported(extended: Copy) -> None:
    extended.run("export", "jsonl", "records", *TASKS, "--view", "question_answer")
    (path,) = (extended.folder / "records").glob("*.jsonl")
    first = json.loads(path.read_text(encoding="utf-8").partition("\n")[0])
    assert first == {"question": "question 0 of calm", "answer": "answer 0"}


def test_new_exporter_is_run(extended: Copy) -> None:
    extended.run("export", "briefings", "briefings", *TASKS)
    written = (extended.folder / "briefings" / "calm.txt").read_text(encoding="utf-8")
    assert written == "Name the number!\n"


def test_new_command_is_run_and_listed(extended: Copy) -> None:
    assert extended.run("greet", "Ada") == "Hello, Ada.\n"
    assert "Greet a contributor." in extended.run("--help")


def test_new_field_is_checked_and_explained(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    model = copy.folder / "taskschema" / "schema" / "model" / "task.py"
    before = model.read_text(encoding="utf-8")
    anchor = "    description: str | None = "
    assert before.count(anchor) == 1
    model.write_text(before.replace(anchor, FIELD + anchor), encoding="utf-8")
    done = copy.python("-c", REGENERATE)
    assert done.returncode == 0, done.stderr

    task = json.loads(copy.task.read_bytes())
    copy.task.write_text(json.dumps(task | {"audience": "children"}), encoding="utf-8")
    copy.run("fmt", "tasks")
    wrong = json.dumps(task | {"name": "wrong", "audience": 7})
    copy.task.with_name("wrong.json").write_text(wrong, encoding="utf-8")
    checked = copy.python("-m", "taskschema", "check", "tasks", "--select", "SCH")
    assert "tasks/wrong.json:1:" in checked.stdout
    assert "SCH003 wrong-type: /audience" in checked.stdout
    assert "2 files checked: 1 error, 0 warnings." in checked.stdout
    assert "The readers that the task is written for." in copy.run("explain", "audience")
