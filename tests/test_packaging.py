"""The wheel and the sdist work in an environment of their own, without the checkout."""

import ast
import shutil
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import distribution, packages_distributions
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from support.checkout import ROOT
from support.locks import closure, here

from taskschema.schema import published_files

SMOKE = ROOT / "scripts" / "smoke.py"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DEPENDENCIES: list[str] = PYPROJECT["project"]["dependencies"]
EXTRAS: dict[str, list[str]] = PYPROJECT["project"]["optional-dependencies"]


def call(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )


@dataclass(frozen=True)
class Built:
    """The packages of a release."""

    wheel: Path
    sdist: Path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sdist, and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("dist")
    build(folder)
    (wheel,) = folder.glob("*.whl")
    (sdist,) = folder.glob("*.tar.gz")
    return Built(wheel, sdist)


def build(folder: Path, *options: str) -> None:
    command = (sys.executable, "-m", "build", "--no-isolation", *options, "--outdir", folder, ROOT)
    done = call(*command, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr


class Place:
    """An environment with some requirements, and a folder to work in, outside the checkout."""

    def __init__(self, folder: Path, requirements: Iterable[str]) -> None:
        self.prefix, self.work = folder / "environment", folder / "work"
        self.work.mkdir()
        venv.create(self.prefix, symlinks=True)
        self.python = self.prefix / "bin" / "python"
        (site,) = self.prefix.glob("lib/python*/site-packages")
        # Packages of the running environment, so that nothing is downloaded. The checkout is not
        # among them: its editable install is no requirement.
        for name in closure(requirements, here()):
            package = distribution(name)
            for top in {file.parts[0] for file in package.files or ()} - {"..", "__pycache__"}:
                if not (site / top).exists():
                    (site / top).symlink_to(str(package.locate_file(top)))

    def install(self, path: Path) -> None:
        options = ("--offline", "--no-config", "--no-cache", "--no-deps", "--no-build-isolation")
        command = (sys.executable, "-m", "uv", "pip", "install", "--python", self.python)
        done = call(*command, *options, path, cwd=self.work)
        assert done.returncode == 0, done.stderr

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return call(self.python, "-I", *arguments, cwd=self.work)

    def smoke(self, *options: str) -> list[str]:
        done = self.run(SMOKE, *options)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.splitlines()


@pytest.mark.slow
def test_the_wheel_works_with_its_dependencies_only(built: Built, tmp_path: Path) -> None:
    place = Place(tmp_path, DEPENDENCIES)
    place.install(built.wheel)
    lines = place.smoke()
    assert lines[0] == "ok: the package is in the environment"
    assert {"ok: check of a task", "ok: export jsonl", "ok: init"} < set(lines)
    printed = place.run("-m", "taskschema", "schema").stdout
    assert printed.encode() == published_files.read("task.v3.schema.json")
    assert "No module named 'datasets'" in place.run("-c", "import datasets").stderr
    assert place.run("-m", "taskschema", "init", "collection").returncode == 0
    export = ("export", "huggingface", "out", "--collection", "collection")
    lacking = place.run("-m", "taskschema", *export)
    assert lacking.returncode == 2
    assert 'pip install "taskschema[hf]"' in lacking.stderr


@pytest.mark.slow
def test_the_wheel_exports_for_datasets_with_its_extra(built: Built, tmp_path: Path) -> None:
    place = Place(tmp_path, [*DEPENDENCIES, *EXTRAS["hf"]])
    place.install(built.wheel)
    assert "ok: export huggingface" in place.smoke("--datasets")


@pytest.mark.slow
def test_the_sdist_installs_and_works(built: Built, tmp_path: Path) -> None:
    place = Place(tmp_path, [*DEPENDENCIES, *PYPROJECT["build-system"]["requires"]])
    place.install(built.sdist)
    assert "ok: convert to superni and back" in place.smoke()


@pytest.mark.slow
def test_the_checkout_and_the_sdist_build_the_same_wheel(built: Built, tmp_path: Path) -> None:
    build(tmp_path, "--wheel")
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as ours, ZipFile(built.wheel) as theirs:
        assert {name: ours.read(name) for name in ours.namelist()} == {
            name: theirs.read(name) for name in theirs.namelist()
        }


@pytest.mark.slow
def test_the_wheel_has_every_file_of_the_package(built: Built) -> None:
    if not (shutil.which("git") and (ROOT / ".git").exists()):
        pytest.skip("this is no clone")
    tracked = call("git", "ls-files", "taskschema", "schemas", cwd=ROOT).stdout.split()
    files = [name for name in tracked if (ROOT / name).is_file()]
    expected = {f"taskschema/_{name}" if name.startswith("schemas/") else name for name in files}
    assert {"taskschema/_schemas/task.v3.schema.json"} < expected
    with ZipFile(built.wheel) as wheel:
        assert expected <= set(wheel.namelist())


def test_every_import_is_of_a_declared_package() -> None:
    extras = [text for texts in EXTRAS.values() for text in texts]
    declared = {canonicalize_name(Requirement(text).name) for text in (*DEPENDENCIES, *extras)}
    packages = packages_distributions()
    for path in (ROOT / "taskschema").rglob("*.py"):
        for name in imports(path) - sys.stdlib_module_names - {"taskschema"}:
            owners = {canonicalize_name(owner) for owner in packages.get(name, [name])}
            assert declared & owners, f"{path} imports {name}, which pyproject.toml lacks."


def imports(path: Path) -> set[str]:
    """The top-level modules that a file imports, inside functions too."""
    nodes = [*ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [
        str(node.module) for node in nodes if isinstance(node, ast.ImportFrom) and not node.level
    ]
    return {name.partition(".")[0] for name in names}


def test_the_smoke_test_refuses_the_checkout(tmp_path: Path) -> None:
    done = call(sys.executable, "-I", SMOKE, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("the package is in the environment: False")


def test_the_checkout_reads_its_own_schemas() -> None:
    assert published_files.folder() == ROOT / "schemas"
