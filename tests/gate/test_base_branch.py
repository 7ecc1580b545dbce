"""`check --base`: names that others took in the base branch meanwhile."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from support.checkout import ROOT
from typer.testing import CliRunner

from taskschema.cli.app import app
from taskschema.core.errors import TaskSchemaError
from taskschema.rules.registry import rules_of
from taskschema.rules.rule import CollectionRule
from taskschema.rules.smallest_task import smallest_task, write_task

(RULE,) = (rule for rule in rules_of(CollectionRule) if rule.code == "COL005")


def git(folder: Path, *arguments: str) -> None:
    name = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *name, *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "--allow-empty", "-m", "more")


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    """The folder of tasks of a repository with one task, in a branch that began at `main`."""
    git(tmp_path, "init", "-q", "-b", "main")
    write_task(tmp_path / "tasks", "old", {"aliases": ["older"]})
    commit(tmp_path)
    git(tmp_path, "switch", "-q", "-c", "mine")
    return tmp_path / "tasks"


def meanwhile(tasks: Path, *files: str, **overlays: dict[str, Any]) -> None:
    """Let `main` get tasks; those whose names are given alone are files that are taken away."""
    commit(tasks)
    git(tasks, "switch", "-q", "main")
    for name, overlay in overlays.items():
        write_task(tasks, name, overlay)
    for name in files:
        (tasks / f"{name}.json").unlink()
    commit(tasks)
    git(tasks, "switch", "-q", "mine")


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["check", "--no-cache", *map(str, arguments)])
    if isinstance(done.exception, TaskSchemaError):
        return 2, str(done.exception)
    assert not done.exception or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def taken(tasks: Path, *options: str, base: str = "main") -> list[tuple[str, str, str]]:
    _, report = run(tasks, "--base", base, "--format", "json", "--select", "COL", *options)
    found = json.loads(report)["findings"]
    assert {one["code"] for one in found} <= {"COL005"}
    return [(Path(one["path"]).name, one["pointer"], one["message"]) for one in found]


@pytest.mark.parametrize(("word", "count"), [("good", 0), ("bad", 1)])
def test_the_examples_of_the_rule(word: str, count: int, tasks: Path) -> None:
    files = getattr(RULE, word)
    for stem, overlay in files.items():
        if ":" not in stem:
            write_task(tasks, stem, overlay)
    meanwhile(tasks, **{stem[5:]: value for stem, value in files.items() if ":" in stem})
    assert len(taken(tasks)) == count


def test_names_and_aliases_are_compared_with_what_came_since(tasks: Path) -> None:
    write_task(tasks, "one", {"aliases": ["two"]})
    write_task(tasks, "three", {"aliases": ["free"]})
    meanwhile(tasks, one={"summary": "Another."}, two={}, four={"aliases": ["three"]}, old={})
    since = "in main after this branch started:"
    advice = "Run `taskschema rename`, and remove the alias that it keeps of this name."
    removal = f"Remove the alias: `taskschema set aliases-=two {tasks}/one.json`."
    assert taken(tasks) == [
        ("one.json", "/name", f"`one` was taken {since} {tasks}/one.json. {advice}"),
        ("one.json", "/aliases/0", f"`two` was taken {since} {tasks}/two.json. {removal}"),
        (
            "three.json",
            "/name",
            f"`three` was taken as an alias of `four` {since} {tasks}/four.json. {advice}",
        ),
    ]
    assert run(tasks, "--select", "COL")[0] == 0
    assert run(tasks, "--select", "COL", "--base", "main")[0] == 1
    assert taken(tasks, "--changed-since", "main") == taken(tasks)
    git(tasks, "rm", "-q", "one.json")
    commit(tasks)
    git(tasks, "merge", "-q", "main")  # what is merged is judged as one collection
    assert '"COL001"' in run(tasks, "--base", "main", "--format", "json")[1]


def test_what_both_sides_had_or_share_is_no_news(tasks: Path) -> None:
    write_task(tasks, "same", {"aliases": ["equal"]})
    write_task(tasks, "old", {"aliases": ["older", "oldest"]})
    meanwhile(tasks, same={"aliases": ["equal"]}, old={"aliases": ["older", "oldest", "eldest"]})
    assert taken(tasks) == []


def test_a_name_of_a_renamed_task_is_no_news_but_its_new_one_is(tasks: Path) -> None:
    write_task(tasks, "fresh")
    meanwhile(tasks, "old", fresh={"aliases": ["old", "older"], "summary": "It was old."})
    assert [one[:2] for one in taken(tasks)] == [("fresh.json", "/name")]


def test_older_versions_and_files_that_are_no_tasks_have_names_too(tasks: Path) -> None:
    v2 = (ROOT / "tests" / "data" / "valid").rglob("*.json")
    source = next(path for path in v2 if b'"Instances"' in path.read_bytes())
    (tasks / "Café.json").write_bytes(source.read_bytes())
    write_task(tasks, "broken")
    commit(tasks)
    git(tasks, "switch", "-q", "main")
    (tasks / "CAFE\u0301.json").write_bytes(source.read_bytes() + b"\n")
    (tasks / "broken.json").write_text("{")
    commit(tasks)
    git(tasks, "switch", "-q", "mine")
    found = taken(tasks)
    assert [one[0] for one in found] == ["Café.json", "broken.json"]
    assert "was taken as `CAFE\u0301` in main" in found[0][2]


def test_work_that_is_not_committed_counts_and_the_branch_itself_does_not(tasks: Path) -> None:
    meanwhile(tasks, one={})
    write_task(tasks, "one", {"summary": "Mine."})
    assert [one[0] for one in taken(tasks)] == ["one.json"]
    assert taken(tasks, base="mine") == []
    assert taken(tasks, base="HEAD") == []


def test_the_collection_is_found_from_wherever_it_is_named(
    tasks: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_task(tasks, "one", {"summary": "Mine."})
    meanwhile(tasks, one={})
    (tasks.parent / "taskschema.toml").write_text("")
    link = tmp_path_factory.mktemp("elsewhere") / "link"
    link.symlink_to(tasks)
    monkeypatch.chdir(tasks)
    for path in (".", "one.json", "..", tasks.parent, link, os.path.relpath(tasks)):
        assert len(taken(Path(path))) == 1, path


def test_what_cannot_be_compared_is_refused_in_one_line(tasks: Path, tmp_path: Path) -> None:
    assert run(tasks, "--base", "nowhere") == (
        2,
        "'nowhere': no such revision here. `git branch --all` and `git tag` list some.",
    )
    git(tasks, "switch", "-q", "--orphan", "alone")
    write_task(tasks, "new")
    commit(tasks)
    code, told = run(tasks, "--base", "main")
    assert code == 2
    assert told.startswith("'main': has no commit in common with HEAD. Name the branch that")
    shallow = tmp_path / "shallow"
    git(tasks, "switch", "-q", "mine")
    write_task(tasks, "new")
    meanwhile(tasks, newer={})
    source = f"file://{tmp_path}"
    git(tmp_path, "clone", "-q", "--depth=1", "--no-single-branch", "-b", "mine", source, "shallow")
    code, told = run(shallow / "tasks", "--base", "origin/main")
    assert code == 2
    assert "This clone is shallow" in told
    done = CliRunner().invoke(
        app, ["check", "-", "--base", "main"], input=json.dumps(smallest_task())
    )
    assert str(done.exception) == "--base: standard input has no revisions. Remove the option."


def test_what_is_kept_is_not_told_of_another_base(
    tasks: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TASKSCHEMA_CACHE", str(tmp_path / "cache"))
    write_task(tasks, "one", {"summary": "Mine."})
    meanwhile(tasks, one={})

    def count(*options: str) -> str:
        done = CliRunner().invoke(app, ["check", str(tasks), *options, "--select", "COL"])
        return done.output.splitlines()[-2 if done.exit_code else -1]

    for _ in range(2):
        assert "1 error" in count("--base", "main")
        assert "nothing found" in count()
        assert "nothing found" in count("--base", "mine")
