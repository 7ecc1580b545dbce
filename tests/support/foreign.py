"""Fixtures of foreign formats: a folder `data/foreign/<format>/<case>/` for each case.

- `source`, with any suffix, is the file or folder to read; `name.txt` holds a source that is not a
  path.
- `arguments.txt`, if it exists, holds further arguments of `taskschema convert`, in which `{case}`
  stands for the folder of the case.
- `expected/` holds the tasks and their companion files; `told.txt` has a line for each finding:
  code, severity, file, line, pointer and message.

`python tests/support/expect.py CASE...` writes the expected files from the actual output.
"""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner
from click.testing import Result as Outcome
from typer.main import get_command

from support.checkout import DATA
from taskschema.cli.app import app

FOREIGN = DATA / "foreign"
CASES = sorted(path for path in FOREIGN.glob("*/*") if path.is_dir())
COMMAND = get_command(app)  # built once: it takes longer than a small conversion
BY = re.compile(rb'"by": "taskschema [^"]*"')


class Result(NamedTuple):
    """The files and the findings of a conversion."""

    files: dict[str, bytes]
    findings: list[str]
    """A line for each."""


def case_id(case: Path) -> str:
    return f"{case.parent.name}/{case.name}"


def arguments(case: Path) -> list[str]:
    path = case / "arguments.txt"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return [part.replace("{case}", str(case)) for part in shlex.split(text, comments=True)]


def source_of(case: Path) -> Path | str:
    if (name := case / "name.txt").exists():
        return name.read_text(encoding="utf-8").strip()
    (source,) = (path for path in case.iterdir() if path.stem == "source")
    return source


def convert(case: Path, source: Path | str, target: Path, *more: str) -> Outcome:
    """Convert a source on the command line, with the arguments of a case."""
    line = ["convert", str(source), f"{target}/", *arguments(case), *more]
    if "--from" not in line:
        line += ["--from", case.parent.name]
    return CliRunner().invoke(COMMAND, line)


def result(case: Path, target: Path) -> Result:
    """Convert the source of a case on the command line, and read its files and its report."""
    report = target.parent / "report.json"
    done = convert(case, source_of(case), target, "--report", str(report))
    assert isinstance(done.exception, (SystemExit, type(None))), repr(done.exception)
    files = {
        path.relative_to(target).as_posix(): BY.sub(b'"by": "taskschema"', path.read_bytes())
        for path in sorted(target.rglob("*"))
        if path.is_file()
    }
    return Result(files, list(_lines(report, case)))


def _lines(report: Path, case: Path) -> Iterator[str]:
    for found in json.loads(report.read_text(encoding="utf-8"))["findings"]:
        path = found["path"].replace(str(case), "").lstrip("/")
        place = f"{path}:{found['line']}"
        yield f"{found['code']} {found['severity']} {place} {found['pointer']} {found['message']}"


def expected_files(case: Path) -> dict[str, bytes]:
    folder = case / "expected"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def expected_findings(case: Path) -> list[str]:
    path = case / "told.txt"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
