"""All executors give the same output, byte for byte."""

import inspect
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import wait
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from support.checkout import ROOT
from support.commands import run_command
from support.costs import PATIENCE

from taskschema.cli.shared.interrupts import tidied
from taskschema.core.errors import ExecutorError
from taskschema.core.parallel.executor import EXECUTORS as ALL_EXECUTORS
from taskschema.core.parallel.executors import dask, processes
from taskschema.export.exporter import EXPORTERS as ALL_EXPORTERS
from taskschema.rules.smallest_task import smallest_task
from taskschema.schema import canonical

HOST = "tcp://127.0.0.1"
LOOKS = 30_000  # for a condition, before a test gives up
ATTACHED = "bar_chart_reading"
NAMES = ALL_EXECUTORS.names()
pytestmark = pytest.mark.slow


@dataclass
class Cluster:
    """A scheduler and its workers, each in its own process."""

    folder: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    address: str = ""

    def begin(self) -> None:
        where = self.folder / "scheduler.json"
        self._start("scheduler", "scheduler", "--port", "0", "--scheduler-file", str(where))
        until(where.exists)
        until(lambda: HOST in where.read_text())
        self.address = HOST + where.read_text().split(HOST, 1)[1].split('"', 1)[0]

    def work(self, name: str, **environment: str) -> None:
        options = ("--nthreads", "1", "--no-nanny", "--name", name)
        self._start(name, "worker", self.address, *options, **environment)

    def kill(self, name: str) -> None:
        self.processes[name].kill()
        self.processes.pop(name).wait()

    def end(self) -> None:
        for name in list(self.processes):
            self.kill(name)

    def _start(self, name: str, *arguments: str, **environment: str) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments, "--host", "127.0.0.1", "--no-dashboard"],
                cwd=self.folder,
                env=os.environ | environment,
                stdout=log,
                stderr=log,
            )


def until(condition: Callable[[], Any]) -> None:
    for _ in range(LOOKS):
        if condition():
            return
        time.sleep(0.02)
    pytest.fail("the condition does not become true")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        made.begin()
        made.work("first")
        made.work("second")
        yield made
    finally:
        made.end()


