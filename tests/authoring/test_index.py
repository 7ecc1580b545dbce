"""`taskschema index`: the table of tasks, which nobody writes by hand."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from taskschema import check
from taskschema.authoring.index import BEGIN, END
from taskschema.cli.app import app
from taskschema.rules.smallest_task import write_task


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["index", *map(str, arguments)])
    if done.exception and not isinstance(done.exception, SystemExit):
        return 2, str(done.exception)
    return done.exit_code, done.output


def tasks(folder: Path, *names: str) -> Path:
    for name in names:
        about = {"summary": f"About {name}.", "languages": {"instruction": ["en"]}}
        write_task(folder / "tasks", name, {**about, "categories": ["Misc."]})
    return folder / "tasks" / "README.md"


def test_the_listing_is_written_and_reported_when_outdated(tmp_path: Path) -> None:
    readme = tasks(tmp_path, "one", "two")
    assert run(tmp_path, "--check") == (
        1,
        f"{readme} does not exist. Run `taskschema index`.\n",
    )
    assert not readme.exists()
    assert run(tmp_path) == (0, f"{readme} written with 2 tasks.\n")
    assert "| [one](one.json) | About one. | Misc. | en | text | 26 |\n" in readme.read_text()
    assert run(tmp_path, "--check") == (0, f"{readme} is up to date with 2 tasks.\n")
    assert run(tmp_path / "tasks", "--check")[0] == 0  # either folder may be named
    tasks(tmp_path, "three")
    before = readme.read_bytes()
    assert run(tmp_path, "--check")[0] == 1
    assert readme.read_bytes() == before
    assert run(tmp_path)[0] == 0
    assert run(tmp_path, "--check")[0] == 0


def test_text_around_the_table_stays_unchanged(tmp_path: Path) -> None:
    readme = tasks(tmp_path, "one")
    readme.write_bytes(f"\ufeff# Ours\r\n\r\n{BEGIN}\r\nold{END}\r\nMore.".encode())
    assert run(tmp_path)[0] == 0
    text = readme.read_bytes().decode()
    assert text.startswith(f"\ufeff# Ours\r\n\r\n{BEGIN}\r\n\r\n| name |")
    assert text.endswith(f"|\r\n\r\n{END}\r\nMore.")
    assert text.count("\n") == text.count("\r\n")


@pytest.mark.parametrize(
    "content",
    [b"- `one`\n", f"{END}\n{BEGIN}\n".encode(), f"{BEGIN}\n{BEGIN}\n{END}".encode(), b"\xff"],
)
def test_a_file_without_markers_is_not_changed(content: bytes, tmp_path: Path) -> None:
    readme = tasks(tmp_path, "one")
    readme.write_bytes(content)
    code, output = run(tmp_path)
    assert code == 2
    assert ("two marker lines" in output) == (content != b"\xff")
    assert readme.read_bytes() == content


def test_a_link_out_of_the_collection_is_not_written_through(tmp_path: Path) -> None:
    readme = tasks(tmp_path / "ours", "one")
    other = tmp_path / "other.md"
    other.write_text(f"{BEGIN}\n{END}\n")
    readme.symlink_to(other)
    code, output = run(tmp_path / "ours")
    assert code == 2
    assert "links to a file outside of the collection" in output
    assert other.read_text() == f"{BEGIN}\n{END}\n"


def test_markdown_in_tasks_is_escaped(tmp_path: Path) -> None:
    readme = tasks(tmp_path, "one")
    write_task(tmp_path / "tasks", "two", {"summary": "a | b\n# <b> [x](y) \x1b[2J"})
    assert run(tmp_path)[0] == 0
    (line,) = (line for line in readme.read_text().splitlines() if "two.json" in line)
    assert line.startswith(
        "| [two](two.json) | a \\| b \\# &lt;b&gt; \\[x\\](y) &#92;x1b\\[2J |  |"
    )


def test_an_unreadable_file_is_reported_and_nothing_is_written(tmp_path: Path) -> None:
    readme = tasks(tmp_path, "one")
    (tmp_path / "tasks" / "two.json").write_text("{")
    code, output = run(tmp_path)
    assert code == 1
    assert "two.json:1:2: error FIL005" in output
    assert "README.md: not written" in output
    assert not readme.exists()


def test_all_folders_of_the_settings_share_one_listing(tmp_path: Path) -> None:
    write_task(tmp_path / "german", "one")
    write_task(tmp_path / "french deep", "two")
    (tmp_path / "taskschema.toml").write_text('tasks = ["german", "french deep"]\n')
    assert run(tmp_path / "german") == (0, f"{tmp_path}/german/README.md written with 2 tasks.\n")
    text = (tmp_path / "german" / "README.md").read_text()
    assert "[two](../french%20deep/two.json)" in text
    (tmp_path / "german" / "README.md").rename(tmp_path / "french deep" / "README.md")
    assert run(tmp_path / "german")[1].startswith(f"{tmp_path}/french deep/README.md written")


def test_a_rule_reports_an_outdated_listing(tmp_path: Path) -> None:
    readme = tasks(tmp_path, "one", "two", "three", "five")
    assert run(tmp_path)[0] == 0
    tasks(tmp_path, "four")
    (tmp_path / "tasks" / "one.json").unlink()
    found = [one for one in check(tmp_path).findings if one.code == "COL004"]
    assert [one.line for one in found] == [1, readme.read_text().splitlines().index(BEGIN) + 6]
    assert all("`taskschema index`" in one.message for one in found)
    assert run(tmp_path)[0] == 0
    assert "COL004" not in check(tmp_path).counts


def test_paths_that_are_not_local_folders_are_refused(tmp_path: Path) -> None:
    tasks(tmp_path, "one")
    assert run(tmp_path / "tasks" / "one.json")[0] == 2
    assert "Give the folder of the tasks" in run(tmp_path / "tasks" / "one.json")[1]
    assert "does not exist" in run(tmp_path / "nowhere")[1]
    assert run("memory://x")[0] == 2
