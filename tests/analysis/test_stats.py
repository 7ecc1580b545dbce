"""`taskschema stats`: counts, balances, lengths and gaps, as tables and as a plot."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import cmarkgfm
import pytest
from support.commands import run_command
from typer.testing import CliRunner, Result

from taskschema.analysis.stats import plots, text
from taskschema.analysis.stats.statistics import collect_statistics
from taskschema.analysis.stats.tables import GROUPS
from taskschema.cli.app import app
from taskschema.collection.collection import collect
from taskschema.dataset.bar_chart import ChartSection, draw
from taskschema.rules.smallest_task import write_task
from taskschema.schema import vocabulary

HOSTILE = "\u202e\x1b[31m@someone | <b>x</b> `y` [z](http://example.org)"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["stats", *map(str, arguments)])


def counted(*arguments: str | Path) -> Any:
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def labels(name: str, *shares: int) -> dict[str, Any]:
    rows = [
        {"id": f"{name}-{label}-{index}", "input": f"{name} {label} {index}", "output": [label]}
        for label, count in zip(("yes", "no", "unsure"), shares, strict=False)
        for index in range(count)
    ]
    names = ["yes", "no", "unsure"][: len(shares)]
    return {"answer_format": {"kind": "label", "labels": names}, "instances": rows}


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    folder = tmp_path / "tasks"
    english, french = {"instruction": ["en"]}, {"instruction": ["en"], "input": ["fr"]}
    write_task(folder, "one", {"categories": ["Translation"], "languages": french})
    write_task(folder, "two", {"categories": ["Translation", "Paraphrasing"], "languages": english})
    write_task(folder, "even", {**labels("even", 20, 20), "negative_demonstrations": None})
    write_task(folder, "skewed", {**labels("skewed", 27, 9, 0), "licenses": None})
    return folder


def test_tasks_are_counted_by_metadata(tasks: Path) -> None:
    found = counted(tasks)
    assert (found["tasks"], found["instances"]) == (4, 26 + 26 + 40 + 36)
    by = {row["category"]: (row["tasks"], row["instances"]) for row in found["by_category"]}
    assert by == {"Translation": (2, 52), "Paraphrasing": (1, 26), None: (2, 76)}
    assert found["by_category"][-1]["category"] is None
    assert found["by_category"][0]["share"] == 52 / 128
    assert [row["language"] for row in found["by_language"]] == ["en", "fr", None]
    assert {row["licence"]: row["tasks"] for row in found["by_licence"]} == {"CC0-1.0": 3, None: 1}
    classes = {row["licence-class".replace("-", "_")] for row in found["by_licence_class"]}
    assert classes == {"commercial", "unspecified"}
    assert {row["kind"]: row["tasks"] for row in found["by_kind"]} == {"label": 2, "text": 2}


def test_the_least_balanced_labels_come_first(tasks: Path) -> None:
    first, second = counted(tasks)["labels"]
    assert (first["task"], first["labels"], first["most_frequent"]) == ("skewed", 3, "yes")
    assert (first["share"], first["even"]) == (0.75, 1 / 3)
    assert (second["task"], second["share"], second["even"]) == ("even", 0.5, 0.5)


def test_quantiles_of_lengths_use_the_nearest_rank(tmp_path: Path) -> None:
    rows = [{"id": f"{n}", "input": "x" * n, "output": ["y"]} for n in range(1, 101)]
    write_task(tmp_path, "long", {"instances": rows})
    (inputs,) = (row for row in counted(tmp_path)["lengths"] if row["texts"] == "inputs")
    assert (inputs["count"], inputs["median"], inputs["95th_percentile"]) == (100, 50, 95)
    assert (inputs["longest"], inputs["which_is_in"]) == (100, "long")


def test_missing_demonstrations_are_counted(tasks: Path) -> None:
    blank = [{"input": "a", "output": "b", "explanation": " "}]
    write_task(tasks, "mute", {"positive_demonstrations": blank})
    found = {row["tasks"]: row["count"] for row in counted(tasks)["demonstrations"]}
    assert found == {
        "without a positive one": 0,
        "without a negative one": 1,
        "with one that is not explained": 1,
    }
    assert "On average a task has 1.8 positive, 0.8 negative." in run(tasks).stdout


def test_gaps_name_terms_without_a_task(tasks: Path) -> None:
    gaps = counted(tasks)["gaps"]
    categories = gaps["categories_without_task"]
    assert categories["of"] == len(vocabulary.terms("categories"))
    missing = set(vocabulary.terms("categories")) - set(categories["names"])
    assert missing == {"Translation", "Paraphrasing"}
    assert gaps["languages_with_one_task"] == {"of": 2, "names": ["fr"]}
    assert gaps["kinds_without_task"]["names"] == ["set", "fields", "choices"]
    assert gaps["tasks_without_licence"]["names"] == ["skewed"]
    shown = run(tasks).stdout
    assert "  1 of 2 languages have one task only: French (fr)\n" in shown
    assert "  1 of 4 tasks have no licence: skewed\n" in shown


def test_a_domain_covers_its_coarse_domain(tmp_path: Path) -> None:
    write_task(tmp_path, "cells", {"domains": ["Biology -> Anatomy"]})
    (coarse,) = vocabulary.coarse("domains", "Biology -> Anatomy")
    assert coarse not in counted(tmp_path)["gaps"]["domains_without_task"]["names"]


@pytest.mark.parametrize("name", GROUPS)
def test_every_group_has_a_full_table(tasks: Path, name: str) -> None:
    found = counted(tasks, "--by", name)
    (rows,) = (value for key, value in found.items() if key.startswith("by_"))
    assert {"tasks", "instances", "share", "input", "output", "positive", "negative"} < set(rows[0])
    assert "gaps" not in found
    assert run(tasks, "--by", name).stdout.count("\nBy ") == 1
    assert run(tasks, "--by", name, "--format", "markdown").stdout.count("\n### By ") == 1


def test_several_groups_and_american_spelling_are_accepted(tasks: Path) -> None:
    found = counted(tasks, "--by", "license", "--by", "License-Class", "--by", "licence")
    assert [key for key in found if key.startswith("by_")] == ["by_licence", "by_licence_class"]


def test_no_line_is_wider_than_the_terminal(tasks: Path) -> None:
    census = collect_statistics(collect([tasks]))
    assert max(map(len, text.render(census, width=90).splitlines())) <= 90


def test_an_unreadable_file_is_reported(tasks: Path) -> None:
    (tasks / "broken.json").write_text("{")
    result = run(tasks)
    assert result.exit_code == 1
    assert result.stdout.startswith("4 tasks with 128 instances. 1 file could not be read.\n")
    assert "broken.json:1:2: error FIL005 invalid-json" in result.stderr
    assert "Not counted: 1 file. Fix the errors, then run again." in result.stderr
    listed = run(tasks, "--format", "json")
    assert json.loads(listed.stdout)["unread"] == [(tasks / "broken.json").as_posix()]


def test_statistics_without_readable_tasks(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{")
    for more in ([], ["--by", "task"], ["--format", "json"], ["--format", "markdown"]):
        result = run(tmp_path, *more, "--plot", tmp_path / "plot.svg")
        assert (result.exit_code, result.exception.__class__) == (1, SystemExit)
    ET.fromstring((tmp_path / "plot.svg").read_text())  # noqa: S314 - our own


def test_executors_give_equal_statistics(tasks: Path) -> None:
    assert counted(tasks) == counted(tasks, "--executor", "processes:2")


def test_markup_and_control_characters_of_tasks_are_escaped(tmp_path: Path) -> None:
    write_task(tmp_path, "hostile", {"categories": [HOSTILE], "sources": [{"name": HOSTILE}]})
    shown = run(tmp_path, "--by", "category", "--by", "source", "--plot", tmp_path / "a.svg")
    assert "\x1b" not in shown.stdout
    assert "\u202e" not in shown.stdout
    assert "\\u202e\\x1b[31m" in shown.stdout
    assert "\x1b" not in (tmp_path / "a.svg").read_text()
    markdown = run(tmp_path, "--by", "category", "--format", "markdown").stdout
    html = cmarkgfm.github_flavored_markdown_to_html(markdown)
    shown_as = (
        r"<code>\u202e\x1b[31m@someone | &lt;b&gt;x&lt;/b&gt; `y` [z](http://example.org)</code>"
    )
    assert f"<td>{shown_as}</td>" in html
    assert html.count("<td") == 8


def test_the_plot_has_the_numbers_of_the_tables(tasks: Path) -> None:
    plot = tasks.parent / "plot.svg"
    result = run(tasks, "--plot", plot)
    assert result.exit_code == 0
    assert f"Plot written to {plot}." in result.stderr
    (description,) = ET.fromstring(plot.read_text()).iterfind("{*}desc")  # noqa: S314 - our own
    assert description.text is not None
    assert description.text.startswith(
        "Tasks by category: Translation 2, (none stated) 2, Paraphrasing 1"
    )
    assert "Share of the most frequent label: skewed 75%, even 50%" in description.text
    run(tasks, "--by", "task", "--plot", plot)
    assert "Instances by task: even 40, skewed 36, one 26, two 26" in plot.read_text()


def test_bars_above_the_limit_share_the_last_bar() -> None:
    bars = [(f"{n}", 10 - n) for n in range(5)]
    drawn = draw("Title", [ChartSection("Some", bars, most=3, unit="%")])
    assert "Some: 0 10%, 1 9%, 3 others 21%" in drawn


def test_a_png_needs_a_library(tasks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = [sys.executable, "-m", "taskschema", "stats", str(tasks)]
    plot = tasks.parent / "plot.png"
    if find_spec(plots.LIBRARY) is None:
        done = subprocess.run(
            [*command, "--plot", str(plot)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 2
        assert not done.stdout
        assert (
            "a PNG needs resvg-py. Install it (pip install resvg-py), or use .svg." in done.stderr
        )

    class Library:
        @staticmethod
        def svg_to_bytes(svg_string: str, zoom: float) -> list[int]:
            assert zoom > 1
            return list(b"\x89PNG " + svg_string[:4].encode())

    monkeypatch.setattr(plots, "import_module", lambda _: Library)
    assert plots.drawn(collect_statistics(collect([tasks])), plot) == b"\x89PNG <svg"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--plot", "a.gif"], "a.gif must end with .svg or .png. Rename it."),
        (["--by", "categry"], "unknown group `categry`. Did you mean `category`?"),
        (["--by", "colour"], "Use one of `category`, `language`, `licence`, "),
        (["--plot", "nowhere/a.svg"], "nowhere/a.svg: cannot be written: no such folder."),
        (["--format", "xml"], "'xml' is not one of text, markdown, json."),
        (["nowhere"], "nowhere: does not exist. Name a task file or a folder of task files."),
    ],
)
def test_invalid_arguments_are_refused(
    tasks: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    command = ["stats", *arguments]
    if arguments != ["nowhere"]:
        command.append(str(tasks))
    done = run_command(*command, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr
