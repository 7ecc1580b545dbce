"""The release workflow and the citation fit the package."""

import os
import re
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.checkout import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WORKFLOWS = ROOT / ".github" / "workflows"
RELEASE: dict[str, Any] = yaml.safe_load((WORKFLOWS / "release.yml").read_text(encoding="utf-8"))
JOBS: dict[str, Any] = RELEASE["jobs"]
CITATION: dict[str, Any] = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def steps(job: str) -> dict[str, Any]:
    return {step["id"]: step for step in JOBS[job]["steps"] if "id" in step}


@pytest.mark.parametrize(
    ("path", "form"),
    [
        (".github/workflows/release.yml", "github-workflows"),
        ("CITATION.cff", "citation-file-format"),
    ],
)
def test_the_files_fit_their_schemas(path: str, form: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{form}", path]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# The workflow


def test_a_tag_starts_it_and_nothing_is_published_untested() -> None:
    assert RELEASE[True] == {"push": {"tags": ["v*"]}}  # YAML 1.1 reads the key `on` as true
    needs = {name: job.get("needs") for name, job in JOBS.items()}
    assert needs == {"build": None, "test": "build", "publish": "test"}
    assert JOBS["test"]["strategy"]["matrix"] == {
        "python": re.findall(r"Python :: (\d+\.\d+)", "\n".join(PROJECT["classifiers"])),
        "package": ["*.whl", "*.tar.gz"],
    }


def test_only_the_job_that_publishes_can_publish() -> None:
    assert RELEASE["permissions"] == {"contents": "read"}
    assert JOBS["publish"]["permissions"] == {"id-token": "write"}
    assert JOBS["publish"]["environment"] == "pypi"
    assert not any("permissions" in JOBS[name] for name in ("build", "test"))
    assert not any("run" in step for step in JOBS["publish"]["steps"])
    assert "secrets." not in (WORKFLOWS / "release.yml").read_text(encoding="utf-8")


def test_actions_are_pinned_as_in_the_other_workflow() -> None:
    used = [step["uses"] for job in JOBS.values() for step in job["steps"] if "uses" in step]
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", name) for name in used)
    check = (WORKFLOWS / "check.yml").read_text(encoding="utf-8")
    shared = [name for name in used if name.startswith(("actions/checkout", "actions/setup-py"))]
    assert len(shared) == 4
    assert all(name in check for name in shared)


@pytest.mark.parametrize(
    ("tag", "code"), [(f"v{PROJECT['version']}", 0), ("v9999.0", 1), (PROJECT["version"], 1)]
)
def test_a_tag_that_is_not_the_version_is_refused(tag: str, code: int) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", steps("build")["tag"]["run"]],
        cwd=ROOT,
        env=os.environ | {"GITHUB_REF_NAME": tag, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (code, "")
    assert done.stdout.startswith("::error") == bool(code)


def test_the_packages_are_tested_outside_the_checkout() -> None:
    script = steps("test")["smoke"]["run"]
    checkout = JOBS["test"]["steps"][0]["with"]
    assert checkout["sparse-checkout"] == "scripts/smoke.py"
    assert (ROOT / checkout["sparse-checkout"]).is_file()
    commands = [line.split() for line in script.splitlines()]
    assert commands.index(["cd", '"$RUNNER_TEMP"']) < commands.index(
        ["environment/bin/python", "-I", '"$smoke"']
    )
    assert ["environment/bin/python", "-I", '"$smoke"', "--datasets"] in commands


# The citation


def test_the_citation_is_of_this_package() -> None:
    assert CITATION["cff-version"] == "1.2.0"
    same = {key: PROJECT[key] for key in ("version", "license", "keywords")}
    assert {key: CITATION[key] for key in same} == same
    assert CITATION["title"] == PROJECT["name"]
    assert CITATION["abstract"] == PROJECT["description"]
    assert CITATION["authors"] == PROJECT["authors"]
    assert CITATION.get("repository-code") == PROJECT.get("urls", {}).get("Repository")


def test_the_citation_has_the_date_of_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    version = re.escape(PROJECT["version"])
    (day,) = re.findall(rf"^## {version}, (.+)$", changelog, re.MULTILINE)
    released = "None" if day == "unreleased" else date.fromisoformat(day).isoformat()
    assert str(CITATION.get("date-released")) == released
