"""The development lock is complete, and installs as it stands whatever was released since."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import distribution, distributions, version
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from support.checkout import ROOT
from support.locks import Line, environments, here, installed, project, read_lock, unmet

LINES = read_lock((ROOT / "requirements-dev.lock").read_text(encoding="utf-8"))
ROOTS = project(ROOT / "pyproject.toml", extras=["hf"], groups=["dev"])
PYTHONS = re.findall(r"Python :: (\d+\.\d+)", (ROOT / "pyproject.toml").read_text("utf-8"))
ENVIRONMENTS = environments(PYTHONS)
HERE = here()

WITH_MAKE = pytest.mark.skipif(not shutil.which("make"), reason="there is no make")

# The requirements of packages that only some of the environments install, without extras. The
# running environment may lack the package; where it is installed, a test compares its metadata.
CONDITIONAL = {
    "colorama": [],
    "importlib-metadata": ["zipp>=3.20", 'lazy-importer>=0.1; python_version < "3.15"'],
    "lazy-importer": [],
    "numpy": [],
    "zipp": [],
}


def metadata(name: str) -> list[str]:
    return CONDITIONAL[name] if name in CONDITIONAL else installed(name)


# The lock is complete


def test_the_environments_are_those_of_the_classifiers() -> None:
    assert PYTHONS == ["3.11", "3.12", "3.13"]
    assert len(ENVIRONMENTS) == 12


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_the_lock_meets_every_requirement(name: str) -> None:
    assert unmet(LINES, ROOTS, ENVIRONMENTS[name], metadata) == []


def test_the_lock_meets_every_requirement_here() -> None:
    assert unmet(LINES, ROOTS, HERE) == []


def test_the_environment_is_the_locked_one() -> None:
    expected = {line.name: str(line.version) for line in LINES if line.applies(HERE)}
    found = {name: version(name) for name in expected}
    assert found == expected, "Run `make test`, which builds the environment from the lock."


def test_packages_of_some_environments_are_listed_with_their_requirements() -> None:
    conditional = {
        line.name
        for line in LINES
        if len({line.applies(environment) for environment in ENVIRONMENTS.values()}) > 1
    }
    assert set(CONDITIONAL) == conditional, f"Correct CONDITIONAL in {Path(__file__).name}."
    for line in LINES:
        if line.name in CONDITIONAL and line.applies(HERE):
            found = [text for text in installed(line.name) if "extra ==" not in text]
            assert found == CONDITIONAL[line.name], line.name
    others = [text for line in LINES if line.applies(HERE) for text in installed(line.name)]
    asked = [Requirement(text) for text in (*ROOTS, *others) if "extra ==" not in text]
    extras = [str(one) for one in asked if one.extras and one.name in CONDITIONAL]
    assert extras == [], "CONDITIONAL lists no extras."


# The check of the lock can fail


def test_no_line_can_be_removed() -> None:
    for line in LINES:
        rest = [one for one in LINES if one != line]
        needing = [one for one in ENVIRONMENTS.values() if line.applies(one)]
        for environment in needing[:1]:
            problems = unmet(rest, ROOTS, environment, metadata)
            assert problems, f"Nothing requires {line.name}. Run `make lock`."
            assert all(problem.endswith(", which is not in the lock") for problem in problems)


PINS = "a==1 --hash=sha256:0\nb==1 --hash=sha256:0\n"
C = "c==2 --hash=sha256:0\n"
FAKE = {"a": ["b[More]", "d; sys_platform == 'win32'"], "b": ["c>=2; extra == 'more'"], "c": []}


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (PINS + C, []),
        (PINS, ["b[More] requires c>=2; extra == 'more', which is not in the lock"]),
        (
            PINS + C.replace("2", "1"),
            ["b[More] requires c>=2; extra == 'more', the lock has 1"],
        ),
        (
            PINS + C.replace(" ", " ; python_version < '3.12' ", 1),
            ["b[More] requires c>=2; extra == 'more', which is not in the lock"],
        ),
        (PINS + C + C, ["c is pinned twice"]),
        (C, ["the project requires a, which is not in the lock"]),
    ],
)
def test_unmet_requirements_are_reported(text: str, problems: list[str]) -> None:
    environment = ENVIRONMENTS["3.12 Linux x86_64"]
    assert unmet(read_lock(text), ["a"], environment, FAKE.__getitem__) == problems


def test_a_platform_can_need_more() -> None:
    environment = ENVIRONMENTS["3.12 Windows AMD64"]
    (problem,) = unmet(read_lock(PINS + C), ["a"], environment, FAKE.__getitem__)
    assert problem == "a requires d; sys_platform == 'win32', which is not in the lock"


@pytest.mark.parametrize("text", ["a>=1 --hash=sha256:0", "a==1", "a"])
def test_a_lock_pins_versions_by_hash(text: str) -> None:
    with pytest.raises(ValueError, match=r"pin one version|not enough values"):
        read_lock(text)


# The lock installs as it stands

LATER = "9999.0"
ASKING = "asking"  # requires what is in the index and not in the lock: only a resolver finds it


@dataclass(frozen=True)
class Index:
    """A folder of wheels, and a lock of some of them."""

    wheels: Path
    lock: Path
    expected: dict[str, str]


def wheel(folder: Path, name: str, release: str, headers: list[str]) -> str:
    """Write a wheel without modules, and return its line in a lock file."""
    stem = f"{name.replace('-', '_')}-{release}"
    described = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {release}", *headers]
    path = folder / f"{stem}-py3-none-any.whl"
    with ZipFile(path, "w") as archive:
        archive.writestr(f"{stem}.dist-info/METADATA", "\n".join(described) + "\n")
        archive.writestr(
            f"{stem}.dist-info/WHEEL",
            "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        archive.writestr(f"{stem}.dist-info/RECORD", "")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{name}=={release} --hash=sha256:{digest}\n"


def headers_of(line: Line) -> list[str]:
    if not line.applies(HERE):
        return []
    headers = distribution(line.name).metadata
    return [
        f"{key}: {value}"
        for key in ("Requires-Dist", "Provides-Extra")
        for value in headers.get_all(key, [])
    ]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Every locked package, with its requirements, in its locked version and in a later one."""
    folder = tmp_path_factory.mktemp("index")
    pins = [wheel(folder, ASKING, "1", ["Requires-Dist: answering"])]
    wheel(folder, "answering", LATER, [])
    expected = {ASKING: "1"}
    for line in LINES:
        pin = wheel(folder, line.name, str(line.version), headers_of(line))
        wheel(folder, line.name, LATER, headers_of(line))
        pins.append(pin.replace(" --", f" ; {line.marker} --") if line.marker else pin)
        if line.applies(HERE):
            expected[line.name] = str(line.version)
    lock = folder / "requirements.lock"
    lock.write_text("".join(pins), encoding="utf-8")
    return Index(folder, lock, expected)


def make(*arguments: str) -> str:
    """Return the commands that make would run."""
    outer = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")
    done = subprocess.run(
        ["make", "--dry-run", "--no-print-directory", "-C", ROOT, *arguments],
        env={key: value for key, value in os.environ.items() if key not in outer},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def recipe(environment: Path, lock: Path) -> list[str]:
    """The commands by which the Makefile builds an environment from a lock, up to its install."""
    settings = (f"PYTHON={sys.executable}", f"VENV={environment}", f"LOCK={lock}")
    shown = make("--always-make", *settings, f"{environment}/.ready")
    commands = shown.replace("\\\n", " ").splitlines()
    (at,) = [number for number, command in enumerate(commands) if str(lock) in command]
    return commands[: at + 1]


def shell(command: str, index: Index) -> subprocess.CompletedProcess[str]:
    """Run a command where pip sees the index and nothing else."""
    variables = {key: value for key, value in os.environ.items() if not key.startswith("PIP_")}
    variables |= {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(index.wheels),
    }
    return subprocess.run(
        ["sh", "-c", command],
        cwd=index.wheels,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )


def versions(environment: Path) -> dict[str, str]:
    (folder,) = environment.glob("lib/python*/site-packages")
    found = {canonicalize_name(one.name): one.version for one in distributions(path=[str(folder)])}
    return {name: release for name, release in found.items() if name not in ("pip", "setuptools")}


@pytest.mark.slow
@WITH_MAKE
def test_the_lock_installs_although_everything_has_a_later_release(
    index: Index, tmp_path: Path
) -> None:
    environment = tmp_path / "environment"
    release = "{}.{}".format(*sys.version_info)
    interrupted = environment / "lib" / f"python{release}" / "site-packages" / "old-1.dist-info"
    interrupted.mkdir(parents=True)
    (interrupted / "METADATA").write_text("Metadata-Version: 2.1\nName: old\nVersion: 1\n")
    commands = recipe(environment, index.lock)
    for command in commands:
        done = shell(command, index)
        assert done.returncode == 0, done.stderr
    assert versions(environment) == index.expected

    asking = index.wheels / "asking.lock"
    asking.write_text(index.lock.read_text().partition("\n")[0])
    (*_, install) = recipe(environment, asking)
    done = shell(install.replace("--no-deps", ""), index)
    assert done.returncode == 1
    assert "all requirements must have their versions pinned" in done.stderr


@WITH_MAKE
@pytest.mark.parametrize(
    ("stamp", "python", "stamps_left"),
    [
        (f"{ROOT}\n", sys.executable, 1),
        (f"{ROOT}\n", "/nowhere/python", 0),
        ("/another/checkout\n", sys.executable, 0),
        ("", sys.executable, 0),
    ],
)
def test_an_environment_that_was_moved_is_built_again(
    stamp: str, python: str, stamps_left: int, tmp_path: Path
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(python)
    (tmp_path / ".ready").write_text(stamp)
    make("clean", f"VENV={tmp_path}")
    assert len([*tmp_path.glob(".ready")]) == stamps_left
