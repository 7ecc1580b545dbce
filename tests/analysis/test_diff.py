"""`taskschema diff`: differences between tasks, with the command line and real repositories."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.checkout import ROOT
from support.commands import run_command
from support.costs import cheaper_than
from typer.testing import CliRunner, Result

from taskschema.analysis.diff.compare import compare
from taskschema.analysis.diff.tasks import TaskSnapshot
from taskschema.analysis.diff.word_diff import word_diff
from taskschema.cli.app import app
from taskschema.collection.revisions import changed_paths
from taskschema.core.errors import RevisionError
from taskschema.rules.smallest_task import smallest_task
from taskschema.schema import canonical, migrate

Repo = Callable[..., str]
LABELS = {"answer_format": {"kind": "label", "labels": ["yes", "no"]}}


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A new repository, which is the current folder; the fixture runs git in it."""
    for key in [key for key in os.environ if key.startswith("GIT_")]:
        monkeypatch.delenv(key)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Ada")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "ada@example.org")
    folder = tmp_path / "repository"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def git(*arguments: str) -> str:
        command = ["git", "-c", "commit.gpgSign=false", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    git("init", "--quiet", "--initial-branch=main")
    return git


def write(stem: str, folder: str | Path = "tasks", **overlay: Any) -> Path:
    path = Path(folder, f"{stem}.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(canonical.dumps(smallest_task(stem, overlay), 3))
    return path


def rows(count: int, **first: Any) -> list[dict[str, Any]]:
    made = [{"id": f"r-{n}", "input": f"question {n}", "output": [f"a {n}"]} for n in range(count)]
    made[0] |= first
    return made


def commit(git: Repo, message: str = "a commit") -> None:
    git("add", "--all")
    git("commit", "--quiet", "--allow-empty", "--message", message)


def diff(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["diff", *map(str, arguments)])


def report(*arguments: str | Path) -> dict[str, Any]:
    result = diff(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    document: dict[str, Any] = json.loads(result.output)
    return document


def changed(*arguments: str | Path) -> dict[str, Any]:
    """The only task that differs."""
    (task,) = report(*arguments)["changed"]
    return {**task["task"], "form_only": task["form_only"]}


def cautions(task: dict[str, Any]) -> list[str]:
    return [caution["name"] for caution in task["cautions"]]


def pair(tmp_path: Path, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    old = write("task", tmp_path / "old", **before)
    new = write("task", tmp_path / "new", **after)
    return changed(old, new)


def process(*arguments: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    return run_command("diff", *arguments, **more)


# Two states of a repository


def test_a_headline_for_each_task_and_a_line_for_each_difference(repo: Repo) -> None:
    write("kept")
    write("lost")
    write("edited", instances=rows(26), revision=1)
    commit(repo)
    Path("tasks/lost.json").unlink()
    write("new", instances=rows(30, input="quite another"))
    write("edited", instances=rows(27, output=["b"])[:1] + rows(27)[2:], revision=1)
    result = diff("main")
    assert (result.exit_code, result.output) == (
        0,
        """\
- lost (tasks/lost.json): 26 instances
+ new (tasks/new.json): 30 instances
~ edited (tasks/edited.json)
  ! revision not raised: it is still 1, but the instances changed. Raise it.
  - instance r-1 "question 1" -> "a 1"
  + instance r-26 "question 26" -> "a 26"
  ~ instance r-0 /output: "a 0" -> "b"
4 tasks: 1 added, 1 removed, 1 changed, 1 unchanged.
""",
    )
    assert diff("main", "--exit-code").exit_code == 1


def test_equal_tasks_have_no_difference(repo: Repo) -> None:
    write("task")
    commit(repo)
    for arguments in (["main"], ["HEAD", "main"], ["tasks", "tasks"]):
        result = diff(*arguments, "--exit-code")
        assert (result.exit_code, result.output) == (0, "1 task: 1 unchanged.\n")


def test_every_kind_of_revision_is_accepted(repo: Repo) -> None:
    for number, name in enumerate(("first", "second", "third")):
        write("task", summary=name, revision=number + 1)
        commit(repo)
        repo("tag", name)
    second = repo("rev-parse", "second").strip()
    for base in ("second", "HEAD~1", second, second[:10], "main^", "refs/tags/second"):
        (change,) = changed(base, "HEAD")["fields"]
        assert change == {"pointer": "/summary", "before": "second", "after": "third"}
    assert changed("third", "first")["revisions"] == [3, 1]


def test_the_work_tree_has_staged_unstaged_and_untracked_files(repo: Repo) -> None:
    Path(".gitignore").write_text("draft*\n")
    for name in ("staged", "unstaged", "both", "taken"):
        write(name)
    commit(repo)
    write("staged", summary="one")
    repo("add", "--all")
    write("unstaged", summary="two")
    write("both", summary="one")
    repo("add", "tasks/both.json")
    write("both")
    write("untracked", definition=["Another."], instances=rows(26))
    write("draft")
    repo("rm", "--quiet", "--cached", "tasks/taken.json")
    found = report("HEAD")
    assert [task["task"]["name"] for task in found["changed"]] == ["staged", "unstaged"]
    assert [task["name"] for task in found["added"]] == ["untracked"]
    assert (found["removed"], found["unchanged"]) == ([], 2)


def test_the_work_tree_may_be_empty(repo: Repo) -> None:
    write("task")
    commit(repo)
    shutil.rmtree("tasks")
    assert [task["name"] for task in report("main")["removed"]] == ["task"]
    assert [task["name"] for task in report("main", "--collection", "tasks")["removed"]] == ["task"]


def test_files_outside_a_sparse_checkout_are_unchanged(repo: Repo) -> None:
    write("one", "tasks/a")
    write("two", "tasks/b")
    commit(repo)
    repo("sparse-checkout", "set", "tasks/a")
    assert not Path("tasks/b").exists()
    assert report("main")["unchanged"] == 2


def test_a_revision_is_read_with_its_own_settings(repo: Repo) -> None:
    write("kept", "old")
    write("other", "elsewhere")
    write("hidden", "old/.drafts")
    export = {"kind": "x", "tasks": 1, "instances": 1, "schema_version": 3}
    export |= {"files": [{"path": "exported.json", "rows": 1, "sha256": ""}]}
    write("exported", "old/export")
    Path("old/export/manifest.json").write_text(json.dumps(export))
    Path("taskschema.toml").write_text('tasks = ["old"]\n')
    commit(repo)
    repo("tag", "first")
    shutil.move("old", "new")
    Path("taskschema.toml").write_text('tasks = ["new"]\n')
    commit(repo)
    for head in ("main", None):
        task = changed("first", *([head] if head else []))
        assert (task["form_only"], task["moved_from"]) == (True, "old/kept.json")
        assert "moved from old/kept.json" in diff("first").output


def test_a_subfolder_and_a_single_file_can_be_compared(repo: Repo) -> None:
    for folder in ("a/tasks", "b/tasks"):
        write("task", folder)
        write("more", folder)
    commit(repo)
    for folder in ("a", "b"):
        for name in ("task", "more"):
            write(name, f"{folder}/tasks", summary=folder)
    found = report("main", "--collection", "a")
    assert [task["task"]["path"] for task in found["changed"]] == [
        "a/tasks/more.json",
        "a/tasks/task.json",
    ]
    assert changed("main", "--collection", "a/tasks/task.json")["path"] == "a/tasks/task.json"
    assert changed("main", "a/tasks/task.json")["path"] == "a/tasks/task.json"
    os.chdir("b")
    assert len(report("main")["changed"]) == 2
    assert changed("main", "tasks/task.json")["name"] == "task"


@pytest.mark.parametrize(
    "name", ['a "b" c', "zeile\nzwei", "ängström", "-dash", "tab\t", ":(top)x"]
)
def test_unusual_file_names_are_compared(repo: Repo, name: str) -> None:
    write("plain", f"tasks/{name}")
    Path("tasks", f"{name}.json").write_bytes(Path(f"tasks/{name}/plain.json").read_bytes())
    commit(repo)
    write("plain", f"tasks/{name}", summary="new")
    Path("tasks", f"{name}.json").unlink()
    found = report("main", "--collection", "tasks")
    assert [task["task"]["path"] for task in found["changed"]] == [f"tasks/{name}/plain.json"]
    assert [task["path"] for task in found["removed"]] == [f"tasks/{name}.json"]
    assert len(diff("main").output.splitlines()) == 4
    assert changed_paths(Path("tasks"), "main") == {
        Path.cwd().resolve() / "tasks" / name / "plain.json"
    }


def test_links_are_followed_within_a_revision(repo: Repo) -> None:
    write("real", "tasks/.kept")
    Path("tasks/link.json").symlink_to(".kept/real.json")
    Path("tasks/dangling.json").symlink_to("../../outside.json")
    commit(repo)
    assert report("HEAD")["unchanged"] == 1
    write("real", "tasks/.kept", summary="new")
    assert changed("HEAD")["path"] == "tasks/link.json"
    commit(repo)
    assert changed("HEAD~1", "HEAD")["path"] == "tasks/link.json"


def test_markdown_for_a_pull_request(repo: Repo) -> None:
    labelled = [
        {"id": f"{n}", "input": f"i{n}", "output": ["yes" if n % 2 else "no"]} for n in range(30)
    ]
    shown = {"positive_demonstrations": [], "negative_demonstrations": []} | LABELS
    write("task", instances=labelled, revision=1, **shown)
    write("broken")
    commit(repo)
    Path("tasks/broken.json").write_text("[]")
    labelled[0]["output"] = ["yes"]
    write("task", instances=labelled[:-1], revision=1, **shown)
    expected = """\
### Tasks in `work tree` against `main`

2 tasks: 1 changed, 1 unreadable.

| | task | instances | what |
| --- | --- | --- | --- |
| ~ | `task` | 30 → 29 | 30 -> 29 instances |
| ? | `tasks/broken.json` |  | unreadable (`work tree`): `VER001 the file does not hold a JSON object, so it is not a task. Move it out of the folder.` |

#### `task`

- ⚠️ revision not raised: it is still 1, but the instances changed. Raise it.

```diff
- instance 29 "i29" -> "yes"
```

```diff
! instance 0 /output: "no" -> "yes"
```

| label | before | after |
| --- | --- | --- |
| `"yes"` | 15 (50%) | 15 (52%) |
| `"no"` | 15 (50%) | 14 (48%) |
"""  # noqa: E501 - a row of a table
    assert diff("main", "--format", "markdown").output == expected
    assert "... and 1 more" in diff("main", "--format", "markdown", "--max-rows", "1").output


# What makes tasks the same, and what makes them differ


def test_another_layout_or_version_is_a_change_of_form(tmp_path: Path) -> None:
    old = write("task", tmp_path, definition=["Do it."], licenses=None, provenance=None)
    new = tmp_path / "task.2.json"
    task = json.loads(old.read_bytes())
    new.write_text(json.dumps(dict(reversed(task.items())), indent=8))
    result = diff(old, new, "--exit-code")
    assert result.exit_code == 0
    assert "only the form changed" in result.output
    assert result.output.endswith("1 task: 1 changed in form only.\n")
    old_version, _ = migrate.downgrade(task, to=2)
    older = tmp_path / "old" / "task.json"
    older.parent.mkdir()
    older.write_bytes(canonical.dumps(old_version, 2))
    found = changed(older, old)
    assert (found["form_only"], found["versions"], found["cautions"]) == (True, [2, 3], [])
    assert "only the form changed, version 2 -> 3" in diff(older, old).output


def test_a_migrated_corpus_file_is_the_same_task(corpus: Path, tmp_path: Path) -> None:
    path = sorted(corpus.glob("*.json"))[5]
    document = json.loads(path.read_bytes())
    upgraded = migrate.upgrade(document, name=path.stem)
    new = tmp_path / path.name
    new.write_bytes(canonical.dumps(upgraded, 3))
    assert changed(path, new)["form_only"]
    shuffled = {key: document[key] for key in sorted(document)}
    new.write_text(json.dumps(shuffled))
    assert changed(path, new)["form_only"]


def test_ids_of_version_1_files_cannot_change(tmp_path: Path) -> None:
    document: dict[str, Any] = {
        "Title": "t",
        "Prompt": "p",
        "Definition": "Do it.",
        "Things to Avoid": "-",
        "Emphasis & Caution": "-",
        "Examples": {"Positive Examples": [], "Negative Examples": []},
        "Instances": [{"input": f"i{n}", "output": [f"o{n}"]} for n in range(5)],
    }
    for folder in ("old", "new"):
        (tmp_path / folder).mkdir()
    (tmp_path / "old/first.json").write_text(json.dumps(document))
    document["Instances"][2]["output"] = ["changed"]
    (tmp_path / "new/second.json").write_text(json.dumps(document))
    task = changed(tmp_path / "old", tmp_path / "new")
    assert task["renamed_from"] == "first"
    assert task["instances"]["reidentified"] == []
    (edit,) = task["instances"]["edited"]
    assert edit["changes"] == [{"pointer": "/output", "before": ["o2"], "after": ["changed"]}]
    assert cautions(task) == []


def test_the_order_of_instances_is_reported_as_form(tmp_path: Path) -> None:
    task = pair(tmp_path, {"instances": rows(30)}, {"instances": rows(30)[::-1]})
    assert (task["form_only"], task["instances"]["reordered"]) == (True, True)
    assert "instances in another order" in diff(tmp_path / "old", tmp_path / "new").output
    inserted = [{"id": "x", "input": "new", "output": ["n"]}, *rows(30)]
    task = pair(tmp_path, {"instances": rows(30)}, {"instances": inserted})
    assert task["instances"]["reordered"] is False


def test_the_order_of_demonstrations_is_a_difference(tmp_path: Path) -> None:
    shown = smallest_task()["positive_demonstrations"]
    task = pair(tmp_path, {"revision": 1}, {"revision": 1, "positive_demonstrations": shown[::-1]})
    assert task["form_only"] is False
    assert cautions(task) == ["revision-not-raised"]
    output = diff(tmp_path / "old", tmp_path / "new").output
    assert "~ positive demonstrations in another order" in output


def test_demonstrations_are_named_by_their_input(tmp_path: Path) -> None:
    old = [
        {"input": "a", "output": "1", "explanation": "x"},
        {"input": "b", "output": "2", "explanation": "y"},
        {"input": "c", "output": "3", "explanation": "z"},
    ]
    new = [
        {"input": "a", "output": "1", "explanation": "better"},
        {"input": "B", "output": "2", "explanation": "y"},
        {"input": "d", "output": "4", "explanation": "w"},
    ]
    task = pair(tmp_path, {"positive_demonstrations": old}, {"positive_demonstrations": new})
    found = task["positive_demonstrations"]
    assert [row["input"] for row in found["added"]] == ["d"]
    assert [row["input"] for row in found["removed"]] == ["c"]
    assert [(edit["before"], edit["after"]) for edit in found["edited"]] == [("a", "a"), ("b", "B")]


def test_fields_of_every_type_are_compared(tmp_path: Path) -> None:
    before = {
        "definition": ["Add the two numbers.", "Sum them."],
        "categories": ["Mathematics", "Question Answering"],
        "summary": "Add.",
        "languages": {"input": ["en"], "output": ["en"]},
        "extras": {"note": True},
        "revision": 1,
    }
    after = {
        "definition": ["Multiply the two numbers.", "Sum them.", "Work it out."],
        "categories": ["Question Answering", "Mathematics"],
        "domains": ["Mathematics"],
        "languages": {"input": ["de"], "output": ["en"]},
        "extras": {"note": 1},
        "revision": 2,
    }
    task = pair(tmp_path, before, after)
    found = {change["pointer"]: (change["before"], change["after"]) for change in task["fields"]}
    assert found == {
        "/definition/0": ("Add the two numbers.", "Multiply the two numbers."),
        "/definition/2": (None, "Work it out."),
        "/categories": (["Mathematics", "Question Answering"], before["categories"][::-1]),
        "/summary": ("Add.", None),
        "/domains": (None, ["Mathematics"]),
        "/languages/input": (["en"], ["de"]),
        "/extras/note": (True, 1),
    }
    output = diff(tmp_path / "old", tmp_path / "new").output
    assert "~ task" in output
    assert "revision 1 -> 2" in output
    assert '- /summary: "Add."' in output
    assert '+ /domains: "Mathematics"' in output
    assert cautions(task) == []


def test_a_long_text_shows_the_words_that_changed(tmp_path: Path) -> None:
    long = "You are given a recipe and a question about an amount. " * 3
    new = long.replace("a recipe", "the recipe", 1).replace("an amount. You", "a cost. You", 1)
    pair(tmp_path, {"definition": [long]}, {"definition": [new]})
    output = diff(tmp_path / "old", tmp_path / "new").output
    assert (
        "You are given [-a-]{+the+} recipe and a question about [-an amount-]{+a cost+}." in output
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "word"),
        ("one two", "one  two"),
        ("漢字漢字漢字", "漢字仮名漢字"),
        ("a b " * 5000, "b c " * 5000),
        ("x" * 100_000, "x" * 100_000 + "y"),
        ("a " * 3000 + "b", "a " * 3000 + "c"),
    ],
)
def test_words_that_changed_are_few_and_found_fast(before: str, after: str) -> None:
    with cheaper_than(yardsticks=100):
        found = word_diff(before, after)
    assert any(part.sign != "=" for part in found)
    assert sum(len(part.text) for part in found) < 2000


def test_a_row_inserted_before_numbered_rows_is_one_added_row(tmp_path: Path) -> None:
    old = rows(200)
    inputs = [{"input": "new", "output": ["n"]}, *old]
    new = [{**row, "id": f"r-{n}"} for n, row in enumerate(inputs)]
    task = pair(tmp_path, {"instances": old}, {"instances": new})
    found = task["instances"]
    assert [row["input"] for row in found["added"]] == ["new"]
    assert (found["removed"], found["edited"]) == ([], [])
    assert len(found["reidentified"]) == 200
    assert "re-identified" in cautions(task)
    assert "the id of 200 instances changed" in diff(tmp_path / "old", tmp_path / "new").output


def test_a_corrected_answer_with_a_new_id_is_an_edit(tmp_path: Path) -> None:
    new = rows(30, output=["corrected"], id="other")
    found = pair(tmp_path, {"instances": rows(30)}, {"instances": new})["instances"]
    assert found["reidentified"] == [["r-0", "other"]]
    assert [edit["changes"][0]["pointer"] for edit in found["edited"]] == ["/output"]
    assert (found["added"], found["removed"]) == ([], [])


def test_rows_with_repeated_ids_are_matched(tmp_path: Path) -> None:
    old = [{"id": "same", "input": f"i{n}", "output": ["o"]} for n in range(30)]
    new = [*old[1:], {"id": "same", "input": "i30", "output": ["p"]}]
    found = pair(tmp_path, {"instances": old}, {"instances": new})["instances"]
    assert (len(found["edited"]), found["added"], found["removed"]) == (1, [], [])


def test_new_contradictions_and_duplicates_are_reported(tmp_path: Path) -> None:
    again = [
        {"id": "x", "input": "Question  3", "output": ["else"]},
        {"id": "y", "input": "question 4", "output": ["a 4"]},
        {"id": "z", "input": "question 5", "context": [{"role": "user", "content": "c"}]}
        | {"output": ["no contradiction"]},
    ]
    old = [*rows(30), {"id": "was", "input": "question 6", "output": ["before"]}]
    task = pair(tmp_path, {"instances": old}, {"instances": [*old, *again]})
    assert task["contradictions"] == [{"input": "question 3", "ids": ["r-3", "x"]}]
    assert task["duplicates"] == [{"input": "question 4", "ids": ["r-4", "y"]}]
    assert {"contradictions-introduced", "duplicates-introduced"} <= set(cautions(task))
    output = diff(tmp_path / "old", tmp_path / "new").output
    assert '~ contradiction "question 3": instances r-3, x' in output
    assert pair(tmp_path, {"instances": [*old, *again]}, {"instances": old})["duplicates"] == []


def test_changes_of_the_distribution_of_labels(tmp_path: Path) -> None:
    def labelled(texts: list[str]) -> list[dict[str, Any]]:
        return [{"id": f"{n}", "input": f"i{n}", "output": [t]} for n, t in enumerate(texts)]

    old, new = labelled(["yes"] * 20 + ["no"] * 10), labelled(["yes"] * 27 + ["maybe"] * 3)
    for declared in (LABELS, {}):
        shown = {"positive_demonstrations": [], "negative_demonstrations": []} | declared
        task = pair(tmp_path, {"instances": old} | shown, {"instances": new} | shown)
        assert task["labels"] == {
            "declared": bool(declared),
            "labels": [
                {"text": "yes", "before": 20, "after": 27},
                {"text": "maybe", "before": 0, "after": 3},
                {"text": "no", "before": 10, "after": 0},
            ],
            "gained": ["maybe"],
            "lost": ["no"],
        }
        output = diff(tmp_path / "old", tmp_path / "new").output
        assert '~ label "yes": 20 (67%) -> 27 (90%)' in output
        assert '- label "no": 10 (33%) -> 0 (0%)' in output
    # A label whose number stays the same has no line, and is not counted as one left out.
    more = {"instances": [*old, *labelled(["yes"] * 31)[30:]]} | LABELS
    pair(tmp_path, {"instances": old} | LABELS, more)
    output = diff(tmp_path / "old", tmp_path / "new").output
    assert '~ label "yes": 20 (67%) -> 21 (68%)' in output
    assert " more" not in output
    assert pair(tmp_path, {"instances": rows(30)}, {"instances": rows(31)})["labels"] is None


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ({"revision": 1}, {"revision": 2, "definition": ["Other."]}, []),
        ({"revision": 1}, {"revision": 1, "definition": ["Other."]}, ["revision-not-raised"]),
        ({}, {"answer_format": {"kind": "label"}}, ["revision-not-raised"]),
        ({"revision": 2}, {"revision": 1}, ["revision-lowered"]),
        ({"revision": 1}, {"revision": 1, "summary": "Other."}, []),
        ({"licenses": [{"text": "CC0-1.0"}]}, {"licenses": [{"text": "MIT"}]}, []),
        (
            {"licenses": [{"text": "CC-BY-NC-4.0"}]},
            {"licenses": [{"text": "CC-BY-4.0"}]},
            ["licence-more-permissive"],
        ),
        (
            {"licenses": [{"text": "CC0-1.0"}]},
            {"licenses": [{"text": "CC0-1.0"}, {"text": "CC-BY-NC-4.0"}]},
            ["licence-stricter"],
        ),
    ],
)
def test_cautions_for_reviewers(
    tmp_path: Path, before: dict[str, Any], after: dict[str, Any], found: list[str]
) -> None:
    assert cautions(pair(tmp_path, before, after)) == found


def test_changed_attachments(tmp_path: Path) -> None:
    def with_map(path: str) -> dict[str, Any]:
        return {"attachments": {"map": {"media_type": "image/png", "path": path}}}

    (change,) = pair(tmp_path, with_map("a.png"), with_map("b.png"))["fields"]
    assert change["pointer"] == "/attachments/map"


# Names


def test_a_renamed_task_is_paired(repo: Repo) -> None:
    write("by_alias", instances=rows(30))
    kept = [{"id": str(n), "input": f"k{n}", "output": ["k"]} for n in range(30)]
    write("by_content", definition=["Something."], instances=kept)
    write("by_rows", instances=[{**row, "id": f"q{n}"} for n, row in enumerate(rows(40))])
    write("gone", instances=[{"id": str(n), "input": f"g{n}", "output": ["g"]} for n in range(30)])
    commit(repo)
    shutil.rmtree("tasks")
    write("new_alias", instances=rows(30)[:3], aliases=["by_alias"], definition=["All new."])
    write("new_content", definition=["Something."], instances=kept)
    most = [{**row, "id": f"q{n}"} for n, row in enumerate(rows(40))][:-5]
    write("new_rows", instances=most, definition=["Quite another."])
    write(
        "unlike", instances=[{"id": str(n), "input": f"u{n}", "output": ["u"]} for n in range(30)]
    )
    found = report("main")
    assert {(task["task"]["renamed_from"], task["task"]["name"]) for task in found["changed"]} == {
        ("by_alias", "new_alias"),
        ("by_content", "new_content"),
        ("by_rows", "new_rows"),
    }
    assert [task["name"] for task in found["added"]] == ["unlike"]
    assert [task["name"] for task in found["removed"]] == ["gone"]
    named = {task["task"]["name"]: cautions(task["task"]) for task in found["changed"]}
    assert "no-alias" in named["new_content"]
    assert "no-alias" not in named["new_alias"]
    assert "renamed from by_alias" in diff("main").output


def test_two_files_are_compared_whatever_their_names(tmp_path: Path) -> None:
    one = write("one", tmp_path)
    other = write("other", tmp_path, instances=rows(40), definition=["All else."])
    assert changed(one, other)["renamed_from"] == "one"


def test_a_file_against_a_folder_compares_that_task(tmp_path: Path) -> None:
    write("one", tmp_path / "old")
    write("two", tmp_path / "old")
    draft = write("one", tmp_path / "new", summary="New.")
    found = report(tmp_path / "old", draft)
    assert (len(found["changed"]), found["removed"]) == (1, [])


# What cannot be read, and dead ends


def test_an_unreadable_task_is_reported_and_the_others_compared(repo: Repo) -> None:
    write("broken")
    write("mended")
    write("task")
    write("same")
    Path("tasks/mended.json").write_text("{")
    Path("tasks/same.json").write_text("no task on either side")
    commit(repo)
    Path("tasks/broken.json").write_text('{"a": 1, "a": 2}')
    Path("tasks/lone.json").write_text("[]")
    write("mended")
    write("task", summary="New.")
    found = report("main")
    assert [(fault["side"], fault["path"]) for fault in found["unreadable"]] == [
        ("work tree", "tasks/broken.json"),
        ("main", "tasks/mended.json"),
        ("work tree", "tasks/lone.json"),
    ]
    assert (len(found["changed"]), found["unchanged"]) == (1, 1)
    output = diff("main").output
    assert "? tasks/mended.json:1:2: unreadable (main): FIL005 not JSON" in output
    assert "3 unreadable" in output


def test_broken_settings_and_links_of_a_revision(repo: Repo) -> None:
    write("task", summary="one")
    Path("taskschema.toml").write_text("tasks = [")
    Path("tasks/manifest.json").write_text("[]")
    Path("tasks/loop.json").symlink_to("loop.json")
    Path("tasks/out.json").symlink_to("../../../etc/passwd")
    Path("tasks/top.json").symlink_to("..")
    commit(repo)
    Path("taskschema.toml").unlink()
    for name in ("manifest", "loop", "out", "top"):
        Path(f"tasks/{name}.json").unlink()
    write("task", summary="two")
    commit(repo)
    found = report("HEAD~1", "HEAD")
    assert [task["task"]["name"] for task in found["changed"]] == ["task"]
    assert {fault["path"] for fault in found["unreadable"]} == {
        f"tasks/{name}.json" for name in ("manifest", "loop", "out", "top")
    }
    Path("taskschema.toml").write_text('tasks = ["."]\n')
    commit(repo)
    assert report("HEAD", "HEAD")["unchanged"] == 1
    Path(".git/taskschema").mkdir()
    os.chdir(".git/taskschema")
    assert_one_line_error(process("HEAD"), "not in a work tree")


def test_a_revision_against_a_path_outside(repo: Repo, tmp_path: Path) -> None:
    write("task", summary="one")
    commit(repo)
    outside = write("task", tmp_path / "outside", summary="two")
    for paths in (("main", outside), (outside, "main")):
        (change,) = changed(*paths, "--collection", "tasks/task.json")["fields"]
        assert {change["before"], change["after"]} == {"one", "two"}
        assert changed(*paths)["name"] == "task"
    same = tmp_path / "outside" / "same.json"
    same.write_bytes(Path("tasks/task.json").read_bytes())
    assert report("main", same, "--collection", "tasks/task.json")["unchanged"] == 1


def assert_one_line_error(result: subprocess.CompletedProcess[str], *fragments: str) -> None:
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("taskschema: ")
    assert result.stderr.count("\n") == 1
    assert all(fragment in result.stderr for fragment in fragments), result.stderr


def test_errors_are_one_line(repo: Repo, tmp_path: Path) -> None:
    write("task")
    commit(repo)
    assert_one_line_error(process("nowhere"), "'nowhere': no such revision")
    assert_one_line_error(process("--", "--output=x"), "a revision cannot start with a hyphen")
    assert_one_line_error(process("main", "--", "-x"), "a revision cannot start with a hyphen")
    assert_one_line_error(process("main..HEAD"), "no such revision")
    assert_one_line_error(
        process("tasks/task.json", "tasks/none.json"), "tasks/none.json: does not"
    )
    assert_one_line_error(process("tasks"), "would be compared with itself")
    assert_one_line_error(process("main", "--collection", "nowhere"), "holds no task files")
    repo("branch", "tasks")
    assert_one_line_error(process("tasks", "main"), "both a path and a revision", "./tasks")
    (tmp_path / "elsewhere").mkdir()
    outside = {"GIT_CEILING_DIRECTORIES": str(tmp_path)}
    assert_one_line_error(
        process("main", cwd=tmp_path / "elsewhere", env=os.environ | outside),
        "not in a git repository",
    )
    (tmp_path / "elsewhere" / "old").mkdir()
    assert_one_line_error(
        process("old", "new", cwd=tmp_path / "elsewhere", env=os.environ | outside),
        "new: is neither a path nor a revision",
    )
    bare = {"PATH": str(tmp_path), "PYTHONPATH": os.environ.get("PYTHONPATH", str(ROOT))}
    assert_one_line_error(process("main", env=bare), "git is not installed")
    assert process("./tasks", "tasks/task.json", env=bare).returncode == 0


def test_the_error_of_a_shallow_clone_says_how_to_fetch_the_rest(
    repo: Repo, tmp_path: Path
) -> None:
    for summary in ("one", "two"):
        write("task", summary=summary)
        commit(repo)
    clone = tmp_path / "clone"
    repo("clone", "--quiet", "--depth=1", f"file://{Path.cwd()}", str(clone))
    assert_one_line_error(
        process("HEAD~1", cwd=clone), "shallow", "git fetch --unshallow", "fetch-depth"
    )


def test_a_repository_without_commits(repo: Repo) -> None:
    write("task")
    repo("add", "--all")
    assert_one_line_error(process("HEAD"), "no such revision")


def test_wrong_options_are_refused() -> None:
    result = diff("main", "--format", "xml")
    assert result.exit_code == 2
    assert "not one of json, markdown, text" in result.output


# Hostile repositories and contributions


def test_no_code_of_a_hostile_repository_runs(repo: Repo, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    evil = f"touch '{ran}'; cat"
    Path(".gitattributes").write_text("*.json diff=evil filter=evil\n*.JSON filter=a=b\n")
    write("task", summary="one")
    write("kept", definition=["Kept."])
    write("UPPER", "tasks").rename("tasks/UPPER.JSON")
    commit(repo)
    for key in (
        *("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "diff.external"),
        *("diff.evil.textconv", "diff.evil.command", "filter.evil.clean", "filter.evil.smudge"),
        *("filter.evil.process", "filter.a=b.clean", "pager.diff", "credential.helper"),
        *("remote.origin.uploadpack", "core.gitProxy", "gpg.program", "alias.ls-tree"),
    ):
        repo("config", key, evil)
    for key, value in {
        "filter.evil.required": "true",
        "remote.origin.url": f"ext::sh -c touch% {ran}",
        "remote.origin.promisor": "true",
        "protocol.ext.allow": "always",
    }.items():
        repo("config", key, value)
    for hook in ("post-index-change", "pre-commit", "reference-transaction", "post-checkout"):
        path = Path(".git/hooks", hook)
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\ntouch '{ran}'\n")
        path.chmod(0o755)
    index = Path(".git/index")
    write("task", summary="two")
    write("new", instances=rows(26), definition=["New."])
    os.utime(index, (1, 1))  # all files are younger: git would look at their contents
    before = index.read_bytes()
    result = process("main")
    assert result.returncode == 0, result.stderr
    assert "+ new" in result.stdout
    assert '"one" -> "two"' in result.stdout
    assert changed_paths(Path(), "HEAD") >= {Path("tasks/task.json").resolve()}
    assert process("main", "HEAD").returncode == 0
    assert not ran.exists()
    assert index.read_bytes() == before


def test_a_missing_blob_is_not_fetched(repo: Repo, tmp_path: Path) -> None:
    write("task", summary="one")
    commit(repo)
    blob = repo("rev-parse", "HEAD:tasks/task.json").strip()
    Path(".git/objects", blob[:2], blob[2:]).unlink()
    ran = tmp_path / "ran"
    repo("config", "remote.origin.url", f"ext::sh -c touch% {ran}")
    repo("config", "remote.origin.promisor", "true")
    repo("config", "extensions.partialClone", "origin")
    repo("config", "protocol.ext.allow", "always")
    write("task", summary="two")
    assert_one_line_error(process("main"), "the clone lacks the contents")
    assert not ran.exists()


def test_git_variables_of_the_environment_are_ignored(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("task")
    commit(repo)
    write("task", summary="new")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    assert changed("main")["name"] == "task"


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "@everyone please",
    "[click](javascript:alert(1))",
    "![](http://example.org/track.png)",
    "```\n# heading\n```",
    "`tick` ``two`` | pipe \\| slash",
    "</details>\n\n<h1>",
    "https://example.org www.example.org a@example.org #1",
    "\x1b[31mred\x1b[0m\r\u202egnp.exe\u2028",
    "::error::not ours",
)


def without_code(markdown: str) -> str:
    """What is left when fenced blocks and code spans are taken away, as CommonMark reads them."""
    markdown = re.sub(r"^```diff\n(?:[-+~!.0-9].*\n)*```$", "", markdown, flags=re.MULTILINE)
    return re.sub(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", "", markdown)


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_in_tasks_stays_code(tmp_path: Path, text: str) -> None:
    made = [{"id": f"{text}{n}", "input": text, "output": [text, f"{n}"]} for n in range(30)]
    shown = [{"input": text, "output": text, "explanation": text}]
    old = {"instances": rows(30), "summary": "s", "licenses": [{"text": text}]}
    new = {
        "instances": made,
        "summary": text,
        "definition": [text],
        "positive_demonstrations": shown,
        "categories": [text],
        "extras": {text: text},
        "answer_format": {"kind": "label", "labels": [text, "other"]},
    }
    paths = write("task", tmp_path / "old", **old), write("task", tmp_path / "new", **new)
    strange = {"Definition": [text], "Positive Examples": [], "Negative Examples": []}
    stem = text.replace("/", "").replace("\n", "") + "`|x"
    for folder in ("old", "new"):
        rows_of = [{"id": "1", "input": folder, "output": ["e"]}]
        path = tmp_path / folder / f"{stem}{folder}.json"
        path.write_text(json.dumps({**strange, "Instances": rows_of}))
    for arguments in (paths, (tmp_path / "old", tmp_path / "new")):
        result = diff(*arguments, "--format", "markdown")
        assert result.exit_code == 0
        left = without_code(result.output.replace(str(tmp_path), ""))
        for harm in ("<script", "<img", "@", "](", "http", "<h1", "www", "::", "\x1b", "\u202e"):
            assert harm not in left, left
        assert "# heading" not in left
        assert left.count("<details>") == left.count("</details>")
        for line in result.output.splitlines():
            if line.startswith("| "):
                assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) in (4, 5)
        plain = diff(*arguments).output
        assert all(
            line[:2].strip() in ("", *"+-~!?") or line[0].isdigit() for line in plain.splitlines()
        )
        assert plain.replace("\n", "").isprintable()


@pytest.mark.parametrize("most", [0, 3, 100_000])
def test_a_comment_is_never_too_long(tmp_path: Path, most: int) -> None:
    for number in range(700):
        for folder in ("old", "new"):
            made = [
                {
                    "id": f"{n}",
                    "input": f"{folder} \N{GRINNING FACE} {'wide ' * 30}",
                    "output": [f"{n}"],
                }
                for n in range(3)
            ]
            write(f"a_task_with_quite_a_long_name_{number}", tmp_path / folder, instances=made)
    result = diff(tmp_path / "old", tmp_path / "new", "--format", "markdown", "--max-rows", most)
    assert len(result.output.encode("utf-16-le")) // 2 < 65_536
    assert "more tasks" in result.output or most == 0
    assert result.output.count("```") % 2 == 0


def test_rows_are_limited_and_counted(tmp_path: Path) -> None:
    new = [{**row, "output": ["changed"]} for row in rows(30)]
    pair(tmp_path, {"instances": rows(30)}, {"instances": new})
    paths = tmp_path / "old", tmp_path / "new"
    assert diff(*paths).output.count("~ instance") == 10
    output = diff(*paths, "--max-rows", "2").output
    assert output.count("~ instance") == 2
    assert "... and 28 more" in output
    assert "30 instances edited" in diff(*paths, "--max-rows", "0").output
    assert "<details><summary>30 instances edited" in diff(*paths, "--format", "markdown").output
    assert len(report(*paths)["changed"][0]["task"]["instances"]["edited"]) == 30


# Speed


def test_time_is_linear_in_the_number_of_instances() -> None:
    made = [{"id": f"t-{n}", "input": f"question {n}", "output": [f"{n}"]} for n in range(20_000)]
    base = smallest_task("task", {"instances": made})
    states = {
        "reordered": made[1::2] + made[::-2],
        "shifted": [{**row, "id": f"t-{n + 1}"} for n, row in enumerate(made)],
        "edited": [{**row, "output": ["other"]} for row in made],
        "one input": [{**row, "input": "same"} for row in made],
        "one id": [{**row, "id": "same"} for row in made],
    }
    for instances in states.values():
        head = smallest_task("task", {"instances": instances})
        with cheaper_than(yardsticks=500):  # about 60; squares would take hours
            for before, after in ((base, head), (head, base)):
                old, new = (
                    {"t": TaskSnapshot(path="t", document=task)} for task in (before, after)
                )
                compare(old, new)


def test_long_lists_of_fields_are_shortened(tmp_path: Path) -> None:
    old, new = ([f"{side} {n}" for n in range(50_000)] for side in ("old", "new"))
    with cheaper_than(yardsticks=500):
        pair(tmp_path, {"categories": old}, {"categories": new})
        output = diff(tmp_path / "old", tmp_path / "new").output
    assert '- "old 4", - 49,995 more, + "new 0"' in output


def test_tasks_that_share_rows_take_linear_time() -> None:
    def side(name: str) -> dict[str, TaskSnapshot]:
        return {
            f"{name}{n}": TaskSnapshot(
                path="t", document=smallest_task(f"{name}{n}", {"instances": rows(26)})
            )
            for n in range(600)
        }

    with cheaper_than(yardsticks=500):
        compare(side("old"), side("new"))


# What `check --changed-since` builds upon


def test_changed_paths_since_a_revision(repo: Repo) -> None:
    Path(".gitignore").write_text("ignored*\n")
    for name in ("kept", "touched", "renamed", "gone", "edited", "staged", "turned", "mode"):
        write(name, "a b")
    commit(repo)
    top = Path.cwd().resolve()
    repo("mv", "a b/renamed.json", "a b/new name.json")
    Path("a b/gone.json").unlink()
    write("edited", "a b", summary="New.")
    write("staged", "a b", summary="New.")
    repo("add", "a b/staged.json")
    Path("a b/turned.json").unlink()
    Path("a b/turned.json").symlink_to("kept.json")
    Path("a b/mode.json").chmod(0o755)
    os.utime("a b/touched.json", (1, 1))
    write("untracked", "a b/below")
    write("ignored", "a b")
    names = {"new name", "edited", "staged", "turned", "below/untracked"}
    expected = {top / "a b" / f"{name}.json" for name in names}
    assert changed_paths(Path(), "HEAD") == expected
    assert changed_paths(Path("a b"), "main") == expected
    assert changed_paths(top / "a b" / "below", "main") == expected
    commit(repo)
    assert changed_paths(Path(), "HEAD") == set()
    assert changed_paths(Path(), "HEAD~1") == expected
    with pytest.raises(RevisionError, match="no such revision"):
        changed_paths(Path(), "nowhere")
    with pytest.raises(RevisionError, match="hyphen"):
        changed_paths(Path(), "--all")


def test_line_ends_that_git_normalises_are_equal(repo: Repo) -> None:
    path = write("task")
    commit(repo)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert changed_paths(Path(), "HEAD") == set()
    assert report("HEAD")["unchanged"] == 1
