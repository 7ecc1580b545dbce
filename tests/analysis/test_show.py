"""`taskschema show`: pages of tasks and instances, and instances in views."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import cmarkgfm
import pytest
from support.checkout import ROOT
from support.commands import run_command
from support.costs import PATIENCE
from typer.testing import CliRunner, Result

from taskschema.analysis.show import markdown
from taskschema.cli.app import app
from taskschema.core.text.wrapping import display_width, wrap
from taskschema.export.docs import EXAMPLE
from taskschema.rules.smallest_task import write_task
from taskschema.schema import canonical
from taskschema.views.view import VIEWS as ALL_VIEWS
from taskschema.views.view import ViewOptions, view_of

VIEWS = ALL_VIEWS.names()
HOSTILE = "</details> @someone\n```\n# big | <img src=x> \u202e\x1b[31m [z](http://example.org)"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["show", *map(str, arguments)])


def shown(*arguments: str | Path) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout


def process(*arguments: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "taskschema", "show", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)


def strings(value: Any) -> list[str]:
    if isinstance(value, (dict, list)):
        inner = value.values() if isinstance(value, dict) else value
        return [text for part in inner for text in strings(part)]
    return [value] if isinstance(value, str) else []


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    folder = tmp_path / "tasks"
    write_task(folder, "one", {"aliases": ["task007_one"], "summary": "Say one."})
    write_task(folder, "two")
    (folder / f"{EXAMPLE['name']}.json").write_bytes(canonical.dumps(EXAMPLE, 3))
    return folder


def test_the_page_of_a_task_has_all_facts_and_texts() -> None:
    task = json.loads((ROOT / "tasks" / "recipe_scaling.json").read_text("utf-8"))
    text = " ".join(shown(ROOT / "tasks" / "recipe_scaling.json").split())
    parts = [task["name"], task["summary"], "CC0 1.0 (CC0-1.0)", "English (en)", "programmatic"]
    parts += ["50 instances, 3 definitions, 3 positive and 2 negative demonstrations"]
    parts += task["definition"]
    for key in ("positive_demonstrations", "negative_demonstrations"):
        parts += [value for row in task[key] for value in row.values()]
    for row in task["instances"][:3]:
        parts += [row["id"], row["input"], *row["output"]]
    for part in parts:
        assert " ".join(part.split()) in text
    assert task["instances"][3]["id"] not in text


def test_every_task_of_our_collection_can_be_shown_in_every_view() -> None:
    for path in sorted((ROOT / "tasks").glob("*.json")):
        assert shown(path).startswith(f"{path.stem}\n")
    for view in VIEWS:
        assert shown(path, "--view", view)


@pytest.mark.parametrize("called", ["one", "task007_one"])
def test_a_task_is_found_by_name_alias_and_path(tasks: Path, called: str) -> None:
    whole = shown("one", "--collection", tasks)
    assert shown(called, "--collection", tasks) == whole
    assert shown(tasks / "one.json") == whole
    assert run_command("show", called, cwd=tasks.parent).stdout.startswith("one\n")


def test_the_whole_collection_is_searched_if_it_has_settings(tasks: Path) -> None:
    (tasks.parent / "taskschema.toml").write_text("")
    (tasks.parent / "elsewhere").mkdir()
    assert run_command("show", "one", cwd=tasks.parent / "elsewhere").stdout.startswith("one\n")


def test_a_name_precedes_a_file_of_that_name(tasks: Path) -> None:
    (tasks.parent / "one").write_text("no task")
    assert run_command("show", "one", cwd=tasks.parent).stdout.startswith("one\n")
    (tasks / "two.json").rename(tasks.parent / "two_without_ending")
    done = run_command("show", "two_without_ending", cwd=tasks.parent)
    assert "  two_without_ending, schema version 3\n" in done.stdout


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_among_the_tasks_is_not_read(tasks: Path) -> None:
    os.mkfifo(tasks / "pipe.json")
    assert process("task007_one", cwd=tasks.parent, timeout=PATIENCE).stdout.startswith("one\n")
    done = process(tasks / "pipe.json", timeout=PATIENCE)
    assert (done.returncode, done.stdout) == (1, "")
    assert "is not a regular file" in done.stderr


def test_two_tasks_with_the_same_name_are_reported(tasks: Path) -> None:
    write_task(tasks / "more", "two")
    write_task(tasks, "three", {"aliases": ["task007_one"]})
    for called in ("two", "task007_one"):
        done = run_command("show", called, "--collection", tasks)
        assert done.returncode == 2
        assert f"`{called}` matches 2 tasks: " in done.stderr
        assert "Give the path of one." in done.stderr


def test_an_instance_is_found_by_number_id_and_pointer(tasks: Path) -> None:
    path = tasks / "one.json"
    fourth = shown(path, "--instance", "3")
    assert "Instance 3 of 26\n  3  id-3\n    input   question 3" in fourth
    assert shown(path, "--instance", "id-3") == fourth
    assert shown(path, "--instance", "/instances/3") == fourth


def test_an_id_that_is_a_number_precedes_the_number(tmp_path: Path) -> None:
    rows = [{"id": str(9 - n), "input": f"asked {n}", "output": ["x"]} for n in range(10)]
    path = write_task(tmp_path, "numbered", {"instances": rows})
    assert "asked 7" in shown(path, "--instance", "2")
    assert "asked 2" in shown(path, "--instance", "/instances/2")


def test_the_page_of_an_instance_has_all_fields(tmp_path: Path) -> None:
    row = {
        "id": "a",
        "input": "Where is {{map}}?",
        "output": ["Here", "There"],
        "context": [{"role": "system", "content": "Be brief."}],
        "attachments": ["map"],
        "source_id": "train-1",
        "extras": {"difficulty": "hard"},
    }
    plan = {"media_type": "image/png", "path": "map.png", "alt": "A map."}
    path = write_task(tmp_path, "mapped", {"instances": [row], "attachments": {"map": plan}})
    text = shown(path, "--instance", "a")
    for line in (
        "    system       Be brief.",
        "    input        Where is {{map}}?",
        "    output       Here",
        "    or           There",
        "    source id    train-1",
        '    extras       {"difficulty": "hard"}',
        "  map  map.png (image/png): A map.",
    ):
        assert f"\n{line}\n" in text
    assert "\nAttachments\n  map  map.png (image/png): A map.\n" in shown(path)


def test_a_long_instance_is_cut_on_the_page_of_the_task_only(tmp_path: Path) -> None:
    row = {"id": "a", "input": "x" * 5000, "output": ["y"]}
    path = write_task(tmp_path, "long", {"instances": [row]})
    assert "... (3,800 more characters)" in " ".join(shown(path).split())
    assert shown(path).count("x") < 1300
    assert shown(path, "--instance", "0").count("x") == 5000
    assert shown(path, "--view", "messages").count("x") == 5000


def test_structured_answers_are_shown_by_field_and_choice(tmp_path: Path) -> None:
    choices = [{"text": "Paris", "score": 1}, {"text": "Lyon", "score": 0}]
    rows = [{"id": "a", "input": "Capital?", "output": ["Paris"], "answer": choices}]
    overlay = {"answer_format": {"kind": "choices"}, "instances": rows * 1}
    path = write_task(tmp_path, "chosen", overlay)
    raw = json.loads(path.read_text())
    raw["instances"] = rows
    path.write_text(json.dumps(raw))
    assert "choice  Paris (score 1)\n    choice  Lyon (score 0)" in shown(path, "--instance", "0")


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_shows_the_record_that_is_exported(tasks: Path, view: str) -> None:
    text = shown("smaller_number", "--collection", tasks, "--view", view)
    (record, *_) = view_of(view).records(EXAMPLE, [0], ViewOptions())
    squeezed = "".join(text.split())
    for part in strings(record):
        assert "".join(part.split()) in squeezed
    assert re.search(r"\n  definition      number [01] of 2, [47] words\n", text)


@pytest.mark.parametrize(
    ("view", "settings", "expected"),
    [
        ("messages", [], "none of 3; use --set demonstrations=2 to add some"),
        ("messages", ["demonstrations=2"], "positive number 0 and 1 of 2; without explanations"),
        ("messages", ["demonstrations=1"], "positive number"),
        ("natural", ["few_shot=0"], "none of 3; use --set few_shot=1 to add some"),
        ("natural", ["few_shot=1"], "positive number 0 and 1 of 2; without explanations"),
        ("tk_instruct", ["positive=1"], "positive number 0 of 2; without explanations"),
        (
            "tk_instruct",
            ["positive=2", "negative=1", "explanations=true"],
            "positive number 0 and 1 of 2; negative number 0 of 1; with explanations",
        ),
        ("alpaca", [], "none of 3\n"),
    ],
)
def test_the_page_of_a_view_names_the_demonstrations_in_a_record(
    tasks: Path, view: str, settings: list[str], expected: str
) -> None:
    options = [part for one in settings for part in ("--set", one)]
    text = shown("smaller_number", "--collection", tasks, "--view", view, *options)
    assert f"  demonstrations  {expected}" in text
    assert ("\n  settings " in text) == bool(settings)


def test_the_page_of_a_view_shows_that_the_definition_is_missing(tasks: Path) -> None:
    options = ("--collection", tasks, "--view", "tk_instruct", "--set", "definition=false")
    assert "  definition      none\n" in shown("one", *options)


def test_the_page_of_a_view_shows_that_the_instance_has_its_own_instruction(tmp_path: Path) -> None:
    own = {"instruction": "Say it."}
    row = {"id": "a", "input": "Say it.\n\nNow", "output": ["it"], "extras": own}
    path = write_task(tmp_path, "loose", {"instances": [row]})
    text = shown(path, "--view", "messages")
    assert "none: the instance has its own instruction" in text


def test_markers_do_not_change_random_draws(tasks: Path) -> None:
    # Markers must not be in the output.
    for view in VIEWS:
        text = shown("smaller_number", "--collection", tasks, "--view", view, "--seed", "7")
        assert "\ue000" not in text
        assert "\\ue000" not in text


def test_older_versions_give_the_same_page(tmp_path: Path) -> None:
    document = {
        "Definition": ["Answer."],
        "Positive Examples": [],
        "Negative Examples": [],
        "Instances": [{"id": "a", "input": "1", "output": ["2"]}],
    }
    (tmp_path / "old.json").write_text(json.dumps(document))
    text = shown(tmp_path / "old.json")
    assert "schema version 2 " in " ".join(text.split())
    assert "Positive demonstrations\n  None.\n" in text
    assert "  length  " in shown(tmp_path / "old.json", "--view", "messages")


def test_lines_are_as_wide_as_the_terminal(tasks: Path) -> None:
    path = write_task(tasks, "wide", {"definition": ["word " * 80, "語" * 300]})
    for width in (60, 100):
        done = run_command("show", path, env=os.environ | {"COLUMNS": str(width)})
        assert width - 8 <= max(map(display_width, done.stdout.splitlines())) <= width
    assert max(map(display_width, shown(path).splitlines())) <= 100


def test_colour_on_terminals_only(tasks: Path) -> None:
    path = tasks / "one.json"
    assert "\x1b" not in process(path).stdout
    coloured = process(path, env=os.environ | {"FORCE_COLOR": "1"}).stdout
    assert coloured.startswith("\x1b[1mone\x1b[0m\n")


def test_wrapping_keeps_every_word_and_line() -> None:
    text = "one  two\n\n  three " + "x" * 50 + " four\ttabs\r\nfive"
    lines = wrap(text, 20)
    assert lines[:4] == ["one  two", "", "  three", "x" * 20]
    assert all(len(line) <= 20 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert wrap("", 20) == [""]


def test_control_characters_of_tasks_are_escaped(tmp_path: Path) -> None:
    row = {"id": "\x1b[2J", "input": "\u202eabc\x07", "output": ["שלום"]}
    path = write_task(tmp_path, "hostile", {"definition": [HOSTILE], "instances": [row]})
    for more in ([], ["--instance", "0"], ["--view", "messages"], ["--markdown"]):
        text = shown(path, *more)
        assert not any(mark in text for mark in "\x1b\u202e\x07")
        assert "שלום" in text


def test_markdown_has_the_result_of_check(tasks: Path) -> None:
    text = shown("one", "--collection", tasks, "--markdown")
    assert text.startswith("### `one`\n\n`taskschema check`: nothing found.\n\n| | |\n")
    write_task(tasks, "two", {"categories": ["Nonsense"], "aliases": ["one"]})
    text = shown(tasks / "two.json", "--markdown")
    assert "`taskschema check`: 1 warning: `TAX001`." in text
    text = shown("two", "--collection", tasks, "--markdown")
    assert "`taskschema check`: 1 error, 1 warning: `COL001`, `TAX001`." in text


def test_markdown_in_tasks_is_escaped(tmp_path: Path) -> None:
    row = {"id": HOSTILE, "input": HOSTILE, "output": [HOSTILE]}
    overlay = {"definition": [HOSTILE], "summary": HOSTILE, "instances": [row]}
    path = write_task(tmp_path, "hostile", overlay)
    for more in ([], ["--instance", "0"], ["--view", "messages"]):
        text = shown(path, "--markdown", *more)
        html = cmarkgfm.github_flavored_markdown_to_html(text, cmarkgfm.Options.CMARK_OPT_UNSAFE)
        assert "<img" not in html
        assert "<a" not in html
        assert "<h1" not in html
        assert html.count("<details>") == html.count("</details>")
        outside = html
        for tag in ("pre", "code"):
            while (start := outside.find(f"<{tag}")) >= 0:
                outside = outside[:start] + outside[outside.index(f"</{tag}>", start) + 7 :]
        assert "@someone" not in outside


def test_markdown_fits_the_body_of_a_pull_request(tmp_path: Path) -> None:
    shots = [
        {"input": f"{n} " + "é" * 5000, "output": "x", "explanation": "y" * 5000} for n in range(40)
    ]
    path = write_task(tmp_path, "huge", {"positive_demonstrations": shots})
    text = shown(path, "--markdown")
    assert len(text.encode()) <= markdown.LARGEST + 500
    assert "The rest does not fit here; run `taskschema show` to see it." in text


def test_an_unreadable_file_is_reported_as_in_check(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{")
    for called in ([str(tmp_path / "broken.json")], ["broken", "--collection", str(tmp_path)]):
        done = run_command("show", *called)
        assert (done.returncode, done.stdout) == (1, "")
        assert "error FIL005 invalid-json" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ome"], "no task is named `ome`."),
        (["smaler_number"], "no task is named `smaler_number`. Did you mean `smaller_number`?"),
        (["smaller"], "Did you mean `smaller_number`?"),
        (["tasks/smaler_number.json"], "does not exist. Did you mean `smaller_number`?"),
        (["tasks/"], "tasks/: is a folder. "),
        (["one", "--instance", "26"], "there is no 26. The task has 26 instances, numbered from 0"),
        (["one", "--instance", "-1"], "there is no -1. The task has 26 instances"),
        (["one", "--instance", "idd-7"], 'no instance has the id "idd-7". Did you mean `id-7`'),
        (["one", "--instance", "???"], "Give an id, or a number from 0 to 25."),
        (["one", "--view", "mesages"], "there is no view `mesages`. Did you mean `messages`?"),
        (["one", "--set", "system=true"], "--set: needs a view. Name one with --view."),
        (["one", "--seed", "1"], "--seed: needs a view. Name one with --view."),
        (["one", "--view", "alpaca", "--set", "x=1"], "view `alpaca` has no setting `x`."),
        (["one", "--view", "messages", "--set", "system=5"], "`system` is 5, not true or false."),
        (["one", "--collection", "nowhere"], "nowhere: does not exist. Name a folder of tasks."),
        (["none", "--view", "messages"], "the task has no instances."),
    ],
)
def test_invalid_arguments_are_refused(tasks: Path, arguments: list[str], message: str) -> None:
    write_task(tasks, "none", {"instances": []})
    done = run_command("show", *arguments, cwd=tasks.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr
