"""Every rule: its bad example gives exactly its code, its good example gives no finding."""

import inspect
import json
import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from taskschema import check
from taskschema.core.findings import Severity
from taskschema.gate.fixes import fix_bytes
from taskschema.rules.registry import all_rules, rules_of
from taskschema.rules.rule import RULES as ALL_RULES
from taskschema.rules.rule import CollectionRule, FileRule, SchemaRule, TaskRule, WaiverRule
from taskschema.rules.smallest_task import write_task
from taskschema.schema.profiles import PROFILES

STAGES = ("FIL", "VER", "SCH")
NAMES = ALL_RULES.names()


def codes(folder: Path) -> set[str]:
    return set(check(folder).counts)


def write(folder: Path, stem: str, overlay: Mapping[str, Any] | None) -> Path:
    path = folder / f"{stem}.json"
    return write_task(path.parent, path.stem, overlay)


def ids(rule: Any) -> str:
    return str(rule.code)


def test_the_smallest_task_has_no_finding(tmp_path: Path) -> None:
    write(tmp_path, "smallest", None)
    assert codes(tmp_path) == set()


@pytest.mark.parametrize("rule", rules_of(TaskRule), ids=ids)
def test_task_rule(rule: TaskRule, tmp_path: Path) -> None:
    path = write(tmp_path, "smallest", rule.good)
    assert codes(tmp_path) == set()
    if rule.code == "NAM002":  # the name of the bad task is also the name of its file
        path.unlink()
        write(tmp_path, rule.bad["name"], rule.bad)
    else:
        write(tmp_path, "smallest", rule.bad)
    assert codes(tmp_path) == {rule.code, *rule.implies}


def fixed(path: Path) -> bytes:
    return fix_bytes(
        path,
        path.read_bytes(),
        root=path.parent,
        profile=PROFILES["default"],
        requested=lambda _finding: True,
    ).after


@pytest.mark.parametrize("rule", [rule for rule in all_rules() if rule.fix], ids=ids)
def test_a_fix_removes_its_finding_and_is_idempotent(rule: Any, tmp_path: Path) -> None:
    if isinstance(rule, FileRule):
        path = tmp_path / "x.json"
        path.write_bytes(rule.bad or b"")
    else:
        path = write(tmp_path, "smallest", rule.bad)
    fixes = [found.fix for found in check(path).findings if found.code == rule.code]
    assert {fix and fix.applicability for fix in fixes} <= {rule.fix, None}
    path.write_bytes(fixed(path))
    assert rule.code not in codes(tmp_path)
    assert fixed(path) == path.read_bytes()


@pytest.mark.parametrize("rule", rules_of(SchemaRule), ids=ids)
def test_schema_rule(rule: SchemaRule, tmp_path: Path) -> None:
    if rule.code == "SCH006":  # it applies only to the open schemas of older versions
        pytest.skip("needs a document of version 2: see tests/schema/test_fixtures.py")
    write(tmp_path, "smallest", rule.good)
    assert codes(tmp_path) == set()
    write(tmp_path, "smallest", rule.bad)
    assert codes(tmp_path) == {rule.code}


@pytest.mark.parametrize("rule", rules_of(FileRule), ids=ids)
def test_file_rule(rule: FileRule, tmp_path: Path) -> None:
    if rule.good is None or rule.bad is None:
        pytest.skip("cannot be shown by bytes: see tests/gate/test_check.py")
    path = tmp_path / "x.json"
    path.write_bytes(rule.bad)
    # The example of FIL012 is also checked by later stages, which find other problems in it.
    assert {code for code in codes(tmp_path) if code.startswith(STAGES)} == {rule.code}
    path.write_bytes(rule.good)
    assert rule.code not in codes(tmp_path)


@pytest.mark.parametrize("rule", rules_of(CollectionRule), ids=ids)
def test_collection_rule(rule: CollectionRule, tmp_path: Path) -> None:
    if any(":" in stem for stem in rule.bad):
        pytest.skip("needs a repository with a base branch: see tests/gate/test_base_branch.py")
    for folder, files in (("good", rule.good), ("bad", rule.bad)):
        (tmp_path / folder).mkdir()
        for stem, content in files.items():
            if isinstance(content, str):
                other = tmp_path / folder / stem
                other.parent.mkdir(parents=True, exist_ok=True)
                other.write_text(content)
            else:
                write(tmp_path / folder, stem, content)
    assert codes(tmp_path / "good") == set()
    assert codes(tmp_path / "bad") == {rule.code}


