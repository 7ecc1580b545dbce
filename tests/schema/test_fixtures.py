"""Whole files, valid and invalid; to add a case, add a file to `data`."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.checkout import DATA
from typer.testing import CliRunner

import taskschema
from taskschema.cli.app import app
from taskschema.collection import reading
from taskschema.core.findings import Severity
from taskschema.schema import canonical, migrate, versions

VALID = sorted(DATA.glob("valid/v*/*.json"))
INVALID = sorted(DATA.glob("invalid/schema/*.json"))
STAGES = ("FIL", "VER", "SCH")


def named(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


def version_of(path: Path) -> int:
    return int(path.parent.name.removeprefix("v"))


@pytest.fixture(autouse=True, scope="module")
def _unchanged() -> Iterator[None]:
    """Assert that reading commands do not write to fixtures."""
    paths = [path for path in DATA.rglob("*") if path.is_file()]
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}
    yield
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths} == before


def test_every_folder_has_cases() -> None:
    assert {path.parent.name for path in VALID} == {"v1", "v2", "v3"}
    assert len(INVALID) == len(list(DATA.glob("invalid/schema/*.expected.txt")))


def test_every_answer_kind_has_a_good_case_and_bad_ones() -> None:
    for kind in ("text", "label", "set", "fields", "choices", "context", "attachments"):
        assert (DATA / "valid" / "v3" / f"{kind}.json").is_file()
        assert sum(path.stem.startswith(f"{kind}_") for path in INVALID) > 1


@pytest.mark.parametrize("path", VALID, ids=named)
def test_a_good_file_is_read_in_its_version(path: Path) -> None:
    read = reading.read(path, path.parent)
    assert read.version == version_of(path)
    assert read.document == json.loads(path.read_bytes().decode())
    assert versions.version_of(read.document or {}) == read.version
    errors = [found for found in read.findings if found.severity is Severity.ERROR]
    assert not errors


@pytest.mark.parametrize("path", VALID, ids=named)
def test_a_good_file_is_canonical(path: Path) -> None:
    document = json.loads(path.read_bytes().decode())
    assert canonical.dumps(document, version_of(path)) == path.read_bytes()


@pytest.mark.parametrize("path", VALID, ids=named)
def test_a_good_file_is_a_typed_task(path: Path) -> None:
    task = taskschema.read_task(path)
    assert task.name == path.stem
    assert len(task.instances) == len(reading.read(path, path.parent).upgraded()["instances"])


@pytest.mark.parametrize("path", VALID, ids=named)
def test_a_typed_task_equals_its_file(path: Path) -> None:
    upgraded = reading.read(path, path.parent).upgraded()
    written = taskschema.read_task(path).model_dump_json(exclude_unset=True)
    assert json.loads(written) == upgraded


@pytest.mark.parametrize("path", VALID, ids=named)
def test_a_good_file_goes_to_every_version_and_back(path: Path) -> None:
    version, document = version_of(path), json.loads(path.read_bytes().decode())
    upgraded = migrate.upgrade(document, name=path.stem)
    assert versions.fits(upgraded, versions.NEWEST)
    if version < versions.NEWEST:
        older, losses = migrate.downgrade(upgraded, to=version)
        assert losses == ()
        assert canonical.dumps(older, version) == path.read_bytes()


@pytest.mark.parametrize("path", INVALID, ids=named)
def test_a_bad_file_has_exactly_the_expected_findings(path: Path) -> None:
    expected = path.with_suffix(".expected.txt").read_text(encoding="utf-8").splitlines()
    report = taskschema.check(path)
    found = [
        f"{finding.code} {finding.pointer}".rstrip()
        for finding in report.findings
        if finding.code.startswith(STAGES)
    ]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("path", INVALID, ids=named)
def test_messages_contain_no_python_names(path: Path) -> None:
    for finding in taskschema.check(path).findings:
        assert not {"None", "True", "False"} & set(finding.message.split())


@pytest.mark.parametrize("path", INVALID, ids=named)
def test_a_bad_file_fails_on_the_command_line(path: Path) -> None:
    expected = path.with_suffix(".expected.txt").read_text(encoding="utf-8").splitlines()
    codes = {line.split()[0] for line in expected}
    result = CliRunner().invoke(app, ["check", str(path), "--strict", "--format", "json"])
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    found = {finding["code"] for finding in report["findings"]}
    assert {code for code in found if code.startswith(STAGES)} == codes
    if codes != {"SCH006"}:  # what cannot be read is not checked further
        assert found == codes


def test_all_good_files_are_read_on_the_command_line() -> None:
    result = CliRunner().invoke(app, ["check", str(DATA / "valid"), "--format", "json"])
    report = json.loads(result.stdout)
    assert report["files"] == len(VALID)
    errors = [
        (finding["path"], finding["code"], finding["pointer"])
        for finding in report["findings"]
        if finding["code"].startswith(STAGES) and finding["severity"] == "error"
    ]
    assert errors == []


@pytest.mark.parametrize("path", [*VALID, *INVALID], ids=named)
def test_every_finding_has_a_place_in_the_file(path: Path) -> None:
    lines = path.read_bytes().decode(errors="replace").split("\n")
    for finding in taskschema.check(path).findings:
        assert 1 <= finding.line <= len(lines)
        assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1
