"""The wheel, installed into an empty environment, does what the checkout does."""

import subprocess
import sys
import venv
from pathlib import Path

import pytest
from support.checkout import ROOT

from taskschema.rules.smallest_task import smallest_task
from taskschema.schema import canonical, published_files


def call(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_the_wheel_works_from_elsewhere(tmp_path: Path) -> None:
    built = call(
        *(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT),
        cwd=tmp_path,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    installed = call(python, "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    assert installed.returncode == 0, installed.stderr
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    task = elsewhere / "task.json"
    task.write_bytes(canonical.dumps(smallest_task("task"), 3))
    command = tmp_path / "env" / "bin" / "taskschema"
    checked = call(command, "check", cwd=elsewhere)
    assert (checked.returncode, checked.stdout) == (0, "1 file checked, nothing found.\n")
    task.write_text("{}")
    assert call(command, "check", cwd=elsewhere).returncode == 1
    printed = call(command, "schema", cwd=elsewhere).stdout
    assert printed.encode() == published_files.read("task.v3.schema.json")
    begun = call(command, "init", "collection", cwd=elsewhere)
    assert begun.returncode == 0, begun.stderr
    assert (elsewhere / "collection" / ".github" / "workflows" / "check.yml").is_file()
    assert call(command, "check", "collection", cwd=elsewhere).returncode == 0
    light = call(python, "-c", "import datasets", cwd=elsewhere)
    assert "No module named 'datasets'" in light.stderr
    lacking = call(command, "export", "huggingface", "out", cwd=elsewhere)
    assert lacking.returncode == 2
    assert 'pip install "taskschema[hf]"' in lacking.stderr


def test_the_checkout_reads_its_own_schemas() -> None:
    assert published_files.folder() == ROOT / "schemas"
