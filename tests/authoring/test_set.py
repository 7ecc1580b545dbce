"""`taskschema set`: metadata of many tasks at once."""

import json
from pathlib import Path
from typing import Any

import pytest
from support.checkout import ROOT
from typer.testing import CliRunner

from taskschema.cli.app import app
from taskschema.core.errors import TaskSchemaError
from taskschema.rules.smallest_task import smallest_task, write_task


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["set", *map(str, arguments)])
    if isinstance(done.exception, TaskSchemaError):
        return 2, str(done.exception)
    assert not done.exception or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


@pytest.fixture
def path(tmp_path: Path) -> Path:
    overlay = {
        "summary": "About it.",
        "categories": ["Mathematics", "Misc."],
        "languages": {"instruction": ["en"], "output": ["de"]},
        "contributors": [{"name": "Ada", "github": "ada"}, {"name": "Bo"}],
        "extras": {"n": 1},
        "revision": 3,
    }
    return write_task(tmp_path, "one", overlay)


def read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_bytes())
    return document


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        (["summary=New = one: é"], "summary", "New = one: é"),
        (["summary=5"], "summary", "5"),
        (["summary="], "summary", None),
        (["categories+=Translation"], "categories", ["Mathematics", "Misc.", "Translation"]),
        (["categories+=Misc."], "categories", ["Mathematics", "Misc."]),
        (["categories-=Mathematics"], "categories", ["Misc."]),
        (['categories-=["Mathematics","Misc."]'], "categories", None),
        (["categories=Translation"], "categories", ["Translation"]),
        (['categories=["a","b"]', "categories-=a"], "categories", ["b"]),
        (["domains+=Food"], "domains", ["Food"]),
        (["domains-=Food"], "domains", None),
        (
            ["languages.input+=fr"],
            "languages",
            {"instruction": ["en"], "input": ["fr"], "output": ["de"]},
        ),
        (["languages.output="], "languages", {"instruction": ["en"]}),
        (["languages.output=", "languages.instruction="], "languages", None),
        (["contributors-=Ada"], "contributors", [{"name": "Bo"}]),
        (['contributors-={"github": "ada"}'], "contributors", [{"name": "Bo"}]),
        (["contributors=Cy"], "contributors", [{"name": "Cy"}]),
        (
            ["contributors.github=x"],
            "contributors",
            [{"name": "Ada", "github": "x"}, {"name": "Bo", "github": "x"}],
        ),
        (
            ["licenses=CC-BY-4.0", "licenses.spdx=CC-BY-4.0"],
            "licenses",
            [{"text": "CC-BY-4.0", "spdx": "CC-BY-4.0"}],
        ),
        (["provenance.seed=7"], "provenance", {"method": "human", "seed": 7}),
        (['provenance={"method": "mixed"}'], "provenance", {"method": "mixed"}),
        (["extras.n=2", "extras.m.k=text"], "extras", {"n": 2, "m": {"k": "text"}}),
        (["extras.list+=[1,2]"], "extras", {"n": 1, "list": [1, 2]}),
        (["canary=x y"], "canary", "x y"),
    ],
)
def test_an_assignment_changes_the_field(
    words: list[str], field: str, value: Any, path: Path
) -> None:
    before = read(path)
    code, output = run(*words, path)
    assert code == 0
    after = read(path)
    assert after.get(field) == value
    assert {**before, field: None} == {**after, field: None}
    changed = before.get(field) != value
    assert output == ("1 file changed.\n" if changed else "0 files changed, 1 up to date.\n")
    assert run(*words[-1:], path)[1] == "0 files changed, 1 up to date.\n"
    assert CliRunner().invoke(app, ["fmt", "--check", str(path)]).exit_code == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["summary=x"], "no task is selected. Give --where KEY=VALUE or paths"),
        (["."], "no change is given"),
        (["name=x", "."], "use `taskschema rename OLD NEW`"),
        (["categoris=x", "."], "categoris: is not a field. Did you mean categories?"),
        (["revision=2", "."], "revision: is not metadata. Allowed are summary, "),
        (["instances=[]", "."], "instances: is not metadata."),
        (["summary+=x", "."], "summary+=: the field is not a list. Use summary=VALUE."),
        (["categories+=", "."], "categories+=: needs a value. `categories=` removes the field."),
        (["summary.x=1", "."], "summary.x: summary is not an object. Write summary=VALUE."),
        (["languages.inputs=en", "."], 'languages has no "inputs". Did you mean input?'),
        (["provenance.seed=x", "."], 'provenance.seed: must be an integer, not "x".'),
        (["languages=en", "."], "languages: must be a JSON object"),
        (["sources+={name: x}", "."], "is not valid JSON"),
        (["summary=x", "--where", "category"], "has no equals sign"),
        (["summary=x", "--where", "categorie=a"], "Did you mean categories?"),
        (["summary=x", "nowhere"], "nowhere: does not exist"),
        (["summary=x", "memory://x"], "`set` changes local files"),
        (["summary=\udcff", "."], "summary=\\udcff: is not UTF-8."),
        (["a=b/c.json", "."], "Write a path as ./a=..."),
    ],
)
def test_an_invalid_assignment_is_refused(
    words: list[str], message: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    monkeypatch.chdir(path.parent)
    code, output = run(*words)
    assert code == 2
    assert message in output
    assert "\n" not in output
    assert path.read_bytes() == before


def test_only_tasks_that_match_the_conditions_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, category in (("one", "A"), ("two", "B"), ("three", "A")):
        write_task(tmp_path / "tasks", name, {"categories": [category]})
    two = (tmp_path / "tasks" / "two.json").read_bytes()
    monkeypatch.chdir(tmp_path)
    code, output = run("domains+=Food", "--where", "categories=A", "--dry-run")
    assert code == 0
    assert output.count('+  "domains": [\n+    "Food"\n+  ],\n') == 2
    assert output.endswith("\n2 files would change.\n")
    assert "domains" not in read(tmp_path / "tasks" / "one.json")
    assert run("domains+=Food", "--where", "categories=A") == (
        0,
        "2 files changed.\n",
    )
    assert read(tmp_path / "tasks" / "three.json")["domains"] == ["Food"]
    assert (tmp_path / "tasks" / "two.json").read_bytes() == two
    assert run("summary=x", "--where", "categories=A", "tasks/two.json")[1].startswith(
        "No task matches the conditions."
    )


def test_a_file_keeps_its_layout(tmp_path: Path) -> None:
    task = {"extras": {"a": [1, 2]}, **smallest_task("one", {"categories": ["A", "B"]})}
    text = json.dumps(task, indent=3).replace("\n", "\r\n")
    (tmp_path / "one.json").write_bytes(text.encode())
    assert run("categories+=C", "extras.a-=[2]", tmp_path)[0] == 0
    expected = text.replace('      "B"\r\n', '      "B",\r\n      "C"\r\n').replace(
        "1,\r\n         2", "1"
    )
    assert (tmp_path / "one.json").read_bytes().decode() == expected


def test_changes_that_do_not_fit_the_schema_are_reported_and_skipped(tmp_path: Path) -> None:
    write_task(tmp_path, "one", {"provenance": None})
    write_task(tmp_path, "two")
    (tmp_path / "bad.json").write_text("{")
    one = (tmp_path / "one.json").read_bytes()
    code, output = run("provenance.seed=7", tmp_path)
    assert code == 1
    assert (tmp_path / "one.json").read_bytes() == one
    assert read(tmp_path / "two.json")["provenance"] == {"method": "human", "seed": 7}
    assert f"{tmp_path}/one.json: /provenance: " in output
    assert " Skipped.\n" in output
    assert "1 file changed, 1 skipped.\n" in output
    assert "bad.json:1:2: error FIL005" in output
    code, output = run("extras.x+=1", "extras.x=a", "extras.x+=b", tmp_path / "two.json")
    assert (code, "extras.x: the value in this task is not a list. Skipped." in output) == (1, True)


def test_older_versions_are_changed_if_they_have_the_field(tmp_path: Path) -> None:
    source = min((ROOT / "tests" / "data" / "valid" / "v2").rglob("*.json"))
    path = tmp_path / "one.json"
    path.write_bytes(source.read_bytes())
    before = read(path)
    assert run("categories=Title Generation", path)[0] == 0
    assert read(path) == {**before, "Categories": ["Title Generation"]}
    kept = path.read_bytes()
    code, output = run("summary=x", path)
    assert code == 1
    assert "version 2 has no field for /summary. Run `taskschema migrate" in output
    assert path.read_bytes() == kept
