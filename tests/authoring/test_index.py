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


def test_a_new_listing_is_written_once_and_told_when_stale(tmp_path: Path) -> None:
    readme = tasks(tmp_path, "one", "two")
    assert run(tmp_path, "--check") == (
        1,
        f"{readme} is not there. `taskschema index` writes it.\n",
    )
    assert not readme.exists()
    assert run(tmp_path) == (0, f"{readme} written: 2 tasks.\n")
    assert "| [one](one.json) | About one. | Misc. | en | text | 26 |\n" in readme.read_text()
    assert run(tmp_path, "--check") == (0, f"{readme} lists 2 tasks as they are.\n")
    assert run(tmp_path / "tasks", "--check")[0] == 0  # either folder may be named
    tasks(tmp_path, "three")
    before = readme.read_bytes()
    assert run(tmp_path, "--check")[0] == 1
    assert readme.read_bytes() == before
    assert run(tmp_path)[0] == 0
    assert run(tmp_path, "--check")[0] == 0


def test_what_stands_round_the_table_stays(tmp_path: Path) -> None:
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
def test_a_file_without_a_place_for_it_is_left_alone(content: bytes, tmp_path: Path) -> None:
    readme = tasks(tmp_path, "one")
    readme.write_bytes(content)
    code, told = run(tmp_path)
    assert code == 2
    assert ("two lines" in told) == (content != b"\xff")
    assert readme.read_bytes() == content


def test_a_link_out_of_the_collection_is_not_written_through(tmp_path: Path) -> None:
    readme = tasks(tmp_path / "ours", "one")
    other = tmp_path / "other.md"
    other.write_text(f"{BEGIN}\n{END}\n")
    readme.symlink_to(other)
    code, told = run(tmp_path / "ours")
    assert code == 2
    assert "leads out of the collection" in told
    assert other.read_text() == f"{BEGIN}\n{END}\n"


def test_texts_of_tasks_stay_texts(tmp_path: Path) -> None:
    readme = tasks(tmp_path, "one")
    write_task(tmp_path / "tasks", "two", {"summary": "a | b\n# <b> [x](y) \x1b[2J"})
    assert run(tmp_path)[0] == 0
    (line,) = (line for line in readme.read_text().splitlines() if "two.json" in line)
    assert line.startswith(
        "| [two](two.json) | a \\| b \\# &lt;b&gt; \\[x\\](y) &#92;x1b\\[2J |  |"
    )


def test_a_file_that_is_no_task_is_named_and_nothing_written(tmp_path: Path) -> None:
    readme = tasks(tmp_path, "one")
    (tmp_path / "tasks" / "two.json").write_text("{")
    code, told = run(tmp_path)
    assert code == 1
    assert "two.json:1:2: error FIL005" in told
    assert "left as it is" in told
    assert not readme.exists()


def test_the_settings_say_which_folders_belong_together(tmp_path: Path) -> None:
    write_task(tmp_path / "german", "one")
    write_task(tmp_path / "french deep", "two")
    (tmp_path / "taskschema.toml").write_text('tasks = ["german", "french deep"]\n')
    assert run(tmp_path / "german") == (0, f"{tmp_path}/german/README.md written: 2 tasks.\n")
    text = (tmp_path / "german" / "README.md").read_text()
    assert "[two](../french%20deep/two.json)" in text
    (tmp_path / "german" / "README.md").rename(tmp_path / "french deep" / "README.md")
    assert run(tmp_path / "german")[1].startswith(f"{tmp_path}/french deep/README.md written")


def test_a_rule_says_how_to_write_the_listing(tmp_path: Path) -> None:
    readme = tasks(tmp_path, "one", "two", "three", "five")
    assert run(tmp_path)[0] == 0
    tasks(tmp_path, "four")
    (tmp_path / "tasks" / "one.json").unlink()
    found = [one for one in check(tmp_path).findings if one.code == "COL004"]
    assert [one.line for one in found] == [1, readme.read_text().splitlines().index(BEGIN) + 6]
    assert all("`taskschema index`" in one.message for one in found)
    assert run(tmp_path)[0] == 0
    assert "COL004" not in check(tmp_path).counts


def test_paths_that_are_no_folders_of_tasks_are_refused(tmp_path: Path) -> None:
    tasks(tmp_path, "one")
    assert run(tmp_path / "tasks" / "one.json")[0] == 2
    assert "Name the folder of tasks" in run(tmp_path / "tasks" / "one.json")[1]
    assert "does not exist" in run(tmp_path / "nowhere")[1]
    assert run("memory://x")[0] == 2
