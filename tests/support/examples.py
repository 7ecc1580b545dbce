"""The commands that documents show, and what they really print.

    python tests/support/examples.py DOCUMENT...

rewrites the shown output of commands that print something else now. Read the difference before you
commit it: where a document shortens output with `...`, shorten it again.
"""

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

ANYTHING = "..."
RUN = ("taskschema", "sed", "printf")
NOT_RUN = ("make",)  # continuous integration does
# Other tests run these, against a server of their own.
ELSEWHERE = re.compile(r"taskschema push |.* dask:tcp:|.* s3://")
# Of the shell; a command without them needs none.
SHELL = re.compile(r"[|<>;&$*?`]")


def commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each command of the console blocks with the lines that are shown below it."""
    for block in re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shown = part.splitlines()
            yield command, shown


def is_run(command: str) -> bool:
    """Whether an example is run here; raise AssertionError if no test runs it."""
    program = command.split(maxsplit=1)[0]
    assert program in (*RUN, *NOT_RUN), f"nobody tries `{command}`"
    return program in RUN and not ELSEWHERE.match(command)


def matches(shown: list[str], real: str) -> bool:
    """Whether real output is as shown: a line `...` is any lines, `...` in a line any text."""
    pattern = "".join(
        r"(?:.*\n)*?"
        if line.strip() == ANYTHING
        else re.escape(line).replace(re.escape(ANYTHING), ".*") + r"\n"
        for line in shown
    )
    return re.fullmatch(pattern, real) is not None


def run(command: str, folder: Path) -> str:
    """Return what an example prints on both streams; in this process unless it needs a shell."""
    if command.startswith("taskschema ") and not SHELL.search(command):
        return _run_here(shlex.split(command), folder)
    taskschema = 'taskschema() { "$PYTHON" -m taskschema "$@"; }'
    return run_process(["sh", "-c", f"{taskschema}\n{command}"], folder)


def _run_here(words: list[str], folder: Path) -> str:
    from taskschema.__main__ import run as run_command  # noqa: PLC0415

    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
    with (
        chdir(folder),
        patch.object(sys, "argv", words),
        redirect_stdout(stream),
        redirect_stderr(stream),
    ):
        run_command()
    return raw.getvalue().decode()


def run_process(command: list[str], folder: Path) -> str:
    """Return what a process prints on both streams."""
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


def _updated(text: str, folder: Path) -> str:
    for command, shown in commands(text):
        if is_run(command) and not matches(shown, real := run(command, folder)):
            before = "".join(f"{line}\n" for line in (f"$ {command}", *shown))
            text = text.replace(before, f"$ {command}\n{real}", 1)
    return text


def main(documents: list[str]) -> None:
    """Rewrite the shown output of documents."""
    import shutil  # noqa: PLC0415
    import tempfile  # noqa: PLC0415

    from support.checkout import ROOT  # noqa: PLC0415

    for document in map(Path, documents):
        with tempfile.TemporaryDirectory() as scratch:
            shutil.copytree(ROOT / "tasks", Path(scratch, "tasks"))
            before = document.read_text(encoding="utf-8")
            for name, text in re.findall(
                r"`([\w.-]+)`:\n\n```csv\n(.*?)^```$", before, re.MULTILINE | re.DOTALL
            ):
                Path(scratch, name).write_text(text, encoding="utf-8")
            document.write_text(_updated(before, Path(scratch)), encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main(sys.argv[1:])
