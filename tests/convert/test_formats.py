"""Laws that every format keeps."""

import random
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from support import foreign, strategies
from support.checkout import ROOT

from taskschema.convert.account import covered
from taskschema.convert.convert import convert
from taskschema.convert.detection import formats_of
from taskschema.convert.format import FORMATS as ALL_FORMATS
from taskschema.convert.format import ConvertOptions, Format
from taskschema.convert.pieces import ConversionSource, Document, Problem, SourceCounts
from taskschema.convert.request import ConvertRequest
from taskschema.core.errors import TaskSchemaError
from taskschema.core.syntax.json_pointers import escape
from taskschema.rules.registry import rules_of
from taskschema.rules.rule import ConversionRule

FORMATS: dict[str, Format] = ALL_FORMATS.load_all()
BOTH_WAYS = sorted(name for name, found in FORMATS.items() if found.read and found.write)
OWN_TASKS = sorted((ROOT / "tasks").glob("*.json"))
SURVIVE = ("/canary", "/licenses", "/provenance")


def require_modules(name: str) -> None:
    """Skip the test if the format needs a module that is not installed."""
    for module in FORMATS[name].modules:
        if find_spec(module) is None:
            pytest.skip(f"needs {module}")


def written(name: str, task: Document, folder: Path) -> Path | None:
    """The path where a format wrote a task; None if it cannot express it."""
    target = folder / f"written{FORMATS[name].suffix}"
    write = FORMATS[name].write
    assert write
    files: dict[str, bytes] = {}
    for chunk in write([task], ConvertOptions()):
        if isinstance(chunk, Problem):
            assert chunk.rule == "not-expressible"
            return None
        if isinstance(chunk, SourceCounts):
            continue
        files[chunk.path] = files.get(chunk.path, b"") + chunk.data
    for path, data in files.items():
        file = target / path if path else target
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return target


def read_back(name: str, path: Path) -> list[Document]:
    """The tasks that a format reads, from a file or from each file of a folder."""
    found, read = FORMATS[name], FORMATS[name].read
    assert read
    files = [path]
    if found.reads == "file" and path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.is_file())
    tasks = []
    for file in files:
        source = ConversionSource(path=file, label=file, name=file.stem)
        for piece in read(source, ConvertOptions()):
            assert not (isinstance(piece, Problem) and piece.refuses), piece
            if isinstance(piece, dict):
                tasks.append(piece)
    return tasks


def changes(before: Any, after: Any, pointer: str = "") -> Iterator[tuple[str, bool]]:
    """Each pointer at which two documents differ, and whether it existed before.

    An empty list or object equals a missing one.
    """

    def is_empty(value: Any) -> bool:
        if isinstance(value, dict):
            return all(map(is_empty, value.values()))
        return bool(value == [])

    if isinstance(before, dict) and isinstance(after, dict):
        for key in {**before, **after}:
            here = pointer + escape(key)
            if key in before and key in after:
                yield from changes(before[key], after[key], here)
            elif not is_empty(before.get(key, after.get(key))):
                yield here, key in before
    elif isinstance(before, list) and isinstance(after, list):
        for index in range(max(len(before), len(after))):
            here = f"{pointer}/{index}"
            if index >= min(len(before), len(after)):
                yield here, index < len(before)
            else:
                yield from changes(before[index], after[index], here)
    elif before != after or type(before) is not type(after):
        yield pointer, True


@pytest.mark.parametrize("name", BOTH_WAYS)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(task=strategies.v3_documents())
def test_read_gives_back_what_write_wrote_except_declared_losses(
    name: str, task: Document, tmp_path_factory: pytest.TempPathFactory
) -> None:
    hold_to_the_law(name, task, tmp_path_factory)


