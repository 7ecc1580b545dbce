"""`taskschema convert` and `formats` on the command line."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from support.checkout import ROOT
from support.costs import PATIENCE
from typer.testing import CliRunner

from taskschema.cli.app import app
from taskschema.core.errors import TaskSchemaError
from taskschema.rules.smallest_task import write_task

ROWS = [
    {"instruction": "Add.", "input": "1 1", "output": "2"},
    {"instruction": "Add.", "input": "1 1", "output": "two"},
    {"instruction": "Greet.", "input": "", "output": "Hello."},
]


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.json"
    path.write_text(json.dumps(ROWS))
    return path


def run(*arguments: str | Path, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["convert", *map(str, arguments)])
    if isinstance(done.exception, TaskSchemaError):
        assert code == 2
        return str(done.exception)
    assert done.exit_code == code, done.output
    return done.output


def read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_rows_converted_to_tasks_and_back_stay_the_same(rows: Path, tmp_path: Path) -> None:
    output = run(rows, tmp_path / "tasks")
    assert "3 rows of alpaca read: 2 kept in 1 task, 1 merged, 0 refused." in output
    assert read(tmp_path / "tasks" / "rows.json")["instances"][0]["output"] == ["2", "two"]
    run(tmp_path / "tasks", tmp_path / "again.jsonl", "--to", "alpaca", "--bare")
    assert lines(tmp_path / "again.jsonl") == [ROWS[0], ROWS[2]]


def test_no_merge_keeps_every_row(rows: Path, tmp_path: Path) -> None:
    for group in ("collection", "instruction"):
        tasks, again = tmp_path / group, tmp_path / f"{group}.jsonl"
        run(rows, tasks, "--no-merge", "--group", group)
        run(tasks, again, "--to", "alpaca", "--bare")
        assert lines(again) == ROWS


def test_group_by_instruction_writes_one_task_for_each(rows: Path, tmp_path: Path) -> None:
    run(rows, tmp_path / "tasks", "--group", "instruction", "--name", "sums")
    names = sorted(path.stem for path in (tmp_path / "tasks").iterdir())
    assert [name[:12] for name in names] == ["sums-add-80a", "sums-greet-0"]
    assert read(tmp_path / "tasks" / f"{names[0]}.json")["definition"] == ["Add."]


def test_a_row_without_an_instruction_is_grouped_with_rows_that_have_the_given_one(
    tmp_path: Path,
) -> None:
    source = tmp_path / "few.jsonl"
    rows = [{"instruction": text, "input": text, "output": "a"} for text in ("Add.", "")]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    run(source, tmp_path / "tasks", "--group", "instruction", "--instruction", "Add.")
    (path,) = (tmp_path / "tasks").iterdir()
    assert [instance["input"] for instance in read(path)["instances"]] == ["Add.", ""]


def test_standard_input_and_output(rows: Path) -> None:
    command = [sys.executable, "-m", "taskschema", "convert", "-", "-"]
    done = subprocess.run(command, input=rows.read_bytes(), capture_output=True, check=True)
    task = json.loads(done.stdout)
    assert task["name"] == "stdin"
    assert task["provenance"]["conversions"][0]["format"] == "alpaca"
    assert b"3 rows of alpaca read" in done.stderr


def test_two_conversions_keep_canary_licences_and_provenance(tmp_path: Path) -> None:
    given = {"canary": "canary GUID 1", "licenses": [{"text": "MIT", "spdx": "MIT"}]}
    path = write_task(tmp_path, "marked", given)
    run(path, tmp_path / "a.jsonl", "--to", "alpaca")
    run(tmp_path / "a.jsonl", tmp_path / "one/")
    run(tmp_path / "one", tmp_path / "b.jsonl", "--to", "alpaca")
    run(tmp_path / "b.jsonl", tmp_path / "two/")
    task = read(tmp_path / "two" / "marked.json")
    assert {key: task[key] for key in given} == given
    assert task["provenance"]["method"] == "human"
    assert [step["source"] for step in task["provenance"]["conversions"]] == ["a.jsonl", "b.jsonl"]


def test_each_file_of_a_folder_becomes_a_task(rows: Path, tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    for name in ("in/a.json", "in/deep/b.json"):
        (tmp_path / name).write_bytes(rows.read_bytes())
    run(tmp_path / "in", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.json", "b.json"]


def test_skipped_data_files_of_a_folder_give_a_warning(rows: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_bytes(rows.read_bytes())
    (tmp_path / "in" / "broken.jsonl").write_text('{"instruction": 1e999}\n')
    (tmp_path / "in" / "README.md").write_text("Rows.")
    output = run(tmp_path / "in", tmp_path / "out")
    assert "broken.jsonl:1:1: warning CNV008 not-kept: is skipped: it does not start" in output
    assert "README.md" not in output


def test_name_is_the_prefix_for_several_files(rows: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("in/a.json", "in/b.json"):
        (tmp_path / name).write_bytes(rows.read_bytes())
    run(tmp_path / "in", tmp_path / "out", "--name", "sums")
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["sums-a.json", "sums-b.json"]


TURNS = [{"role": "user", "content": "Add 1 and 1."}, {"role": "assistant", "content": "2"}]


@pytest.mark.parametrize(
    ("row", "detected"),
    [
        (ROWS[0], "alpaca"),
        ({"messages": TURNS}, "messages"),
        ({"messages": TURNS, "id": "a", "source": "b"}, "tulu"),
        ({"prompt": "Add.", "chosen": "2", "rejected": "3"}, "preferences"),
        ({"question": "1 + 1", "answer": "2"}, "parquet"),
    ],
)
def test_the_format_of_parquet_rows_is_detected_by_their_columns(
    row: dict[str, Any], detected: str, tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(pa_table([row]), tmp_path / "rows.parquet")
    assert f"1 row of {detected} read: 1 kept" in run(tmp_path / "rows.parquet", tmp_path / "out/")


def test_a_task_comes_back_from_parquet_rows(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path = write_task(tmp_path, "whole", {"canary": "canary GUID 1"})
    run(path, tmp_path / "rows.jsonl", "--to", "messages")
    parquet.write_table(pa_table(lines(tmp_path / "rows.jsonl")), tmp_path / "rows.parquet")
    run(tmp_path / "rows.parquet", tmp_path / "out/")
    task = read(tmp_path / "out" / "whole.json")
    del task["provenance"]["conversions"]
    assert task == read(path)


def pa_table(rows: list[Any]) -> Any:
    return pytest.importorskip("pyarrow").Table.from_pylist(rows)


def test_license_applies_to_tasks_without_one(rows: Path, tmp_path: Path) -> None:
    run(rows, tmp_path / "tasks", "--license", "CC BY-NC 4.0")
    (given,) = read(tmp_path / "tasks" / "rows.json")["licenses"]
    assert given == {"text": "CC BY-NC 4.0", "spdx": "CC-BY-NC-4.0"}


def test_an_existing_target_is_replaced_only_with_force(rows: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("mine")
    assert "already exists" in run(rows, target, "--to", "alpaca", code=2)
    assert target.read_text() == "mine"
    run(rows, target, "--to", "alpaca", "--force")
    assert len(target.read_text().splitlines()) == 2
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "note.txt").write_text("mine")
    assert "already exists" in run(rows, folder, code=2)
    run(rows, folder, "--force")
    assert sorted(path.name for path in folder.iterdir()) == ["note.txt", "rows.json"]


def test_a_file_written_into_a_folder_is_named_after_its_source(
    rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fruit").mkdir()
    (tmp_path / "fruit" / "rows.json").write_bytes(rows.read_bytes())
    monkeypatch.chdir(tmp_path / "fruit")
    run(".", f"{tmp_path}/here/", "--to", "csv")
    with rows.open("rb") as file:
        command = [sys.executable, "-m", "taskschema", "convert", "-", f"{tmp_path}/in/"]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        subprocess.run([*command, "--to", "csv"], stdin=file, env=environment, check=True)
    found = [path.name for path in sorted(tmp_path.glob("*/*.csv"))]
    assert found == ["fruit.csv", "stdin.csv"]


def test_a_pipe_as_target_stays_a_pipe(rows: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        run(rows, pipe, "--to", "alpaca")
        assert reader.stdout
        assert len(reader.stdout.read().splitlines()) == 2
    assert pipe.is_fifo()


def test_a_pipe_is_read_once(rows: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "piped.json"
    os.mkfifo(pipe)
    with subprocess.Popen(["cp", rows, pipe]):
        assert "3 rows of alpaca read" in run(pipe, tmp_path / "out")
    (step,) = read(tmp_path / "out" / "piped.json")["provenance"]["conversions"]
    assert step["source"] == "piped.json"


def test_a_link_to_itself_is_refused_as_target(rows: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(link)
    for target in (link, f"{link}/"):
        assert "is a link to itself" in run(rows, target, "--to", "alpaca", code=2)


def test_strict_writes_nothing_if_something_is_lost(tmp_path: Path) -> None:
    path = write_task(tmp_path, "whole")
    output = run(
        path, tmp_path / "out.jsonl", "--to", "self_instruct_finetuning", "--strict", code=1
    )
    assert "has no place for positive demonstrations (1 task)" in output
    assert "Nothing was written" in output
    assert [path.name for path in tmp_path.iterdir()] == ["whole.json"]


def test_strict_holds_the_standard_output_back(tmp_path: Path) -> None:
    path = write_task(tmp_path, "whole")
    output = run(path, "-", "--to", "self_instruct_finetuning", "--strict", code=1)
    assert "Nothing was written" in output
    assert '"prompt"' not in output
    assert '"prompt"' in run(path, "-", "--to", "self_instruct_finetuning")


def test_a_pipe_closed_early_is_no_error(tmp_path: Path) -> None:
    row = json.dumps({"instruction": "a" * 1000, "input": "b", "output": "c"}) + "\n"
    path = tmp_path / "rows.jsonl"
    path.write_text(row * 2000)
    convert = f"{sys.executable} -m taskschema convert {path} - --no-merge"
    done = subprocess.run(["sh", "-c", f"{convert} | head -c 10"], capture_output=True, check=True)
    assert len(done.stdout) == 10
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("closed", "message"),
    [
        ("- out/ <&-", "cannot detect its format (it is empty)"),
        ("rows.json - >&-", "standard output is closed"),
        ("rows.json out/ >&-", "standard output is closed"),
        ("nowhere out/ 2>&-", ""),
    ],
)
def test_a_closed_stream_gives_one_line(
    closed: str, message: str, rows: Path, tmp_path: Path
) -> None:
    command = f"{sys.executable} -m taskschema convert {closed}"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["sh", "-c", command], cwd=rows.parent, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert done.stderr.count(b"\n") == bool(message)
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a process there ends without a signal")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_leaves_no_files_behind(name: str, tmp_path: Path) -> None:
    folder, scratch = tmp_path / "source", tmp_path / "scratch"
    folder.mkdir()
    scratch.mkdir()
    with gzip.open(folder / "MMQA_dev.jsonl.gz", "wb", 1) as file:
        file.writelines([b"\n" * 1_000_000] * 90)
    command = [sys.executable, "-m", "taskschema", "convert", folder, tmp_path / "tasks" / "a"]
    run_in = {"env": os.environ | {"TMPDIR": str(scratch)}, "stderr": subprocess.DEVNULL}
    started = subprocess.Popen([*command, "--from", "multimodalqa"], **run_in)
    while not (left := [path for path in scratch.rglob("*") if path.is_file()]):
        assert started.poll() is None
        time.sleep(0.05)
    started.send_signal(getattr(signal, name))
    assert started.wait(PATIENCE)
    assert left
    assert not [*scratch.iterdir()]
    assert not [*(tmp_path / "tasks").iterdir()]


def test_refused_rows_are_counted_and_listed_with_their_places(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    bad = ['{"instruction": "Add.", "input": ""}'] * 30
    path.write_text("\n".join([json.dumps(row) for row in ROWS] * 20 + ["{", *bad]))
    output = run(path, tmp_path / "out", "--max-findings", "2", code=1)
    assert "91 rows of alpaca read: 2 kept in 1 task, 58 merged, 31 refused." in output
    assert f"{path}:61:1: error CNV001 unreadable-row: not JSON" in output
    assert f"{path}:62:1: error CNV002 wrong-shape: has no `output`. Add it." in output
    assert f"{path}: ... and 28 more CNV002 wrong-shape here" in output


def test_instances_that_a_format_cannot_express_are_counted_as_refused(tmp_path: Path) -> None:
    preferred = {"input": "a", "output": ["b"], "extras": {"preferences": {"rejected": "c"}}}
    some = [{"id": "a"} | preferred, {"id": "d", "input": "d", "output": ["e"]}]
    path = write_task(tmp_path, "some", {"instances": some})
    total = len(read(path)["instances"])
    output = run(path, tmp_path / "some.jsonl", "--to", "preferences", code=1)
    found = f"{total} rows of taskschema read: 1 kept in 1 task, 0 merged, {total - 1} refused."
    assert found in output
    path = write_task(tmp_path, "none")
    output = run(path, tmp_path / "none.jsonl", "--to", "preferences", code=1)
    assert f"0 kept in 0 tasks, 0 merged, {total} refused." in output
    assert "Nothing was written" in output
    assert not (tmp_path / "none.jsonl").exists()
    blank = [{"id": "a", "input": " ", "output": ["b"]}]
    path = write_task(tmp_path, "blank", {"instances": blank})
    output = run(path, tmp_path / "out.json", "--to", "medi", code=1)
    assert f"{total - 1} kept in 1 task, 0 merged, 1 refused." in output


def test_rows_of_a_task_with_a_repeated_name_are_counted_as_refused(
    rows: Path, tmp_path: Path
) -> None:
    for folder in ("a", "b"):
        (tmp_path / "in" / folder).mkdir(parents=True)
        (tmp_path / "in" / folder / "rows.json").write_bytes(rows.read_bytes())
    output = run(tmp_path / "in", tmp_path / "out", code=1)
    assert "6 rows of alpaca read: 2 kept in 1 task, 2 merged, 2 refused." in output


def test_the_rows_of_a_refused_task_are_counted(tmp_path: Path) -> None:
    row = {"input": "Ice", "target": "cold"}
    task = {"name": "x", "description": "Say how it is.", "keywords": [], "examples": [row] * 2}
    for name in "ab":
        file = tmp_path / "source" / name / "task.json"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(task), "utf-8")
    output = run(tmp_path / "source", tmp_path / "tasks", "--from", "big_bench", code=1)
    assert "4 rows of big_bench read: 2 kept in 1 task, 0 merged, 2 refused." in output


def test_a_report_holds_every_finding(tmp_path: Path) -> None:
    path, report = tmp_path / "rows.jsonl", tmp_path / "report.json"
    path.write_text('{"instruction": "a", "input": "b", "output": ""}\n' * 20)
    run(path, tmp_path / "out", "--report", report, code=1)
    assert read(report)["counts"] == {"CNV003": 20}
    assert not (tmp_path / "out").exists()


def test_the_summary_is_printed_even_if_the_report_cannot_be_written(
    rows: Path, tmp_path: Path
) -> None:
    line = ["convert", str(rows), str(tmp_path / "out"), "--report", str(tmp_path / "no" / "where")]
    done = CliRunner().invoke(app, line)
    assert "2 kept in 1 task" in done.output
    assert "Written to" in done.output
    assert "no such folder" in str(done.exception)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere.json", "out"), "does not exist"),
        (("", "out"), "the source has no name"),
        (("{rows}", "", "--to", "alpaca"), "the target has no name"),
        (("{rows}", "out", "--from", "alpacca"), "Did you mean alpaca?"),
        (("{rows}", "out", "--to", "nonsense"), "there is no format 'nonsense'"),
        (("{rows}", "{rows}", "--force"), "is the source. Name another target."),
        (("{rows}", "out", "--report", "{rows}"), "is the source or the target"),
        (("{rows}", "out", "--report", "out"), "is the source or the target"),
        (("{text}", "out"), "cannot detect its format (no format matches)"),
        (("{empty}", "out"), "cannot detect its format (it is empty)"),
        (("{broken}", "out"), "cannot detect its format (line 1: "),
        (("{rows}", "out", "--config", "{"), "--config: is not JSON"),
        (("{rows}", "out", "--config", "[" * 100_000), "--config: is not JSON"),
        (("{rows}", "out", "--config", "[]"), "--config: is not a JSON object"),
        (("{task}", "out"), "holds tasks already. Choose another format with --to"),
        (("{rows}", "out", "--bare", "--strict"), "Give only one of them."),
        (("{rows}", "out", "--data", "x"), "--data: neither alpaca nor taskschema takes it."),
        (("{rows}", "out", "--input-column", "x"), "These do: csv, datasets, jsonl, parquet, tsv."),
        (("{rows}", "out", "--to", "tulu", "--config", '{"upstraem": 1}'), "mean `upstream`?"),
        (("{rows}", "out", "--to", "tulu", "--config", '{"upstream": 1}'), "not true or false"),
        (("{rows}", "out", "--config", '{"x": 1}'), "takes `x`. Remove it."),
    ],
)
def test_an_error_is_one_line_and_writes_nothing(
    arguments: tuple[str, ...], message: str, rows: Path, tmp_path: Path
) -> None:
    (tmp_path / "text.txt").write_text("Dear diary")
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "broken.jsonl").write_text('{"instruction": "a"}, {}\n')
    paths = {
        "{empty}": tmp_path / "empty.jsonl",
        "{broken}": tmp_path / "broken.jsonl",
        "{rows}": rows,
        "{text}": tmp_path / "text.txt",
        "{task}": write_task(tmp_path, "a_task"),
        "out": tmp_path / "out",
    }
    output = run(*(paths.get(part, part) for part in arguments), code=2)
    assert message in output
    assert "\n" not in output
    assert not (tmp_path / "out").exists()


def test_formats_lists_all_and_describes_one() -> None:
    listed = CliRunner().invoke(app, ["formats"]).output
    assert "Alpaca rows: instruction, input, output" in listed
    output = CliRunner().invoke(app, ["formats", "alpaca"]).output
    assert "- `/attachments`: the files of attachments" in output


def test_attachment_files_survive_a_dataset(tmp_path: Path) -> None:
    (tmp_path / "in" / "files").mkdir(parents=True)
    data = {"files/map.png": b"\x89PNG\r\n\x1a\nmap", "files/notes.txt": b"A note."}
    for name, raw in data.items():
        (tmp_path / "in" / name).write_bytes(raw)
    attachments = {
        "map": {"media_type": "image/png", "path": "files/map.png"},
        "notes": {"media_type": "text/plain", "path": "files/notes.txt"},
    }
    for name in ("one", "two"):
        write_task(tmp_path / "in", name, {"attachments": attachments})
    run(tmp_path / "in", tmp_path / "out", "--to", "datasets")
    run(tmp_path / "out", tmp_path / "back")
    for name, raw in data.items():
        assert (tmp_path / "back" / name).read_bytes() == raw
    for path in (tmp_path / "in").glob("*.json"):
        assert (
            json.loads((tmp_path / "back" / path.name).read_bytes())["attachments"] == attachments
        )


def test_attachment_files_are_copied_unless_outside_the_folder(tmp_path: Path) -> None:
    attachments = {
        "map": {"media_type": "text/plain", "path": "files/map.txt"},
        "gone": {"media_type": "text/plain", "path": "files/gone.txt"},
        "secret": {"media_type": "text/plain", "path": "../secret.txt"},
        "none": {"media_type": "text/plain", "path": "\0"},
        "long": {"media_type": "text/plain", "path": "a" * 5000},
    }
    write_task(tmp_path / "in", "mapped", {"attachments": attachments})
    for name in ("in/files/map.txt", "secret.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("a map")
    output = run(tmp_path / "in", tmp_path / "out", "--to", "taskschema")
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert {path.name for path in files} == {"mapped.json", "map.txt"}
    assert "attachment `gone`: files/gone.txt does not exist" in output
    assert "attachment `secret`: ../secret.txt is not below" in output
