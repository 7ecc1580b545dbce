"""What the documents show is what the program does: their commands and examples are run."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.checkout import ROOT
from typer.main import get_command
from typer.testing import CliRunner

from taskschema.cli.app import COMMANDS as ALL_COMMANDS
from taskschema.cli.app import app
from taskschema.collection import config
from taskschema.gate.reports.reporter import REPORTERS as ALL_REPORTERS
from taskschema.schema import versions

DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/checking.md",
    "docs/consuming.md",
    "docs/continuous-integration.md",
    "docs/contributing-a-task.md",
    "docs/fields.md",
    "docs/large-collections.md",
    "docs/exporters.md",
    "docs/review.md",
    "docs/running-a-collection.md",
    "docs/views.md",
    "docs/waivers.md",
)
COMMANDS = ALL_COMMANDS.names()
RUN = ("taskschema", "sed", "printf")
NOT_RUN = ("make",)  # continuous integration does
# tests/test_push.py, tests/test_executors.py and tests/test_matrix.py have such.
ELSEWHERE = re.compile(r"taskschema push |.* dask:tcp:|.* s3://")
ANYTHING = "..."


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(document: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", read(document), re.MULTILINE | re.DOTALL)


def commands(document: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of the console blocks with the lines that are shown below it."""
    for block in blocks(document, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shown = part.splitlines()
            yield command, shown


def files(document: str) -> list[tuple[str, str]]:
    """The files that a document shows before it names them in a command: name and text."""
    pattern = r"`([\w.-]+)`:\n\n```csv\n(.*?)^```$"
    return re.findall(pattern, read(document), re.MULTILINE | re.DOTALL)


def stands_for(shown: list[str], real: str) -> bool:
    """A line `...` stands for any lines, and `...` within a line for any text."""
    pattern = "".join(
        r"(?:.*\n)*?"
        if line.strip() == ANYTHING
        else re.escape(line).replace(re.escape(ANYTHING), ".*") + r"\n"
        for line in shown
    )
    return re.fullmatch(pattern, real) is not None


def run(command: list[str], folder: Path) -> str:
    """What a command prints, on both streams."""
    settings = {
        "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
        "HF_HOME": str(folder / ".cache"),
        "HF_HUB_OFFLINE": "1",
        "PYTHON": sys.executable,
    }
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.stdout


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What the examples need of a checkout."""
    shutil.copytree(ROOT / "tasks", tmp_path / "tasks")
    return tmp_path


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_print_what_is_shown_and_examples_run(document: str, checkout: Path) -> None:
    for name, text in files(document):
        (checkout / name).write_text(text, encoding="utf-8")
    for command, shown in commands(document):
        program = command.split()[0]
        assert program in (*RUN, *NOT_RUN), f"nobody tries `{command}`"
        if program in RUN and not ELSEWHERE.match(command):
            taskschema = 'taskschema() { "$PYTHON" -m taskschema "$@"; }'
            real = run(["sh", "-c", f"{taskschema}\n{command}"], checkout)
            assert stands_for(shown, real), f"`{command}` prints\n{real}"
    examples = [block for block in blocks(document, "python") if ">>> " in block]
    (checkout / "examples.txt").write_text("\n".join(examples), encoding="utf-8")
    assert run([sys.executable, "-m", "doctest", "-o", "ELLIPSIS", "examples.txt"], checkout) == ""


def test_a_line_of_dots_stands_for_any_lines() -> None:
    assert stands_for(["a", "...", "d ... f"], "a\nb\nc\nd e f\n")
    assert stands_for(["a", "..."], "a\n")
    assert not stands_for(["a"], "a\nb\n")
    assert not stands_for(["a", "...", "d"], "a\nb\n")


def test_the_excerpt_is_from_the_file() -> None:
    ((path, excerpt),) = re.findall(
        r"From `(\S+)`, shortened:\n\n```json\n(.*?)```", read("README.md"), re.DOTALL
    )
    assert stands_for(excerpt.splitlines(), read(path))


def test_the_settings_shown_fit_their_schema(tmp_path: Path) -> None:
    (tmp_path / "tasks").mkdir()
    for document in ("README.md", "docs/rules.md"):
        (example,) = blocks(document, "toml")
        path = tmp_path / config.FILE_NAME
        path.write_text(example, encoding="utf-8")
        (waiver,) = config.read(path).waivers
        assert waiver.reason


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_in_the_readme_and_has_help_with_an_example(command: str) -> None:
    assert f"**{command}**" in read("README.md")
    assert f"$ taskschema {command}" in read("README.md")
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert "Example" in result.output
    assert f"taskschema {command}" in result.output


def test_every_option_of_check_and_every_format_is_explained() -> None:
    page = read("docs/checking.md")
    taken = get_command(app).commands["check"].params  # type: ignore[attr-defined]
    options = {option for one in taken for option in one.opts if option[:2] == "--"}
    assert options - set(re.findall(r"--[a-z-]+", read("README.md") + page)) == set()
    (table,) = re.findall(r"^\| format \|.*?\n\n", page, re.MULTILINE | re.DOTALL)
    cells = "".join(line.split("|")[1] for line in table.strip().splitlines())
    assert set(re.findall(r"`(\w+)`", cells)) == set(ALL_REPORTERS.names())


def test_every_field_is_in_the_readme() -> None:
    shown = set(re.findall(r"`([$\w]+)`", read("README.md")))
    assert set(versions.load(versions.NEWEST)["properties"]) <= shown


@pytest.mark.parametrize("document", [*DOCUMENTS, "CHANGELOG.md", "docs/rules.md"])
def test_links_lead_somewhere(document: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", read(document)):
        assert (ROOT / document).parent.joinpath(target).exists(), target


def anchors(path: Path) -> set[str]:
    """What a link into a document may name: its headings in lower case, with hyphens for spaces."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_into_a_document_find_a_heading(document: str) -> None:
    for target, anchor in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", read(document)):
        path = (ROOT / document).parent / target if target else ROOT / document
        assert anchor in anchors(path), f"{target}#{anchor}"