@pytest.mark.parametrize("name", BOTH_WAYS)
@pytest.mark.parametrize("path", OWN_TASKS, ids=lambda path: path.stem)
def test_real_tasks_read_back_except_declared_losses(
    name: str, path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    task = orjson.loads(path.read_bytes())
    hold_to_the_law(name, task | {"instances": task["instances"][:5]}, tmp_path_factory)


def hold_to_the_law(name: str, task: Document, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Write the task, read it, and write and read it again."""
    require_modules(name)
    loses = FORMATS[name].loses
    first = written(name, task, tmp_path_factory.mktemp("first"))
    if first is None:
        return  # some formats cannot express most tasks; they have tests of their own
    tasks = read_back(name, first) if first.exists() else []
    if not tasks:
        assert covered("", task, loses)
        return
    assert len(tasks) == 1
    undeclared = [
        pointer
        for pointer, was_there in changes(task, tasks[0])
        if not covered(pointer, task, loses) and (was_there or pointer not in loses)
    ]
    assert undeclared == []
    second = written(name, tasks[0], tmp_path_factory.mktemp("second"))
    assert second
    assert read_back(name, second) == tasks


@pytest.mark.parametrize("name", [name for name, found in FORMATS.items() if found.write])
@settings(max_examples=10, deadline=None)
@given(task=strategies.v3_documents())
def test_the_same_task_gives_the_same_bytes(name: str, task: Document) -> None:
    require_modules(name)
    write = FORMATS[name].write
    assert write
    assert list(write([task], ConvertOptions())) == list(write([task], ConvertOptions()))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_declares_its_title_and_losses(name: str) -> None:
    found = FORMATS[name]
    assert found.title
    assert not found.title.endswith(".")
    assert found.read or found.write
    for pointer, loss in found.loses.items():
        assert pointer == "" or pointer.startswith("/")
        assert loss.what
    if name in BOTH_WAYS:
        assert not {*SURVIVE, "/*"} & found.loses.keys()


def test_every_readable_format_has_a_case() -> None:
    read = {name for name, found in FORMATS.items() if found.read}
    assert {case.parent.name for case in foreign.CASES} == read


@pytest.mark.parametrize("case", foreign.CASES, ids=foreign.case_id)
def test_a_foreign_source_becomes_the_expected_tasks(case: Path, tmp_path: Path) -> None:
    require_modules(case.parent.name)
    result = foreign.result(case, tmp_path / "tasks")
    assert result.files == foreign.expected_files(case)
    assert result.findings == foreign.expected_findings(case)


@pytest.mark.parametrize("case", foreign.CASES, ids=foreign.case_id)
def test_at_most_one_format_recognizes_a_source(case: Path) -> None:
    source, name = foreign.source_of(case), case.parent.name
    if isinstance(source, Path):
        sniffed = FORMATS[name].sniff is not None and "--from" not in foreign.arguments(case)
        assert formats_of(source) in ([(name,)] if sniffed else [(), (name,)])


def damaged(raw: bytes, chance: random.Random) -> bytes:
    """The bytes with a piece removed, doubled or overwritten, or truncated."""
    start = chance.randrange(len(raw) + 1)
    end = min(len(raw), start + chance.choice((1, 1, 2, 10, 100)))
    junk = chance.choice((b"\xff", b"\x00", b"{", b"]", b'"', b"null", b"1e999", b"\\ud800", b"\n"))
    piece = chance.choice((b"", raw[start:end] * 2, junk))
    return raw[:start] + piece + (b"" if chance.random() < 0.2 else raw[end:])


@pytest.mark.parametrize("case", foreign.CASES, ids=foreign.case_id)
def test_a_damaged_source_gives_findings_and_no_traceback(case: Path, tmp_path: Path) -> None:
    source = foreign.source_of(case)
    if not isinstance(source, Path):
        pytest.skip("has no file")
    chance = random.Random(case.name)
    for number in range(20):
        broken = tmp_path / str(number) / source.name
        broken.parent.mkdir()
        if source.is_dir():
            shutil.copytree(source, broken)
        files = [path for path in sorted(source.rglob("*")) if path.is_file()] or [source]
        file = chance.choice(files)
        into = broken / file.relative_to(source) if source.is_dir() else broken
        into.write_bytes(damaged(file.read_bytes(), chance))
        done = foreign.convert(case, broken, tmp_path / f"out-{number}")
        assert done.exception is None or isinstance(
            done.exception, (SystemExit, TaskSchemaError)
        ), (
            into.read_bytes(),
            done.exception,
        )


@pytest.mark.parametrize("rule", rules_of(ConversionRule), ids=lambda rule: rule.code)
def test_conversion_rule(rule: ConversionRule, tmp_path: Path) -> None:
    if not rule.bad:
        pytest.skip("one file alone cannot break the rule")
    codes = {}
    for word, text in (("good", rule.good), ("bad", rule.bad)):
        path = tmp_path / f"{word}.txt"
        path.write_text(text, encoding="utf-8")
        done = convert(
            ConvertRequest(
                str(path),
                str(tmp_path / f"to-{word}"),
                source_format=rule.format,
                target_format="taskschema",
            )
        )
        codes[word] = set(done.report.counts)
    assert codes == {"good": set(), "bad": {rule.code}}
