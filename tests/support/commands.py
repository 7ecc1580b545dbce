"""The command line in this process, for tests that are not about processes.

A process of its own costs about half a second of imports. It is needed only where a test is about
signals, closed streams, start-up or environments.
"""

import io
import os
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from subprocess import CompletedProcess
from unittest.mock import patch

from taskschema.__main__ import run

__all__ = ["run_command"]


def run_command(
    *arguments: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None
) -> CompletedProcess[str]:
    """Run `taskschema ARGUMENTS` and return its exit code, output and errors.

    `env` replaces the environment, as in `subprocess.run`.
    """
    words = ["taskschema", *map(str, arguments)]
    out, err, nothing = _stream(), _stream(), _stream()
    with (
        chdir(cwd or Path.cwd()),
        patch.dict(os.environ, env or {}, clear=env is not None),
        patch.object(sys, "argv", words),
        patch.object(sys, "stdin", nothing),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = run()
    return CompletedProcess(words, code, _written(out), _written(err))


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(
        io.BytesIO(), encoding="utf-8", errors="backslashreplace", write_through=True
    )


def _written(stream: io.TextIOWrapper) -> str:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
