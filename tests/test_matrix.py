"""The export read by older releases of datasets, each in an environment of its own."""

import json
import subprocess
import venv
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from taskschema.collection import collect
from taskschema.export import export

READ = """
import sys, json, datasets
datasets.disable_progress_bars()
out, cache = sys.argv[1:]
for name in ("default", "tasks"):
    table = datasets.load_dataset(out, name, split="train", cache_dir=cache)
    stream = datasets.load_dataset(out, name, split="train", streaming=True, cache_dir=cache)
    assert next(iter(stream)) == table[0]
    for row in table:
        print(json.dumps(row, sort_keys=True))
"""


def environment(requirement: str) -> Path:
    """A Python with one release of datasets; it is kept beside the checkout's own."""
    folder = ROOT / f".venv-{requirement.replace('==', '-')}"
    python = folder / "bin" / "python"
    if not (folder / ".ready").exists():
        venv.create(folder, with_pip=True)
        install = [python, "-m", "pip", "install", "--quiet", requirement]
        subprocess.run(install, check=True, capture_output=True)
        (folder / ".ready").touch()
    return python


def rows(python: Path | str, out: Path) -> list[Any]:
    cache = out.parent / f"cache-{len(list(out.parent.iterdir()))}"
    result = subprocess.run(
        [python, "-c", READ, out, cache], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.matrix
@pytest.mark.parametrize("release", ["3.6.0", "4.0.0"])
def test_older_releases_read_the_same_rows(release: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export("huggingface", out, collect([ROOT / "tasks"]), skip=lambda _findings: None)
    newest = rows(ROOT / ".venv" / "bin" / "python", out)
    assert rows(environment(f"datasets=={release}"), out) == newest