@pytest.mark.parametrize("rule", rules_of(WaiverRule), ids=ids)
def test_waiver_rule(rule: WaiverRule, tmp_path: Path) -> None:
    blank = [{"id": "a", "input": "question 99", "output": [" "]}]
    write(tmp_path, "waived", {"instances": blank})
    assert codes(tmp_path) == {"INS005"}
    (tmp_path / "taskschema.toml").write_text(rule.good)
    assert codes(tmp_path) == set()
    (tmp_path / "taskschema.toml").write_text(rule.bad)
    assert codes(tmp_path) == {rule.code}


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_documents_itself(name: str) -> None:
    module = import_module(f"taskschema.rules.catalogue.{name}")
    rule = module.RULE
    assert name == f"{rule.code.lower()}_{rule.name.replace('-', '_')}"
    assert re.fullmatch(r"[A-Z]{3}[0-9]{3}", rule.code)
    title, blank, *body = inspect.cleandoc(module.__doc__).splitlines()
    assert title.endswith(".")
    assert blank == ""
    assert len(" ".join(body)) > 60, "write why it matters and how to fix it"
    assert isinstance(rule.severity, Severity)


def test_codes_and_names_are_unique() -> None:
    rules = all_rules()
    assert len({rule.code for rule in rules}) == len(rules) == len({rule.name for rule in rules})


def test_outranked_and_implied_codes_exist() -> None:
    known = {rule.code for rule in all_rules()}
    assert all({*rule.outranks, *rule.implies} <= known for rule in all_rules())


FIELDS = {"kind": "fields", "fields": {"city": {"type": "text"}, "year": {"type": "number"}}}


@pytest.mark.parametrize(
    ("overlay", "found"),
    [
        # A field that only the answer has, and one that only the answer format has.
        ({"answer": {"city": ["Rome"]}}, [("ANS001", "/instances/0/answer")]),
        (
            {"answer": {"city": ["Rome"], "year": ["1"], "day": ["2"]}},
            [("ANS001", "/instances/0/answer")],
        ),
        ({"answer": {"year": ["1", "I"], "city": ["Rome"]}}, []),
        ({"output": ['{"year":"1","city":"Rome"}']}, [("ANS001", "/instances/0/output")]),
    ],
)
def test_answers_have_exactly_the_declared_fields(
    overlay: dict[str, Any], found: list[tuple[str, str]], tmp_path: Path
) -> None:
    rows = [
        {
            "id": f"{number}",
            "input": f"which {number}?",
            "output": [f'{{"city":"Rome","year":"{number + 1}"}}'],
            "answer": {"city": ["Rome"], "year": [f"{number + 1}"]},
        }
        for number in range(26)
    ]
    rows[0] |= overlay
    write(tmp_path, "task", {"answer_format": FIELDS, "instances": rows})
    assert [(finding.code, finding.pointer) for finding in check(tmp_path).findings] == found


def test_outputs_are_the_choices_with_the_top_score(tmp_path: Path) -> None:
    rows = [
        {
            "id": f"{number}",
            "input": f"which {number}?",
            "output": [f"a{number}", f"c{number}"],
            "answer": [
                {"text": f"a{number}", "score": 0.5},
                {"text": f"b{number}", "score": 0},
                {"text": f"c{number}", "score": 0.5},
            ],
        }
        for number in range(26)
    ]
    write(tmp_path, "task", {"answer_format": {"kind": "choices"}, "instances": rows})
    assert codes(tmp_path) == set()
    rows[3]["output"] = ["a3"]
    write(tmp_path, "task", {"answer_format": {"kind": "choices"}, "instances": rows})
    assert codes(tmp_path) == {"ANS001"}


@pytest.mark.parametrize("stem", ["Upper", "two words", "-dash", "é", "x" * 121, "con.fig", "a__b"])
def test_names_of_older_files_that_are_not_portable(stem: str, tmp_path: Path) -> None:
    rows = [{"id": f"{n}", "input": f"i{n}", "output": [f"o{n}"]} for n in range(26)]
    demonstration = {"input": "s", "output": "t", "explanation": "u"}
    task = {
        "Source": ["synthetic"],
        "Definition": ["Name the number."],
        "Instance License": ["CC0 1.0"],
        "Positive Examples": [demonstration, {**demonstration, "input": "v"}],
        "Negative Examples": [{**demonstration, "input": "w"}],
        "Instances": rows,
    }
    (tmp_path / f"{stem}.json").write_text(json.dumps(task, indent=4))
    (finding,) = check(tmp_path).findings
    assert (finding.code, finding.pointer, finding.line) == ("NAM002", "", 1)


def test_positive_demonstrations_use_declared_labels(tmp_path: Path) -> None:
    demonstration = {"input": "s", "output": "maybe", "explanation": "u"}
    task = {
        "definition": ["Is it so? Answer yes or no."],
        "answer_format": {"kind": "label", "labels": ["yes", "no"]},
        "positive_demonstrations": [
            demonstration,
            {**demonstration, "input": "t", "output": "yes"},
        ],
    }
    write(tmp_path, "task", task)
    (finding,) = check(tmp_path).findings
    assert (finding.code, finding.pointer) == ("LAB002", "/positive_demonstrations/0/output")