@pytest.fixture
def own_cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A cluster for one test, which may break it."""
    (tmp_path / "cluster").mkdir()
    made = Cluster(tmp_path / "cluster")
    try:
        made.begin()
        yield made
    finally:
        made.end()


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "taskschema", *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def run(*arguments: str | Path) -> tuple[int, str, str]:
    done = run_command(*arguments, cwd=ROOT)
    return done.returncode, done.stdout, done.stderr


def spelled(name: str, cluster: Cluster) -> str:
    return {"dask": f"dask:{cluster.address}", "processes": "processes:2"}[name]


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """Some tasks, one with attachments and one with findings, and two files that are not tasks."""
    folder = tmp_path / "collection"
    shutil.copytree(ROOT / "tasks" / ATTACHED, folder / "tasks" / ATTACHED)
    for path in [
        *sorted((ROOT / "tasks").glob("*.json"))[::6],
        ROOT / "tasks" / f"{ATTACHED}.json",
    ]:
        shutil.copy(path, folder / "tasks")
    (folder / "tasks" / "broken.json").write_text("{")
    (folder / "tasks" / "poor.json").write_bytes(canonical.dumps(smallest_task("poor", {}), 3))
    odd = json.dumps(smallest_task("odd", {}) | {"instances": 3})
    (folder / "tasks" / "odd.json").write_text(odd)
    return folder


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "command",
    [
        ("check", "--no-cache", "--format", "json"),
        ("check", "--no-cache", "--diff", "--unsafe-fixes"),
        ("fmt", "--check"),
        ("split", "check"),
        ("split", "build", "--dry-run"),
    ],
    ids=" ".join,
)
def test_check_prints_the_same_on_every_executor(
    name: str, command: tuple[str, ...], collection: Path, cluster: Cluster
) -> None:
    here = run(*command, collection)
    assert run(*command, collection, "--executor", spelled(name, cluster)) == here
    assert here[1] or here[2]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ALL_EXPORTERS.names())
def test_export_writes_the_same_on_every_executor(
    name: str, kind: str, collection: Path, cluster: Cluster, tmp_path: Path
) -> None:
    common = ("--collection", collection, "--max-instances", "40", "--seed", "2")
    here = run("export", kind, tmp_path / "here", *common)
    there = run(
        *("export", kind, tmp_path / "there", *common),
        *("--executor", spelled(name, cluster)),
    )
    assert there[0] == here[0] == 1  # two files are left out
    assert there[2] == here[2]
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


@pytest.mark.parametrize("name", NAMES)
def test_migrate_writes_the_same_on_every_executor(
    name: str, collection: Path, cluster: Cluster, tmp_path: Path
) -> None:
    common = ("migrate", collection, "--to", "2", "--output")
    here = run(*common, tmp_path / "here")
    there = run(*common, tmp_path / "there", "--executor", spelled(name, cluster))
    assert there == here
    assert contents(tmp_path / "there") == contents(tmp_path / "here") != {}


def test_a_killed_worker_does_not_change_results(own_cluster: Cluster, tmp_path: Path) -> None:
    tasks = tmp_path / "many"
    tasks.mkdir()
    rows = [
        {"id": f"many-{number}", "input": f"How much is {number} and {number}?", "output": ["?"]}
        for number in range(2_000)
    ]
    for number in range(30):
        task = smallest_task(f"many_{number}", {"instances": rows})
        (tasks / f"many_{number}.json").write_bytes(canonical.dumps(task, 3))
    assert run("export", "huggingface", tmp_path / "here", "--collection", tasks)[0] == 0
    own_cluster.work("first")
    own_cluster.work("second")
    process = start(
        *("export", "huggingface", tmp_path / "there", "--collection", tasks),
        *("--executor", f"dask:{own_cluster.address}"),
    )
    until(lambda: _is_at_work(own_cluster, "first"))
    assert process.poll() is None
    own_cluster.kill("first")
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err) == (0, ""), out
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


def test_a_stopped_scheduler_is_reported(
    own_cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_cluster.work("first")
    with dask.EXECUTOR.open(own_cluster.address, _end, []) as pool:
        pool.require_alive()
        monkeypatch.setattr(dask, "BUSY", 1.0)  # only now: a busy machine may answer later
        own_cluster.processes["scheduler"].send_signal(signal.SIGSTOP)
        with pytest.raises(ExecutorError, match="lost the scheduler"):
            pool.require_alive()


def _is_at_work(cluster: Cluster, name: str) -> bool:
    """Return whether a worker is reading a task file, judged by its memory."""
    import psutil  # noqa: PLC0415 - only where there are clusters

    worker = psutil.Process(cluster.processes[name].pid)
    return "pyarrow" in " ".join(found.path for found in worker.memory_maps())


def test_the_documented_cluster_works(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "large-collections.md").read_text(encoding="utf-8")
    shutil.copytree(ROOT / "tasks", tmp_path / "tasks")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = str(taken.getsockname()[1])
    (starts,) = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    shown = re.findall(r"\$ taskschema (.* dask:tcp:.*)\n(.*)\n", page)
    assert len(shown) > 1
    running = []
    try:
        for line in starts.replace("8786", port).splitlines():
            command = [sys.executable, "-m", *line.removesuffix(" &").split(), "--no-dashboard"]
            with (tmp_path / "log").open("ab") as log:
                running.append(subprocess.Popen(command, cwd=tmp_path, stdout=log, stderr=log))
        for command, line in shown:
            done = run_command(*command.replace("8786", port).split(), cwd=tmp_path)
            assert (len(done.stdout.splitlines()), done.stderr) == (1, "")
            pattern = re.escape(line).replace(re.escape("..."), ".*")
            assert re.fullmatch(pattern, done.stdout.strip())
    finally:
        for one in reversed(running):
            one.terminate()
            one.wait()


def test_a_killed_process_is_reported() -> None:
    pool = processes.EXECUTOR.open("2", _end, [1, 2])
    with pytest.raises(Exception, match="a process was killed"), pool as workers:
        workers.submit(1).result()


def _end(_item: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_killed_while_sending_is_reported() -> None:
    with processes.EXECUTOR.open("2", _end_half_way, [1, 2]) as workers:
        future = workers.submit(1)
        assert not wait((future,), 1.0).done
        with pytest.raises(ExecutorError, match="a process was killed"):
            workers.require_alive()


def _end_half_way(_item: int) -> None:
    frame: Any = inspect.currentframe()
    while "result_queue" not in frame.f_locals:
        frame = frame.f_back
    queue = frame.f_locals["result_queue"]
    queue._wlock.acquire()  # noqa: SLF001 - to break what only a real kill breaks
    os.write(queue._writer.fileno(), (1_000).to_bytes(4, "big") + b"half")  # noqa: SLF001
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_stops_at_once_on_sigterm() -> None:
    with tidied(), processes.EXECUTOR.open("1", _terminated, [1]) as workers:
        assert workers.submit(1).result() == signal.SIG_DFL


def _terminated(_item: int) -> Any:
    return signal.getsignal(signal.SIGTERM)


def test_workers_with_other_code_are_refused(own_cluster: Cluster, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "taskschema", tmp_path / "other" / "taskschema")
    shutil.copytree(ROOT / "schemas", tmp_path / "other" / "schemas")
    with (tmp_path / "other" / "taskschema" / "text.py").open("a") as file:
        file.write("# Not as it was.\n")
    own_cluster.work("other", PYTHONPATH=str(tmp_path / "other"))
    status, out, err = run("check", "tasks", "--executor", f"dask:{own_cluster.address}")
    assert (status, out) == (2, "")
    assert "runs another version of taskschema. Install the same version" in err


@pytest.mark.parametrize(
    ("executor", "message"),
    [
        ("processes:0", "not a number of processes. Use 1 to 1024"),
        ("processes:x", "not a number of processes"),
        ("threads", "'threads' is unknown. Use"),
        ("dask", "needs the address of a scheduler"),
        ("dask:nowhere", "no scheduler answers. Start one, or correct the address."),
        ("dask:ftp://127.0.0.1:1", "no scheduler answers"),
    ],
)
def test_an_invalid_executor_is_reported_in_one_line(executor: str, message: str) -> None:
    status, out, err = run("check", "tasks", "--executor", executor)
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert message in err


@pytest.mark.parametrize(
    ("executor", "message"),
    [("processes:x", "not a number of processes"), ("dask", "needs the address of a scheduler")],
)
def test_an_executor_is_validated_without_work(executor: str, message: str, tmp_path: Path) -> None:
    task = smallest_task("lone")
    (tmp_path / "lone.json").write_text(json.dumps(task))
    run("check", tmp_path)  # from now on the cache knows it
    status, out, err = run("check", tmp_path, "--executor", executor)
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert message in err


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.0 400 Bad Request\r\n\r\n"])
def test_a_server_that_is_not_a_scheduler_is_reported_in_one_line(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def reply() -> None:
            caller, _ = server.accept()
            with caller, suppress(OSError):
                caller.sendall(answer)
                while caller.recv(1024):
                    pass

        threading.Thread(target=reply, daemon=True).start()
        port = server.getsockname()[1]
        status, out, err = run("check", "tasks", "--executor", f"dask:{HOST}:{port}")
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert "no scheduler answers. Start one, or correct the address." in err


def test_a_cluster_without_workers_is_reported_in_one_line(own_cluster: Cluster) -> None:
    status, out, err = run("check", "tasks", "--executor", f"dask:{own_cluster.address}")
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert "has no workers. Start some." in err
