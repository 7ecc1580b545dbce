"""What shells are offered when Tab is pressed."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from support.checkout import ROOT
from typer.main import get_command

from taskschema.__main__ import run
from taskschema.analysis.diff.format import DIFF_FORMATS as ALL_DIFF_FORMATS
from taskschema.cli.app import app
from taskschema.cli.completion import shells, values
from taskschema.convert.format import FORMATS as ALL_FORMATS
from taskschema.core.parallel.executor import EXECUTORS as ALL_EXECUTORS
from taskschema.core.plugins import Family
from taskschema.export.exporter import EXPORTERS as ALL_EXPORTERS
from taskschema.gate.reports.reporter import REPORTERS as ALL_REPORTERS
from taskschema.rules.selection import known_codes
from taskschema.schema import published_files, versions
from taskschema.schema.fields import fields
from taskschema.schema.licenses import CLASSES
from taskschema.schema.profiles import PROFILES
from taskschema.schema.vocabulary import terms
from taskschema.views.view import VIEWS as ALL_VIEWS

HEAVY = (
    "datasets",
    "pyarrow",
    "tokenizers",
    "yaml",
    "jinja2",
    "jsonschema",
    "jsonschema_rs",
    "ftfy",
)
START = "import sys; from taskschema.__main__ import main; sys.argv[0] = 'taskschema'; main()"
Tab = Callable[..., list[str]]


@pytest.fixture(autouse=True)
def called_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the installed command is; and what an answer changes for its process is put back."""
    monkeypatch.setattr(sys, "argv", ["taskschema"])
    monkeypatch.setattr(sys.modules["__main__"], "__package__", None)
    monkeypatch.setitem(sys.modules, "rich", None)


