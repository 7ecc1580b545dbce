"""Nothing generated is stale, nothing frozen has changed, and `regen.py` tells and mends it."""

import json
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from support.checkout import ROOT

from taskschema.schema.versions import NEWEST, VERSIONS

EDITS = {
    "docs/check-dark.svg": (b"LAB002", b"LAB003"),
    "docs/check-light.svg": (b"LAB002", b"LAB003"),
    "docs/exporters.md": (b"LLaMA-Factory", b"Llama"),
    "docs/fields.md": (b"The rows of the task.", b"The rows of the table."),
    "docs/formats.md": (b"Stanford Alpaca", b"Llama"),
    "docs/rules.md": (b"An output is blank.", b"An output is green."),
    "docs/views.md": (b"15 and 9", b"15 and 90"),
    "schemas/task.v3.schema.json": (b"in one line, for listings", b"in two lines, for listings"),
    "schemas/vocabulary/languages.json": (b"Esperanto", b"Esperando"),
    "tasks/README.md": (b"Scale an amount", b"Guess an amount"),
    "tasks/recipe_scaling.json": (b'"revision": 1', b'"revision": 2'),
}


def regen(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / "scripts" / "regen.py"), *options]
    return subprocess.run(command, check=False, capture_output=True, encoding="utf-8")


def contents(root: Path) -> dict[str, bytes]:
    return {name: (root / name).read_bytes() for name in EDITS}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for folder in ("docs", "schemas", "scripts", "tasks"):
        shutil.copytree(
            ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    for generator in (tmp_path / "scripts" / "generators").glob("*.py"):
        if generator.stem != "recipe_scaling":
            generator.unlink()  # all of them run in the test of what is there
    return tmp_path


def test_nothing_generated_is_stale() -> None:
    done = regen(ROOT, "--check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_frozen_schemas_have_not_changed() -> None:
    frozen = json.loads((ROOT / "schemas" / "frozen.json").read_bytes())["sha256"]
    for name, digest in frozen.items():
        assert sha256((ROOT / "schemas" / name).read_bytes()).hexdigest() == digest, name
    older = [f"task.v{version}.schema.json" for version in VERSIONS if version < NEWEST]
    assert set(older) <= set(frozen)


def test_stale_files_are_named_and_then_written(checkout: Path) -> None:
    right = contents(checkout)
    for name, (old, new) in EDITS.items():
        assert old in right[name]
        (checkout / name).write_bytes(right[name].replace(old, new))
    edited = contents(checkout)

    checked = regen(checkout, "--check")
    assert checked.returncode == 1
    assert sorted(checked.stdout.splitlines()) == [f"stale: {name}" for name in EDITS]
    assert contents(checkout) == edited

    written = regen(checkout)
    assert written.returncode == 0
    assert sorted(written.stdout.splitlines()) == [f"wrote: {name}" for name in EDITS]
    assert contents(checkout) == right
    assert regen(checkout, "--check").returncode == 0


def test_languages_of_other_editions_are_left_alone(checkout: Path) -> None:
    path = checkout / "schemas" / "vocabulary" / "languages.json"
    document = json.loads(path.read_bytes())
    document["editions"]["iso_639"] = "1999-01-01"
    path.write_text(json.dumps(document), encoding="utf-8")
    before = path.read_bytes()
    done = regen(checkout)
    assert done.returncode == 0
    assert "skipped: schemas/vocabulary/languages.json" in done.stdout
    assert path.read_bytes() == before


def test_lost_markers_are_told_in_one_line(checkout: Path) -> None:
    (checkout / "docs" / "rules.md").write_text("# Rules\n", encoding="utf-8")
    done = regen(checkout)
    assert done.returncode == 2
    assert done.stderr.startswith("regen: rules.md has lost its markers")
    assert done.stderr.count("\n") == 1
