"""What the documents show is what the program does: their commands and examples are run."""

import re
import shutil
import sys
from pathlib import Path

import pytest
from support.checkout import ROOT
from support.examples import commands, is_run, matches, run, run_process
from typer.main import get_command
from typer.testing import CliRunner

from taskschema.cli.app import COMMANDS as ALL_COMMANDS
from taskschema.cli.app import app
from taskschema.collection import config
from taskschema.gate.reports.reporter import REPORTERS as ALL_REPORTERS
from taskschema.schema import versions

# Generated parts run their examples as tests of their own.
GENERATED = ("docs/formats.md", "docs/rules.md")
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    *sorted(
        name
        for path in (ROOT / "docs").glob("*.md")
        if (name := f"docs/{path.name}") not in GENERATED
    ),
)
COMMANDS = ALL_COMMANDS.names()


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(document: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", read(document), re.MULTILINE | re.DOTALL)


def files(document: str) -> list[tuple[str, str]]:
    """The files that a document shows before it names them in a command: name and text."""
    pattern = r"`([\w.-]+)`:\n\n```csv\n(.*?)^```$"
    return re.findall(pattern, read(document), re.MULTILINE | re.DOTALL)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What the examples need of a checkout."""
    shutil.copytree(ROOT / "tasks", tmp_path / "tasks")
    return tmp_path


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_print_what_is_shown_and_examples_run(document: str, checkout: Path) -> None:
    for name, text in files(document):
        (checkout / name).write_text(text, encoding="utf-8")
    for command, shown in commands(read(document)):
        if is_run(command):
            real = run(command, checkout)
            assert matches(shown, real), f"`{command}` prints\n{real}"
    examples = [block for block in blocks(document, "python") if ">>> " in block]
    if examples:
        (checkout / "examples.txt").write_text("\n".join(examples), encoding="utf-8")
        doctest = [sys.executable, "-m", "doctest", "-o", "ELLIPSIS", "examples.txt"]
        assert run_process(doctest, checkout) == ""


def test_a_line_of_dots_stands_for_any_lines() -> None:
    assert matches(["a", "...", "d ... f"], "a\nb\nc\nd e f\n")
    assert matches(["a", "..."], "a\n")
    assert not matches(["a"], "a\nb\n")
    assert not matches(["a", "...", "d"], "a\nb\n")


def test_the_excerpt_is_from_the_file() -> None:
    ((path, excerpt),) = re.findall(
        r"From `(\S+)`, shortened:\n\n```json\n(.*?)```", read("README.md"), re.DOTALL
    )
    assert matches(excerpt.splitlines(), read(path))


def test_the_settings_shown_fit_their_schema(tmp_path: Path) -> None:
    (tmp_path / "tasks").mkdir()
    for document in ("docs/configuration.md", "docs/rules.md"):
        (example,) = blocks(document, "toml")
        path = tmp_path / config.FILE_NAME
        path.write_text(example, encoding="utf-8")
        (waiver,) = config.read(path).waivers
        assert waiver.reason


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_documented_and_has_help_with_an_example(command: str) -> None:
    assert f"[{command}](docs/commands.md#{command})" in read("README.md")
    assert f"\n### {command}\n" in read("docs/commands.md")
    assert f"$ taskschema {command}" in read("docs/commands.md")
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert "Example" in result.output
    assert f"taskschema {command}" in result.output


def test_the_readme_is_short() -> None:
    assert len(read("README.md").splitlines()) <= 150


def test_the_index_names_every_page() -> None:
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert pages == set(re.findall(r"\((\w[\w-]*\.md)", read("docs/index.md")))


def test_every_option_of_check_and_every_format_is_explained() -> None:
    page = read("docs/checking.md")
    taken = get_command(app).commands["check"].params  # type: ignore[attr-defined]
    options = {option for one in taken for option in one.opts if option[:2] == "--"}
    assert options - set(re.findall(r"--[a-z-]+", read("docs/commands.md") + page)) == set()
    (table,) = re.findall(r"^\| format \|.*?\n\n", page, re.MULTILINE | re.DOTALL)
    cells = "".join(line.split("|")[1] for line in table.strip().splitlines())
    assert set(re.findall(r"`(\w+)`", cells)) == set(ALL_REPORTERS.names())


def test_every_field_is_on_the_page_of_the_schema() -> None:
    shown = set(re.findall(r"`([$\w]+)`", read("docs/schema.md")))
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
