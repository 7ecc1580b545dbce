"""The command line as a user meets it: output, exit codes and messages that say how to go on."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.commands import run_command
from typer.testing import CliRunner, Result

from taskschema.cli.app import COMMANDS as ALL_COMMANDS
from taskschema.cli.app import app
from taskschema.rules.registry import all_rules
from taskschema.rules.rule import Rule
from taskschema.rules.smallest_task import smallest_task
from taskschema.schema import canonical

COMMANDS = ALL_COMMANDS.names()


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def write(folder: Path, stem: str, **overlay: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{stem}.json"
    path.write_bytes(canonical.dumps(smallest_task(stem, overlay), 3))
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Example" in result.output
    assert f"taskschema {command}" in result.output


def test_help_names_every_command() -> None:
    output = run("--help").output
    assert all(command in output for command in COMMANDS)


def test_check_reports_and_exits(tmp_path: Path) -> None:
    write(tmp_path, "task")
    clean = run("check", tmp_path)
    assert (clean.exit_code, clean.output) == (0, "1 file checked, nothing found.\n")
    write(tmp_path, "task", categories=["Question answering"])
    warned = run("check", tmp_path)
    assert warned.exit_code == 0
    assert "warning TAX001 unknown-term: /categories/0:" in warned.output
    assert "Did you mean `Question Answering`" in warned.output
    assert run("check", tmp_path, "--strict").exit_code == 1
    (tmp_path / "task.json").write_text("{")
    broken = run("check", tmp_path)
    assert broken.exit_code == 1
    assert f"{tmp_path}/task.json:1:2: error FIL005 invalid-json:" in broken.output
    assert "`taskschema explain FIL005`" in broken.output


def test_check_sums_up_what_repeats(tmp_path: Path) -> None:
    rows = [{"id": str(n), "input": f"i {n}", "output": [f"o {n} "]} for n in range(30)]
    write(tmp_path, "task", instances=rows)
    output = run("check", tmp_path).output
    assert output.count("starts or ends with white space") == 5
    assert "... and 25 more INS007 stray-white-space here" in output
    report = json.loads(run("check", tmp_path, "--format", "json").output)
    assert report["counts"] == {"INS007": 30}
    assert len(report["findings"]) == 30


def test_the_json_report(tmp_path: Path) -> None:
    path = write(tmp_path, "task", extra=1, aliases=["task"])
    report = json.loads(run("check", tmp_path, "--format", "json").output)
    assert list(report) == ["schema_version", "files", "counts", "findings"]
    assert (report["files"], report["counts"]) == (1, {"SCH002": 1})
    assert report["findings"] == [
        {
            "code": "SCH002",
            "name": "unknown-key",
            "severity": "error",
            "path": path.as_posix(),
            "pointer": "/extra",
            "line": report["findings"][0]["line"],
            "column": 3,
            "message": "`extra` is not a key of the schema here. Did you mean `extras`?",
            "instance": "",
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "absent"], "absent: does not exist"),
        (["check", "--profile", "strict"], "'strict' is not one of default, superni"),
        (["check", "--format", "xml"], "'xml' is not one of github, gitlab, html, json"),
        (["check", "--fromat", "json"], "No such option: --fromat"),
        (["schema", "4"], "'4' is not one of 1, 2, 3"),
        (["migrate", "tasks", "--to", "9"], "'9' is not one of 1, 2, 3"),
        (["export", "csv", "out"], "'csv' is not one of axolotl"),
        (["explain", "INS02"], "Did you mean INS002"),
        (["explain", "instances.outputs"], "Did you mean instances.output"),
        (["check", "."], "holds no task files"),
        (["export", "huggingface", "out"], "holds no task files"),
        (["chekc"], "No such command"),
    ],
)
def test_what_cannot_go_on_says_so_in_words(
    arguments: list[str], message: str, tmp_path: Path
) -> None:
    result = run_command(*arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_our_own_fault_is_one_line_and_code_3(tmp_path: Path) -> None:
    write(tmp_path, "task")
    script = (
        "import taskschema.gate.check, taskschema.__main__ as main, sys\n"
        "def fail(*_, **__): raise ZeroDivisionError('x')\n"
        "taskschema.gate.check.check_collection = fail\n"
        f"sys.argv = ['taskschema', 'check', {str(tmp_path)!r}]\n"
        "main.main()\n"
    )
    command = [sys.executable, "-c", script]
    quiet = subprocess.run(command, capture_output=True, text=True, check=False)
    assert quiet.returncode == 3
    assert quiet.stderr.startswith("taskschema: ZeroDivisionError: x.")
    assert quiet.stderr.count("\n") == 1
    debugging = {**os.environ, "TASKSCHEMA_DEBUG": "1"}
    loud = subprocess.run(command, capture_output=True, text=True, check=False, env=debugging)
    assert "Traceback" in loud.stderr


def test_a_reader_that_stops_early_is_no_fault(tmp_path: Path) -> None:
    rows = [{"id": str(n), "input": f"i {n}", "output": [" "]} for n in range(3000)]
    write(tmp_path, "task", instances=rows)
    command = f"{sys.executable} -m taskschema check --format json {tmp_path} | head -n 1"
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (result.stdout, result.stderr) == ("{\n", "")


def test_fmt_rewrites_what_is_not_canonical(tmp_path: Path) -> None:
    write(tmp_path, "done")
    loose = tmp_path / "loose.json"
    task = smallest_task("loose")
    loose.write_text(json.dumps(dict(reversed(task.items())), ensure_ascii=True))
    (tmp_path / "broken.json").write_text("{")
    old = tmp_path / "old.json"
    old_task = {
        "Definition": ["é"],
        "Positive Examples": [],
        "Negative Examples": [],
        "Instances": [],
    }
    old.write_text(json.dumps(old_task))
    before = loose.read_bytes()
    checked = run("fmt", "--check", tmp_path)
    assert checked.exit_code == 1
    assert f"would reformat {loose}" in checked.output
    assert loose.read_bytes() == before
    result = run("fmt", tmp_path)
    assert result.exit_code == 1
    assert "2 reformatted, 1 already canonical." in result.output
    assert "Skipped 1 file." in result.output
    assert loose.read_bytes() == canonical.dumps(task, 3)
    assert old.read_text() == json.dumps(old_task, indent=4, ensure_ascii=False)
    (tmp_path / "broken.json").unlink()
    again = run("fmt", tmp_path)
    assert (again.exit_code, again.output) == (0, "0 reformatted, 3 already canonical.\n")


def test_canonical_rows_take_a_line_each(tmp_path: Path) -> None:
    lines = write(tmp_path, "task").read_text().splitlines()
    assert sum(line.startswith('    {"id": ') for line in lines) == 26
    assert sum(line.startswith('    {"input": ') for line in lines) == 3


def test_schema_prints_what_is_published() -> None:
    for version in (1, 2, 3):
        printed = json.loads(run("schema", str(version)).output)
        assert printed["$id"] == f"urn:taskschema:task.v{version}"
    assert run("schema").output == run("schema", "3").output


def test_explain_knows_rules_and_fields() -> None:
    by_code = run("explain", "ins002").output
    assert by_code == run("explain", "duplicate-input").output
    assert by_code.startswith("INS002 duplicate-input (error, since 0.1)\n")
    assert (
        "One of: text, label, set, fields, choices" in run("explain", "answer_format.kind").output
    )
    assert "Keys: id, input, output" in run("explain", "instances").output


def test_explain_says_of_a_term_which_vocabulary_has_it() -> None:
    said = run("explain", "sentiment analysis").output
    assert said == "Sentiment Analysis is a term of categories: `taskschema explain categories`.\n"


def test_explain_lists_rules_and_terms() -> None:
    everything = run("explain").output.splitlines()
    assert [line.split()[0] for line in everything] == [rule.code for rule in all_rules()]
    family = run("explain", "att").output.splitlines()
    assert [line.split()[0] for line in family] == ["ATT001", "ATT002", "ATT003"]
    assert "  Question Answering\n" in run("explain", "categories").output


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_every_rule_can_be_explained(rule: Rule) -> None:
    result = run("explain", rule.code)
    assert result.exit_code == 0
    assert result.output.startswith(f"{rule.code} {rule.name} ({rule.severity}, since ")


def test_version() -> None:
    assert run("--version").output.startswith("taskschema 0.")
