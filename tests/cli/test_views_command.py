"""`taskschema views` lists the views, or describes one with an example."""

import json
import re
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from support.checkout import ROOT
from support.commands import run_command

from taskschema.collection.collection import collect
from taskschema.export.docs import (
    EXAMPLE,
    brief,
    exporter_paragraphs,
    exporters_of,
    view_paragraphs,
)
from taskschema.export.export import export
from taskschema.export.exporter import EXPORTERS as ALL_EXPORTERS
from taskschema.export.exporter import Exporter
from taskschema.export.request import ExportRequest
from taskschema.schema import canonical
from taskschema.views.view import VIEWS as ALL_VIEWS

VIEWS = ALL_VIEWS.names()


def command(*arguments: str) -> CompletedProcess[str]:
    return run_command("views", *arguments)


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


def example(text: str) -> Any:
    (block,) = re.findall(r"^```json\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return json.loads(block)


def test_without_a_name_all_views_are_listed_with_their_titles() -> None:
    done = command()
    assert done.returncode == 0
    listed = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert listed == {name: view.title for name, view in ALL_VIEWS.load_all().items()}


def test_with_a_name_it_prints_the_section_of_the_page() -> None:
    done = command("natural")
    assert done.returncode == 0
    assert done.stdout.startswith(f"natural: {ALL_VIEWS.load_all()['natural'].title}\n\n")
    _, _, section = done.stdout.partition("\n\n")
    assert f"\n## natural\n\n{section}" in page("views.md")


@pytest.mark.parametrize("name", VIEWS)
def test_fields_settings_and_exporters_are_listed(name: str) -> None:
    view = ALL_VIEWS.load_all()[name]
    text = "\n\n".join(view_paragraphs(name, view))
    assert set(example(text)) == set(view.columns)
    for field in view.columns:
        assert f"\n- `{field}`: " in text
    for key, setting in view.settings.items():
        assert f"\n- `{key}` [`{json.dumps(setting.default)}`]: {setting.what}" in text
    accepting, by_default = exporters_of(name)
    assert {"huggingface", "jsonl"} <= set(accepting) >= set(by_default)
    assert all(f"`{kind}`" in text for kind in accepting)


@pytest.mark.parametrize("name", VIEWS)
def test_the_example_equals_the_record_of_an_export(name: str, tmp_path: Path) -> None:
    (tmp_path / "tasks").mkdir()
    raw = canonical.dumps(EXAMPLE, 3)
    (tmp_path / "tasks" / f"{EXAMPLE['name']}.json").write_bytes(raw)
    tasks = collect([tmp_path / "tasks"])
    export(tasks, ExportRequest("jsonl", tmp_path / "out", views=(name,)))
    (line,) = (tmp_path / "out" / "train.jsonl").read_bytes().splitlines()
    assert example("\n\n".join(view_paragraphs(name, ALL_VIEWS.load_all()[name]))) == json.loads(
        line
    )


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("mesages", "Did you mean `messages`?"),
        ("prompt-completion", "Did you mean `prompt_completion`?"),
        ("sonnets", "Use one of `alpaca`, `environment`, `inspect`,"),
    ],
)
def test_an_unknown_name_gives_a_one_line_error(name: str, cure: str) -> None:
    done = command(name)
    assert done.returncode == 2
    assert f"there is no view `{name}`. {cure}" in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_pages_describe_every_view_and_every_exporter() -> None:
    for name in VIEWS:
        assert f"\n## {name}\n" in page("views.md")
    for kind in ALL_EXPORTERS.names():
        assert f"\n## {kind}\n" in page("exporters.md")


@pytest.mark.parametrize("kind", ALL_EXPORTERS.names())
def test_exporters_describe_their_views_settings_and_extra(kind: str) -> None:
    exporter: Exporter = ALL_EXPORTERS.load_all()[kind]
    text = "\n\n".join(exporter_paragraphs(kind, exporter))
    assert ("accepts no `--view`" in text) == (exporter.views == ())
    assert all(f"\n- `{key}` " in text for key in exporter.settings)
    assert (f"the extra `{exporter.extra}`" in text) == bool(exporter.extra)
    assert brief(kind) in text
