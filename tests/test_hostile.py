"""What strangers, accidents and other systems do to a collection."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support.costs import PATIENCE, require_linear_cost

from taskschema import check
from taskschema.collection.collection import collect
from taskschema.convert.convert import convert
from taskschema.convert.request import ConvertRequest
from taskschema.core.errors import ConfigError
from taskschema.export.export import export
from taskschema.export.request import ExportRequest
from taskschema.rules.smallest_task import smallest_task
from taskschema.schema import canonical, migrate

V2: dict[str, Any] = {
    "Definition": ["Do it."],
    "Positive Examples": [{"input": "a", "output": "b", "explanation": "c"}],
    "Negative Examples": [],
    "Instances": [{"id": "1", "input": "d", "output": ["e"]}],
}


def write(folder: Path, stem: str, **overlay: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{stem}.json"
    path.write_bytes(canonical.dumps(smallest_task(stem, overlay), 3))
    return path


def run(*arguments: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "taskschema", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)


def codes(*paths: Path) -> list[str]:
    return [finding.code for finding in check(*paths).findings]


def test_a_new_export_is_loaded_anew(tmp_path: Path) -> None:
    import datasets

    seen = []
    for count in (26, 30):
        rows = [{"id": f"{n}", "input": f"i{n}", "output": [f"o{n}"]} for n in range(count)]
        write(tmp_path / "tasks", "task", instances=rows)
        tasks = collect([tmp_path / "tasks"])
        export(tasks, ExportRequest("huggingface", tmp_path / "out"))
        for name in ("default", "tasks"):
            table = datasets.load_dataset(
                str(tmp_path / "out"), name, split="train", cache_dir=str(tmp_path / "cache")
            )
            seen.append(table.num_rows if name == "default" else table[0]["instances"])
    assert seen == [26, 26, 30, 30]


def test_migrate_never_writes_over_what_it_cannot_bring_back(tmp_path: Path) -> None:
    path = write(tmp_path / "tasks", "task", summary="Only version 3 has this.")
    before = path.read_bytes()
    for output in (path.parent, tmp_path / "tasks" / ".." / "tasks"):
        result = run("migrate", path.parent, "--to", "2", "--output", output)
        assert (result.returncode, path.read_bytes()) == (1, before)
    (tmp_path / "other").mkdir()
    precious = tmp_path / "other" / "task.json"
    precious.write_text("precious")
    result = run("migrate", path.parent, "--to", "2", "--output", precious.parent)
    assert (result.returncode, precious.read_text()) == (2, "precious")
    assert "already exists with other content" in result.stderr


def test_foreign_keys_of_rows_that_are_named_like_keys_of_the_task() -> None:
    document = json.loads(json.dumps(V2))
    document["Positive Examples"][0]["URL"] = "http://example.org"
    document["Instances"][0]["Source"] = {"page": 3}
    older, losses = migrate.downgrade(migrate.upgrade(document, name="t"), to=2)
    assert (older, losses) == (document, ())


@pytest.mark.parametrize("number", ["3.14159265358979323846264338327950288", "1e-999", "1e999"])
def test_a_number_that_would_change_is_told(number: str, tmp_path: Path) -> None:
    path = write(tmp_path, "task", extras={"number": "@"})
    path.write_bytes(path.read_bytes().replace(b'"@"', number.encode()))
    assert codes(tmp_path) == ["FIL008"]


@pytest.mark.parametrize("place", ["x" * 300, "a\0b", "loop"])
def test_attachments_that_lead_nowhere(place: str, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    write(tmp_path, "good")
    write(tmp_path, "task", attachments={"m": {"media_type": "image/png", "path": place}})
    assert set(codes(tmp_path)) <= {"ATT001", "ATT002"}
    assert len(codes(tmp_path)) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such a name")
def test_a_file_name_that_is_not_utf8(tmp_path: Path) -> None:
    write(tmp_path / "tasks", "good")
    bad = os.fsencode(tmp_path / "tasks") + b"/bad\xe9.json"
    Path(os.fsdecode(bad)).write_bytes(canonical.dumps(smallest_task("bad"), 3))
    report = json.loads(run("check", tmp_path / "tasks", "--format", "json").stdout)
    assert report["counts"] == {"FIL001": 1}
    result = run("export", "huggingface", tmp_path / "out", "--collection", tmp_path / "tasks")
    assert (result.returncode, result.stdout[:22]) == (1, "26 instances of 1 task")


def test_a_file_name_forges_no_line(tmp_path: Path) -> None:
    path = tmp_path / "new\r\n::error file=a::forged\x1b[31m.json"
    path.write_text("{")
    result = run("check", tmp_path)
    assert not any(line.startswith("::error") for line in result.stdout.splitlines())
    assert "\x1b" not in result.stdout


def test_what_an_output_cannot_show_is_escaped(tmp_path: Path) -> None:
    write(tmp_path, "task", languages={"input": ["中文"]})
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    result = run("check", tmp_path, env=environment)
    assert result.returncode == 1
    assert r"\u4e2d\u6587" in result.stdout


def test_several_folders_share_what_they_have_in_common(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "map.png").write_bytes(b"")
    write(tmp_path / "a", "one")
    write(tmp_path / "b", "two", attachments={"m": {"media_type": "image/png", "path": "map.png"}})
    assert codes(tmp_path / "a", tmp_path / "b") == codes(tmp_path / "b", tmp_path / "a") == []


def test_two_spellings_of_a_path_are_one_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a", "one")
    assert check(path, tmp_path / "a" / ".." / "a" / "one.json", path.parent).files == 1


def test_an_export_of_nothing_leaves_the_old_one(tmp_path: Path) -> None:
    path = write(tmp_path / "tasks", "task")
    arguments = ("export", "huggingface", tmp_path / "out", "--collection", tmp_path / "tasks")
    assert run(*arguments).returncode == 0
    before = (tmp_path / "out" / "manifest.json").read_bytes()
    path.write_text("{")
    result = run(*arguments)
    assert (result.returncode, result.stdout) == (1, "")
    assert "FIL005" in result.stderr
    assert "nothing was written" in result.stderr
    assert (tmp_path / "out" / "manifest.json").read_bytes() == before


def test_a_forged_manifest_hides_nothing(tmp_path: Path) -> None:
    forged = {"kind": "", "tasks": 0, "instances": 0, "files": [], "schema_version": 3}
    (tmp_path / "manifest.json").write_text(json.dumps(forged))
    (tmp_path / "bad.json").write_text("{")
    assert codes(tmp_path) == ["FIL005"]


def test_folders_of_tasks_that_are_not_there(tmp_path: Path) -> None:
    write(tmp_path, "task")
    for name in ("nope", "../elsewhere", "/"):
        (tmp_path / "taskschema.toml").write_text(f'tasks = ["{name}"]\n')
        with pytest.raises(ConfigError, match="is not a folder next to this file"):
            check(tmp_path)


def test_fmt_goes_on_after_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    long = tmp_path / f"{'m' * 115}.json"
    for path in (long, tmp_path / "zz.json"):
        path.write_text(json.dumps(smallest_task(path.stem)))
    result = run("fmt", tmp_path)
    assert (result.returncode, result.stdout.splitlines()[-1]) == (
        0,
        "2 reformatted, 0 already canonical.",
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "taskschema", "schema", "3"]
        result = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert result.returncode == 2
    assert "No space left on device" in result.stderr
    assert "Traceback" not in result.stderr


def test_rows_without_end_are_judged_in_time(tmp_path: Path) -> None:
    many = [f"alternative {number}" for number in range(20_000)]
    rows = [{"id": "a", "input": "i", "output": [*many, "alternative 0"]}]
    shown = [{"input": "same", "output": "o", "explanation": f"{n}"} for n in range(2_000)]
    rows += [{"id": f"r{n}", "input": "same", "output": ["o"]} for n in range(5_000)]
    write(tmp_path, "task", instances=rows, positive_demonstrations=shown)
    assert set(codes(tmp_path)) == {"DEM006", "INS002", "INS009", "LEA001"}


def test_the_cost_of_fixing_rows_that_all_ask_the_same_is_linear(tmp_path: Path) -> None:
    path = tmp_path / "task.json"

    def fix(count: int) -> None:
        same = {"input": "same", "output": ["one"]}
        rows = [{"id": str(number), **same} for number in range(count)]
        path.write_bytes(canonical.dumps(smallest_task("task") | {"instances": rows}, 3))
        result = run("check", path, "--unsafe-fixes", timeout=PATIENCE)
        assert f"{count - 1:,} INS002" in result.stderr
        assert json.loads(path.read_bytes())["instances"] == [{"id": "0", **same}]

    require_linear_cost(fix, size=60_000)


def test_the_cost_of_fixing_a_row_with_many_findings_is_linear(tmp_path: Path) -> None:
    def fix(count: int) -> None:
        task = smallest_task("task")
        task["instances"][0]["output"] = ["one"] * count
        path = tmp_path / "task.json"
        path.write_bytes(canonical.dumps(task, 3))
        result = run("check", path, "--unsafe-fixes", timeout=PATIENCE)
        assert f"{count - 1:,} INS009" in result.stderr

    require_linear_cost(fix, size=100_000)


def test_the_cost_of_a_long_split_list_is_linear(tmp_path: Path) -> None:
    write(tmp_path / "tasks", "task")

    def check_lists(count: int) -> None:
        for split in ("train", "test"):
            listed = tmp_path / "splits" / "default" / f"{split}_tasks.txt"
            listed.parent.mkdir(parents=True, exist_ok=True)
            listed.write_text("".join(f"n{number}\n" for number in range(count)))
        result = run("check", tmp_path, timeout=PATIENCE)
        assert f"{count + 2:,} errors" in result.stdout

    require_linear_cost(check_lists, size=120_000)


@pytest.mark.parametrize("value", ["[" * 100_000, "9" * 5_000])
def test_settings_without_end_are_told(value: str, tmp_path: Path) -> None:
    write(tmp_path, "task")
    (tmp_path / "taskschema.toml").write_text(f"tasks = {value}")
    with pytest.raises(ConfigError, match="cannot be read as TOML"):
        check(tmp_path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device")
@pytest.mark.parametrize("name", ["big_bench", "superni"])
def test_a_device_without_end_is_no_source(name: str, tmp_path: Path) -> None:
    done = convert(ConvertRequest("/dev/zero", str(tmp_path / "tasks"), source_format=name))
    assert [finding.code for finding in done.findings] == ["CNV001"]


def test_a_standard_input_without_end_is_one_line() -> None:
    command = [sys.executable, "-m", "taskschema", "check", "-", "--fix"]
    with Path("/dev/zero").open("rb") as endless:
        result = subprocess.run(
            command, stdin=endless, capture_output=True, timeout=PATIENCE, check=False
        )
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"at most 100,000,000 bytes" in result.stderr