@pytest.fixture
def tab(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Tab:
    """The lines that bash is given for the words of a line, the last of which is unfinished."""

    def press(*words: str, separator: str = "\n") -> list[str]:
        monkeypatch.setenv("_TASKSCHEMA_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", separator.join(("taskschema", *words)))
        monkeypatch.setenv("COMP_CWORD", str(len(words)))
        run()
        out, err = capsys.readouterr()
        assert err == ""
        return out.splitlines() if out.strip() else []

    return press


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What zsh or fish is given for a line, and for fish the exit code."""

    def press(shell: str, line: str, action: str = "get-args") -> str:
        monkeypatch.setenv("_TASKSCHEMA_COMPLETE", f"complete_{shell}")
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", line)
        monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", action)
        code = run()
        out, err = capsys.readouterr()
        assert err == ""
        return str(code) if action == "is-args" else out.rstrip("\n")

    return press


@pytest.fixture
def collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two tasks, two tracks, and names that no task has."""
    (tmp_path / "taskschema.toml").write_text('tasks = ["tasks", "more"]\n')
    for name in ("tasks/one.json", "tasks/.hidden.json", "more/deep/two.json", "tasks/three.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}")
    for name in ("$(echo x)", "a\\$(b)", "with space", "-o", "`c`", "q'q", "ctrl\x1b"):
        (tmp_path / "tasks" / f"{name}.json").write_text("{}")
    for name in ("default/train", "default/dev", "default/excluded", "xling/test"):
        path = tmp_path / "splits" / f"{name}_tasks.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("one\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names_here() -> list[str]:
    return [name for name, _ in values.task_names(typer.Context(get_command(app)), "")]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("ex",), ["explain", "export"]),
        (("check", "--format", "js"), ["json", "jsonl"]),
        (("split", "check", "--format", "js"), ["json", "jsonl"]),
        (("diff", "main", "--format", ""), list(ALL_DIFF_FORMATS.names())),
        (("export", ""), list(ALL_EXPORTERS.names())),
        (("export", "jsonl", "out", "--view", ""), list(ALL_VIEWS.names())),
        (("views", "me"), ["messages"]),
        (("formats", ""), list(ALL_FORMATS.names())),
        (("convert", "a", "b", "--from", "alp"), ["alpaca"]),
        (("convert", "a", "b", "--to", "su"), ["superni"]),
        (("convert", "a", "b", "--group", ""), ["collection", "instruction"]),
        (("check", "--profile", ""), list(PROFILES)),
        (("schema", ""), ["1", "2", "3"]),
        (("migrate", "tasks", "--to", ""), ["1", "2", "3"]),
        (("split", ""), ["build", "check"]),
        (("fmt", "--executor", ""), ["dask:", "processes"]),
        (("export", "jsonl", "out", "--license-class", ""), list(CLASSES)),
        (("explain", "INS00"), [f"INS00{number}" for number in range(1, 10)]),
        (("explain", "blank-o"), ["blank-output"]),
        (("explain", "ins010"), ["ins010"]),
        (("explain", "languages."), [f"languages.{k}" for k in ("instruction", "input", "output")]),
        (("check", "--ignore", "PRI001,PRI00"), [f"PRI001,PRI00{n}" for n in range(2, 7)]),
        (("new", "task", "--kind", ""), ["text", "label", "set", "fields", "choices"]),
        (("new", "task", "--method", "g"), ["generated"]),
        (("new", "task", "--domain", "Wikip"), ["Wikipedia"]),
        (("ids", ""), ["add"]),
        (("stats", "--by", "lic"), ["licence", "licence-class"]),
        (("stats", "--format", "m"), ["markdown"]),
        (("set", "summ"), ["summary=", "summary= "]),
        (("set", "provenance.meth"), ["provenance.method=", "provenance.method= "]),
        (("set", "provenance.method", "=", "h"), ["human"]),
        (("set", "categories+", "=", "Text\\ Ca"), ["Text\\ Categorization"]),
        (("set", "name"), []),
        (("set", "tasks/"), []),
        (("show", "recipe_s"), ["recipe_scaling"]),
        (("show", "recipe_scaling", "--view", "mes"), ["messages"]),
        (("show", "x", "--view", "messages", "--set", "sys"), ["system=true", "system=false"]),
        (("rename", "recipe_s"), ["recipe_scaling"]),
        (("rename", "recipe_scaling", "new_"), []),
        (("check", "--nosuch", ""), []),
        (("nosuch", ""), []),
        (("check", "tasks/"), []),
        (("export", "jsonl", ""), []),
        (("views", "nosuch"), []),
    ],
)
def test_what_fits_is_offered(
    tab: Tab, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], offered: list[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert tab(*words) == offered


def test_the_first_tab_offers_families_and_fields(tab: Tab) -> None:
    found = tab("explain", "")
    top = {path.replace("$", "\\$") for path in fields() if "." not in path}
    assert set(found) == {code[:3] for code in known_codes()} | top
    assert tab("check", "--select", "")[0] == "ANS"
    assert tab("check", "--select", "INS,t") == ["INS,tax", "INS,txt"]
    # The last family is not finished with a space while its rules may be meant.
    assert tab("check", "--select", "ANS,TX")[:2] == ["ANS,TXT", "ANS,TXT001"]


def test_settings_are_those_of_the_view_and_the_exporter(tab: Tab) -> None:
    line = ("export", "superni", "out", "--view", "messages", "--set")
    assert tab(*line, "") == ["bare=", "system=", "demonstrations="]
    assert tab(*line, "demo")[:2] == ["demonstrations=0", "demonstrations=1"]
    assert tab(*line, "bare", "=", "t") == ["true"]
    assert tab("export", "superni", "out", "--set", "b") == ["bare=true", "bare=false"]
    assert tab("export", "nosuch", "out", "--set", "") == []
    two = ("export", "huggingface", "out", "--view", "messages", "--view", "rlvr", "--set")
    assert "messages.demonstrations=1" in tab(*two, "messages.demo")


def test_categories_are_quoted_as_the_word_is(tab: Tab) -> None:
    line = ("export", "jsonl", "out", "--category")
    assert len(tab(*line, "")) == len(terms("categories"))
    assert tab(*line, "Text\\ Ca") == ["Text\\ Categorization"]
    assert tab(*line, '"Text Ca') == ["Text Categorization"]
    assert tab(*line, "'text ca") == ["text categorization"]


def test_languages_of_three_letters_wait_for_the_second(tab: Tab) -> None:
    line = ("export", "jsonl", "out", "--language")
    assert all(len(tag) == 2 for tag in tab(*line, ""))
    assert {"pt", "pth"} <= set(tab(*line, "pt"))


def test_bash_gets_only_what_it_has_not_broken_off(tab: Tab) -> None:
    assert tab("check", "--format", "=", "mar") == ["markdown"]
    assert tab("check", "--format", "=")[0] == "github"
    assert tab("check", "--format=mar") == ["markdown"]
    assert tab("check", "--executor", "das") == ["dask:", "dask: "]  # which bash does not finish
    assert tab("check", "--executor", "dask", ":") == []
    assert tab("check", "--format", "mar", separator=" ") == ["markdown"]


def test_zsh_and_fish_see_what_values_mean(ask: Callable[..., str]) -> None:
    assert ask("zsh", "taskschema explain INS005") == (
        '_arguments \'*: :(("INS005":"blank-output"))\''
    )
    assert ask("fish", "taskschema explain INS005") == "INS005\tblank-output"
    for line in ask("fish", "taskschema views ").splitlines():
        assert re.fullmatch(r"\w+\t\S.*\S", line)
    assert ask("fish", "taskschema check --format=mar").startswith("--format=markdown\t")
    assert '"--format=markdown":"' in ask("zsh", "taskschema check --format=mar")
    several = ask("zsh", "taskschema check --format=js").splitlines()
    assert ['"--format=json' in line for line in several] == [True, True]
    category = ask("fish", r"taskschema export jsonl out --category=Text\ Ca")
    assert category == "--category=Text Categorization"
    assert ask("zsh", "taskschema check tasks/") == "_files"


def test_fish_is_told_whether_files_are_wanted(ask: Callable[..., str]) -> None:
    assert ask("fish", "taskschema views ", "is-args") == "0"
    assert ask("fish", "taskschema check ", "is-args") == "1"


def test_names_are_those_of_the_collection_around(
    collection: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert names_here() == ["one", "two"]
    monkeypatch.chdir(collection / "more" / "deep")
    assert names_here() == ["one", "two"]


def test_tracks_and_splits_are_those_of_the_collection(tab: Tab, collection: Path) -> None:
    line = ("export", "jsonl", "out")
    assert tab(*line, "--track", "") == ["default", "xling"]
    assert tab(*line, "--split", "") == ["dev", "train"]
    assert tab(*line, "--track", "xling", "--split", "") == ["test"]
    assert tab(*line, "--evaluation-split", "--split", "e") == ["evaluation"]
    (collection / "elsewhere").mkdir()
    (collection / "elsewhere" / "taskschema.toml").write_text("")
    assert tab(*line, "--collection", "elsewhere", "--split", "") == ["train"]
    assert tab(*line, "--collection", "elsewhere", "--track", "") == []


@pytest.mark.parametrize(
    "settings", ["tasks = [", "tasks = 3", 'tasks = ["/etc", "..", "gone"]', "\0", 'tasks = [""]']
)
def test_a_broken_collection_offers_nothing_and_says_nothing(
    collection: Path, settings: str
) -> None:
    (collection / "taskschema.toml").write_text(settings)
    (collection.parent / "outside.json").write_text("{}")
    assert "outside" not in names_here()


def test_without_a_collection_only_the_folder_itself_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "below").mkdir()
    for name in ("draft.json", "below/far.json"):
        (tmp_path / name).write_text("{}")
    monkeypatch.chdir(tmp_path)
    assert names_here() == ["draft"]


def test_an_address_is_not_visited(tab: Tab) -> None:
    line = ("export", "jsonl", "out", "--collection", "memory", "://", "there", "--track", "")
    assert tab(*line) == []


def test_what_goes_wrong_is_kept_to_itself(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> int:
        sys.stderr.write("trouble")
        raise RuntimeError

    monkeypatch.setenv("_TASKSCHEMA_COMPLETE", "complete_bash")
    for current in ("1", "x"):
        monkeypatch.setenv("COMP_WORDS", "taskschema ")
        monkeypatch.setenv("COMP_CWORD", current)
        assert shells.answer(fail) == 1
    monkeypatch.delenv("COMP_WORDS")
    assert run() == 1
    monkeypatch.setenv("_TASKSCHEMA_COMPLETE", "complete_nosuch")
    run()
    assert capsys.readouterr() == ("\n", "")


@pytest.mark.parametrize(
    "family",
    [ALL_EXPORTERS, ALL_FORMATS, ALL_REPORTERS, ALL_VIEWS, ALL_EXECUTORS],
    ids=lambda family: family.package,
)
def test_each_plugin_has_a_headline(family: Family[Any]) -> None:
    assert all(family.headline(name).endswith(".") for name in family.names())


def test_the_published_versions_are_all_versions() -> None:
    assert published_files.versions() == versions.VERSIONS


def test_completing_imports_nothing_heavy() -> None:
    lines = ["explain ", "views ", "export jsonl o --category ", "export jsonl o --track "]
    lines += ["export jsonl o --view messages --set ", "check --select ", "fmt --executor "]
    code = (
        "import os, sys\n"
        "from taskschema.__main__ import run\n"
        "sys.argv = ['taskschema']\n"
        "os.environ['_TASKSCHEMA_COMPLETE'] = 'complete_zsh'\n"
        f"for line in {lines}:\n"
        "    os.environ['_TYPER_COMPLETE_ARGS'] = 'taskschema ' + line\n"
        "    run()\n"
        f"found = [one for one in {HEAVY} if one in sys.modules]\n"
        "own = [one for one in ("
        "'schema.model', 'gate.check', 'collection.reading') "
        "if f'taskschema.{one}' in sys.modules]\n"
        "print(found, own, sys.modules['rich'], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stderr == "[] [] None\n"
    assert done.stdout.count("_arguments") == len(lines) - 1  # there are no tracks: _files
    assert done.stdout.count("_files") == 1


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
def test_bash_completes_with_the_script_that_is_shown(tmp_path: Path) -> None:
    command = tmp_path / "taskschema"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{START}" "$@"\n')
    command.chmod(0o755)
    script = (
        f'PATH="{tmp_path}:$PATH"\n'
        'eval "$(taskschema --show-completion)"\n'
        "complete -p taskschema\n"
        "COMP_WORDS=(taskschema export jsonl o --category 'Text\\ Ca'); COMP_CWORD=5\n"
        "_taskschema_completion taskschema; printf '%s\\n' \"${COMPREPLY[@]}\"\n"
        "COMP_WORDS=(taskschema check --format = sa); COMP_CWORD=4\n"
        "_taskschema_completion taskschema; printf '%s\\n' \"${COMPREPLY[@]}\"\n"
        "COMP_WORDS=(taskschema check tasks/); COMP_CWORD=2\n"
        "_taskschema_completion taskschema; echo ${#COMPREPLY[@]}\n"
    )
    done = subprocess.run(
        ["bash", "--norc", "--noprofile", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert done.stderr == ""
    registered, *offered = done.stdout.splitlines()
    assert "-F _taskschema_completion taskschema" in registered
    assert offered == ["Text\\ Categorization", "sarif", "0"]
