"""Remote tasks and outputs behave like local files, and errors are one line."""

import pickle
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from support.pictures import png

import taskschema
from taskschema.__main__ import run
from taskschema.collection.collection import collect
from taskschema.collection.export_manifest import is_export
from taskschema.core.errors import ConfigError, DestinationError, NoTasksError
from taskschema.core.storage.paths import location
from taskschema.export.export import export
from taskschema.export.request import ExportRequest
from taskschema.rules.smallest_task import write_task

fsspec = pytest.importorskip("fsspec")
LocalFileSystem = pytest.importorskip("fsspec.implementations.local").LocalFileSystem
memory = fsspec.filesystem("memory")

Say = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _nothing_there() -> Iterator[None]:
    forget()
    yield
    forget()


def forget() -> None:
    memory.store.clear()
    memory.pseudo_dirs[:] = [""]


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A collection with findings, settings, split lists, an index and attachments."""
    folder = tmp_path / "here"
    attached = {
        "map": {"media_type": "image/png", "path": "../map.png"},
        "far": {"media_type": "image/png", "path": "../../far.png"},
        "gone": {"media_type": "image/png", "path": "gone.png"},
        "list": {"media_type": "text/csv", "path": "inner/list.csv"},
    }
    write_task(folder / "tasks", "one", {"attachments": attached})
    write_task(folder / "tasks" / "inner", "two", {"definition": ["Answer  "]})
    (folder / "tasks" / "broken.json").write_text("{")
    (folder / "tasks" / ".hidden.json").write_text("{")
    (folder / "tasks" / "README.md").write_text("| `one` |\n")
    (folder / "map.png").write_bytes(png(1, 2, 3))
    (folder / "tasks" / "inner" / "list.csv").write_text("a,b")
    lists = folder / "splits" / "default"
    lists.mkdir(parents=True)
    (lists / "train_tasks.txt").write_text("one\nnobody\n")
    (lists / "test_tasks.txt").write_text("two\n")
    settings = 'ignore = ["DEF004"]\n[waivers.two]\nDEF002 = "On purpose."\n'
    (folder / "taskschema.toml").write_text(settings)
    (tmp_path / "far.png").write_bytes(png(1, 2, 3))
    return folder


def put(folder: Path, there: str) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            memory.pipe_file(f"/{there}/{path.relative_to(folder)}", path.read_bytes())


def held(there: str) -> dict[str, bytes]:
    start = f"/{there}/"
    return {
        path.removeprefix(start): memory.cat_file(path)
        for path in memory.store
        if path.startswith(start)
    }


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def command(say: Say, monkeypatch: pytest.MonkeyPatch, *words: object) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["taskschema", *map(str, words)])
    code = run()
    output = say.readouterr()
    return code, output.out, output.err


def test_check_prints_the_same_for_remote_and_local_files(
    here: Path, capsys: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(here, "there")
    there = command(capsys, monkeypatch, "check", "memory://there", "--max-findings", "0")
    same = command(capsys, monkeypatch, "check", here, "--no-cache", "--max-findings", "0")
    assert (there[0], there[1].replace("memory://there", str(here)), there[2]) == same
    codes = {found.code for found in taskschema.check("memory://there").findings}
    assert codes == {"ATT001", "ATT002", "FIL005", "SPL001"}


def test_remote_listings_are_not_cached_between_commands(here: Path) -> None:
    put(here, "there")
    assert not taskschema.check("memory://there/tasks/inner/two.json").failed()
    memory.pipe_file("/there/tasks/inner/two.json", b"{")
    assert taskschema.check("memory://there/tasks/inner/two.json").failed()


def test_fmt_fix_and_migrate_write_whole_files(
    here: Path, capsys: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "tasks" / "broken.json").unlink()
    loose = here / "tasks" / "one.json"
    loose.write_bytes(loose.read_bytes().replace(b"\n", b"\n\n"))
    (here / "taskschema.toml").unlink()
    put(here, "there")
    for words in (["fmt"], ["check", "--fix"], ["migrate", "--to", "2", "--lossy"]):
        there = command(capsys, monkeypatch, *words, "memory://there")
        same = command(capsys, monkeypatch, *words, here)
        assert [text.replace("memory://there", str(here)) for text in there[1:]] == [*same[1:]]
        assert there[0] == same[0]
        assert held("there") == files(here)
    assert command(capsys, monkeypatch, "migrate", "memory://there", "--output", "memory://up")[
        :2
    ] == (0, "2 written in version 3, 0 already in it, 0 skipped.\n")
    assert sorted(held("up")) == ["tasks/inner/two.json", "tasks/one.json"]


def test_reports_and_baselines_are_written_to_remote_files(
    here: Path, capsys: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(here, "there")
    options = ["--baseline", "memory://out/known.json", "-o", "memory://out/report.txt"]
    page = ["--report", "memory://out/page.html"]
    first = command(
        capsys, monkeypatch, "check", "memory://there", *options, *page, "--update-baseline"
    )
    assert first[0] == 0
    assert sorted(held("out")) == ["known.json", "page.html", "report.txt"]
    assert command(capsys, monkeypatch, "check", "memory://there", *options)[0] == 0
    assert held("out")["report.txt"] == b"3 files checked, nothing found.\n"
    for target in ("memory://there/tasks/one.json", "memory://there/tasks/new.json"):
        code, _, err = command(capsys, monkeypatch, "check", "memory://there", "-o", target)
        assert (code, err.count("\n")) == (2, 1)


def test_a_remote_export_has_the_same_bytes(here: Path, tmp_path: Path) -> None:
    put(here, "there")
    for kind in ("huggingface", "jsonl", "superni", "lm_eval", "llama_factory", "axolotl"):
        export(collect([here]), ExportRequest(kind, tmp_path / kind))
        for source in (here, location("memory://there")):
            out = location(f"memory://{kind}")
            export(collect([source]), ExportRequest(kind, out))
            assert held(kind) == files(tmp_path / kind)


def test_a_remote_export_replaces_only_an_export(here: Path) -> None:
    tasks, out = collect([here]), location("memory://out")
    memory.pipe_file("/out/thesis.txt", b"years of work")
    with pytest.raises(DestinationError, match=r"memory://out: exists and is not an export"):
        export(tasks, ExportRequest("jsonl", out))
    memory.rm("/out", recursive=True)
    export(tasks, ExportRequest("huggingface", out))
    memory.pipe_file("/out/.notes", b"mine")
    with pytest.raises(DestinationError, match=r"holds \.notes, which no export wrote"):
        export(tasks, ExportRequest("jsonl", out))
    assert "README.md" in held("out")


def test_an_upload_succeeds_after_a_killed_one(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks, out = collect([here]), location("memory://out")
    export(tasks, ExportRequest("jsonl", tmp_path / "out"))
    finished = files(tmp_path / "out")
    steps = 0
    while True:
        forget()
        export(tasks, ExportRequest("huggingface", out))
        before = held("out")
        with monkeypatch.context() as patch:
            die_after(steps, patch)
            try:
                export(tasks, ExportRequest("jsonl", out))
                break
            except KeyboardInterrupt:
                pass
        assert is_export(out)
        assert held("out") == before or b'"unfinished":true' in held("out")["manifest.json"]
        export(tasks, ExportRequest("jsonl", out))
        assert held("out") == finished
        steps += 1
    assert steps > len(before)
    assert held("out") == finished


def die_after(steps: int, patch: pytest.MonkeyPatch) -> None:
    left = steps

    def counted(function: Any) -> Any:
        def call(*values: Any, **named: Any) -> Any:
            nonlocal left
            if left == 0:
                raise KeyboardInterrupt
            left -= 1
            return function(*values, **named)

        return call

    for name in ("pipe_file", "put_file", "rm_file"):
        patch.setattr(memory, name, counted(getattr(memory, name)))


def test_split_lists_are_built_and_checked_remotely(
    here: Path, capsys: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "tasks" / "broken.json").unlink()
    put(here, "there")
    for words in (["build"], ["check"]):
        there = command(capsys, monkeypatch, "split", *words, "memory://there")
        same = command(capsys, monkeypatch, "split", *words, here)
        assert (there[0], there[1].replace("memory://there", str(here)), there[2]) == same
        assert held("there") == files(here)
    leaks = ["--leaks", "memory://leaks/all.tsv"]
    command(capsys, monkeypatch, "split", "check", "memory://there", *leaks)
    assert held("leaks")["all.tsv"].startswith(b"track\t")


def test_convert_reads_and_writes_remote_files(
    tmp_path: Path, capsys: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = '[{"instruction": "Add.", "input": "1", "output": "2"}, {"input": "x"}]'
    (tmp_path / "rows.json").write_text(rows)
    memory.pipe_file("/src/rows.json", rows.encode())
    words, source = ["--from", "alpaca"], ["memory://src/rows.json"]
    there = command(capsys, monkeypatch, "convert", *source, "memory://dst/", *words)
    same = command(
        capsys, monkeypatch, "convert", tmp_path / "rows.json", f"{tmp_path}/dst/", *words
    )
    assert there[2].replace("memory://src", str(tmp_path)) == same[2]
    assert held("dst") == files(tmp_path / "dst")
    again = command(
        capsys, monkeypatch, "convert", "memory://src/rows.json", "memory://dst/", *words
    )
    assert again[0] == 2
    assert again[2].startswith("taskschema: memory://dst: already exists.")
    command(capsys, monkeypatch, "convert", "memory://dst", "memory://rows.jsonl", "--to", "jsonl")
    command(
        capsys, monkeypatch, "convert", tmp_path / "dst", tmp_path / "rows.jsonl", "--to", "jsonl"
    )
    assert memory.cat_file("/rows.jsonl") == (tmp_path / "rows.jsonl").read_bytes()


def test_a_loaded_remote_collection_can_be_pickled(here: Path) -> None:
    put(here, "there")
    loaded = taskschema.load("memory://there/tasks/inner")
    assert pickle.loads(pickle.dumps(loaded)) == loaded  # noqa: S301 - our own
    assert [task.name for task in loaded] == ["two"]
    rows = loaded.to_dataset(split="test")
    assert rows["id"] == taskschema.load(here / "tasks" / "inner").to_dataset(split="test")["id"]
    assert len(list(loaded.to_dataset(streaming=True))) == len(rows) > 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["check", "nothing://there"], "Protocol not known: nothing"),
        (["check", "memory://nowhere"], "memory://nowhere: does not exist."),
        (["check", "memory://there", "."], ".: is local, and other paths are remote."),
        (["check", "memory://there", "--changed-since", "HEAD"], "has no git revisions."),
        (["check", "http://me:secret@127.0.0.1/a.json"], "a URL contains a password"),
        (["check", "https://127.0.0.1/a.json?sig=secret"], "a URL contains a query"),
        (["check", "zip://a.json::file:///nowhere.zip"], "no such file"),
        (["split", "build", "memory://there/tasks/one.json"], "is not a folder."),
        (["convert", "memory://nowhere", "-"], "memory://nowhere: cannot be read"),
    ],
)
def test_impossible_requests_are_reported_in_one_line(
    words: list[str], message: str, here: Path, capsys: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(here, "there")
    code, out, err = command(capsys, monkeypatch, *words)
    assert (code, out) == (2, "")
    assert err.startswith("taskschema: ")
    assert message in err
    assert err.count("\n") == 1
    assert "secret" not in err


@pytest.mark.parametrize("words", [["push", "memory://a", "b/c"], ["diff", "memory://a", "x"]])
def test_commands_that_need_local_files_report_it(
    words: list[str], capsys: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, err = command(capsys, monkeypatch, *words)
    assert code == 2
    assert "memory://a is remote" in err


def test_errors_of_any_library_are_reported_as_unreadable_files(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_values: object, **_named: object) -> bytes:
        raise ArithmeticError("the moon\nis in the way")

    put(here, "there")
    with monkeypatch.context() as patch:
        patch.setattr(memory, "cat_file", fail)
        with pytest.raises(ConfigError, match=r"cannot be read as TOML: .*the moon"):
            taskschema.check("memory://there")
    memory.rm_file("/there/taskschema.toml")
    monkeypatch.setattr(memory, "cat_file", fail)
    (found,) = taskschema.check("memory://there/tasks/inner/two.json").findings
    assert found.message == "cannot be opened: the moon."
    monkeypatch.setattr(memory, "ls", fail)
    with pytest.raises(NoTasksError, match=r"memory://there/tasks: cannot be read: the moon\."):
        taskschema.check("memory://there")


def test_local_names_are_not_urls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert location("C://tasks") == Path("C:/tasks")
    assert location("tasks//a.json") == Path("tasks/a.json")
    assert location("./s3://tasks") == Path("s3:/tasks")
    assert location(f"file://{tmp_path}") == location(f"local://{tmp_path}") == tmp_path
    assert location(tmp_path) is not None
    write_task(tmp_path / "s3:" / "tasks", "one")
    monkeypatch.chdir(tmp_path)
    assert taskschema.check("./s3://tasks").files == 1


def test_local_files_import_no_remote_libraries(tmp_path: Path) -> None:
    path = write_task(tmp_path, "one")
    program = (
        f"import sys, taskschema; taskschema.check({str(path)!r}); print('fsspec' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout == b"False\n"


class Renaming(LocalFileSystem):  # type: ignore[misc]
    """A service with folders and links, such as SFTP."""

    protocol = "renaming"

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        stripped: str = super()._strip_protocol(path.removeprefix("renaming://"))
        return stripped


def test_a_service_with_folders_renames_files_and_refuses_links(
    here: Path, tmp_path: Path, capsys: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsspec.register_implementation("renaming", Renaming, clobber=True)
    (here / "tasks" / "linked.json").symlink_to(tmp_path / "far.png")
    start = f"renaming://{here}"
    found = taskschema.check(start).findings
    (link,) = (one for one in found if one.path.endswith("linked.json"))
    assert (link.code, link.message) == (
        "FIL001",
        "cannot be opened: is a link; links are not followed.",
    )
    (here / "taskschema.toml").unlink()
    command(capsys, monkeypatch, "check", start, "--fix", "--select", "DEF002")
    assert b"Answer  " not in (here / "tasks" / "inner" / "two.json").read_bytes()
    for kind in ("jsonl", "huggingface", "jsonl"):
        out = location(f"renaming://{tmp_path}/deep/inner/out")
        export(collect([here / "tasks" / "one.json"]), ExportRequest(kind, out))
    kept = [path for path in tmp_path.rglob(".taskschema-*") if path.is_file()]
    assert not kept

    rename, calls, fails = Renaming.mv, 0, set[int]()

    def over_nothing(system: Any, old: str, new: str) -> None:
        nonlocal calls
        calls += 1
        if Path(new).exists() or calls in fails:
            raise OSError(28, "No space left on device")
        rename(system, old, new)

    monkeypatch.setattr(Renaming, "mv", over_nothing)
    before = files(here)
    for number in (2, 3):
        calls, fails = 0, {number}
        code, _, err = command(
            capsys, monkeypatch, "migrate", f"{start}/tasks/inner", "--to", "2", "--lossy"
        )
        assert (code, "cannot be written: No space left on device." in err) == (2, True)
        assert files(here) == before
    fails.clear()
    done = command(capsys, monkeypatch, "migrate", f"{start}/tasks/inner", "--to", "2", "--lossy")
    assert done[0] == 0
    assert files(here) != before
    assert not list(tmp_path.rglob(".taskschema-*"))


def test_reports_of_services_name_addresses(
    here: Path, capsys: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(here, "there")
    for name in ("sarif", "github", "gitlab", "junit", "markdown", "rdjson"):
        code, out, _ = command(capsys, monkeypatch, "check", "memory://there", "--format", name)
        assert code == 1
        assert "memory://there/tasks/one.json" in out
        if name == "sarif":
            assert '"uri": "memory://there/tasks/one.json"' in out
            assert "uriBaseId" not in out.replace("originalUriBaseIds", "")


def test_archives_are_read_as_folders(here: Path, tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "packed"), "zip", here)
    report = taskschema.check(f"zip://::file://{archive}")
    same = taskschema.check(here)
    assert sorted(found.code for found in report.findings) == sorted(
        found.code for found in same.findings
    )
    assert f"zip://tasks/broken.json::file://{archive}" in {found.path for found in report.findings}
    one = taskschema.check(f"zip://tasks/one.json::{archive}")
    assert {found.code for found in one.findings} == {"ATT001", "ATT002"}
    shutil.rmtree(here / "tasks" / "inner")
    (here / "tasks" / "broken.json").unlink()
    shutil.make_archive(str(tmp_path / "packed"), "zip", here)
    assert taskschema.check(f"zip://::file://{archive}").files == 1


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_values: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if self.path.startswith("/forbidden"):
            self.send_error(403)
        else:
            super().do_GET()

    do_HEAD = do_GET  # noqa: N815 - http.server calls it so


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    pytest.importorskip("aiohttp")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_web_server_is_read(
    here: Path, address: str, tmp_path: Path, capsys: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    for start in (f"{address}/here", f"{address}/here/"):
        found = taskschema.check(start).findings
        same = taskschema.check(here).findings
        assert sorted((one.path, one.code, one.line) for one in found) == sorted(
            (one.path.replace(str(here), f"{address}/here"), one.code, one.line) for one in same
        )
    (one,) = taskschema.load(f"{address}/here/tasks/inner/two.json")
    assert one.name == "two"
    for kind in ("near", "far"):
        source = here if kind == "near" else location(f"{address}/here")
        export(collect([source]), ExportRequest("huggingface", tmp_path / kind))
    assert files(tmp_path / "near") == files(tmp_path / "far")
    wrong = {
        "nowhere.json": "does not exist.",
        "forbidden": "the server answered 403 Forbidden.",
    }
    for name, message in wrong.items():
        code, _, err = command(capsys, monkeypatch, "check", f"{address}/{name}")
        assert (code, err.count("\n")) == (2, 1)
        assert message in err
    out = f"{address}/out"
    code, _, err = command(capsys, monkeypatch, "export", "jsonl", out, "--collection", here)
    assert code == 2
    assert "cannot be written: the server answered 501" in err
    code, _, err = command(capsys, monkeypatch, "check", "http://127.0.0.1:1/a.json")
    assert (code, err.count("\n")) == (2, 1)
    assert "Connect call failed" in err


@pytest.mark.parametrize("way", ["../../secret/key", "/secret/key", "../../../secret/key"])
@pytest.mark.parametrize("start", ["memory://there/tasks", "zip://tasks::memory://packed.zip"])
def test_no_path_leaves_its_bucket_or_host(way: str, start: str, tmp_path: Path) -> None:
    write_task(tmp_path / "here" / "tasks", "one", {"attachments": {"key": _attached(way)}})
    archive = shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path / "here")
    memory.pipe_file("/packed.zip", Path(archive).read_bytes())
    memory.pipe_file("/secret/key", b"secret")
    put(tmp_path / "here", "there")
    folder = location(start)
    assert not (folder / way).resolve().is_relative_to(folder.parent)
    for path in (folder / way, (folder / way).resolve()):
        with pytest.raises(PermissionError, match="leads out of the archive or folder"):
            path.is_file()
        with pytest.raises(PermissionError):
            path.read_bytes()
    (found,) = taskschema.check(start).findings
    assert found.code == "ATT001"


def _attached(path: str) -> dict[str, str]:
    return {"media_type": "text/plain", "path": path}


def test_paths_in_settings_do_not_leave_the_host(here: Path) -> None:
    put(here, "there")
    memory.pipe_file("/there/taskschema.toml", b'tasks = ["../secret"]')
    memory.pipe_file("/secret/one.json", b"{}")
    with pytest.raises((ConfigError, NoTasksError), match=r"no folder beside|leads out of"):
        taskschema.check("memory://there")
    with pytest.raises(ConfigError, match="leads out of the archive or folder"):
        location("memory://there/../../secret")
