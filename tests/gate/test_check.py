"""The pipeline: stages, collections, waivers, profiles, and files that no bytes can describe."""

import os
from pathlib import Path
from typing import Any

import pytest

import taskschema
from taskschema import Report, Severity, check
from taskschema.core.errors import ConfigError, NoTasksError
from taskschema.rules.smallest_task import write_task


def write(folder: Path, stem: str, **overlay: Any) -> Path:
    return write_task(folder, stem, overlay)


def faults(report: Report) -> list[tuple[str, str]]:
    return [(Path(finding.path).name, finding.code) for finding in report.findings]


def test_one_bad_file_never_hides_the_others(tmp_path: Path) -> None:
    write(tmp_path, "good")
    write(tmp_path, "typo", definition="no list")
    write(tmp_path, "blank", instances=[{"id": "a", "input": "which?", "output": [""]}])
    (tmp_path / "broken.json").write_bytes(b'{"schema_version": 3,')
    (tmp_path / "latin.json").write_bytes(b'{"definition": ["caf\xe9"]}')
    (tmp_path / "list.json").write_bytes(b"[]")
    report = check(tmp_path)
    assert report.files == 6
    assert faults(report) == [
        ("blank.json", "INS005"),
        ("broken.json", "FIL005"),
        ("latin.json", "FIL003"),
        ("list.json", "VER001"),
        ("typo.json", "SCH003"),
    ]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.json").open("wb") as file:
        file.truncate(10**12)  # a terabyte of nothing, on disks that store holes
    assert faults(check(tmp_path)) == [("huge.json", "FIL002")]


def test_a_large_file_is_read_with_a_warning(tmp_path: Path) -> None:
    path = write(tmp_path, "large")
    path.write_bytes(path.read_bytes() + b" " * 50_000_000)
    assert faults(check(tmp_path)) == [("large.json", "FIL011"), ("large.json", "FIL012")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    write(tmp_path, "secret").chmod(0)
    assert faults(check(tmp_path)) == [("secret.json", "FIL001")]


def test_what_is_no_regular_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "loop.json").symlink_to("loop.json")
    (tmp_path / "nowhere.json").symlink_to("missing.json")
    found = check(tmp_path)
    assert faults(found) == [(f"{name}.json", "FIL001") for name in ("loop", "nowhere", "pipe")]


def test_links_stay_in_the_folder(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", "secret")
    inside = write(tmp_path / "inside", "task")
    (tmp_path / "inside" / "leaves.json").symlink_to(outside)
    (tmp_path / "inside" / "stays.json").symlink_to(inside)
    assert faults(check(tmp_path / "inside")) == [
        ("leaves.json", "FIL010"),
        ("stays.json", "NAM001"),
        ("task.json", "COL001"),
    ] or faults(check(tmp_path / "inside")) == [
        ("leaves.json", "FIL010"),
        ("stays.json", "NAM001"),
        ("stays.json", "COL001"),
    ]


def test_a_finding_is_placed_in_the_file_as_it_stands(tmp_path: Path) -> None:
    text = """{
    "Definition": [
        "Say it."
    ],
    "Positive Examples": [],
    "Negative Examples": [],
    "Input_language": ["English"],
    "Instances": [
        {
            "id": "x-1",
            "input": "a",
            "output": [
                "b"
            ]
        },
        {
            "id": "x-2",
            "input": "é",
            "output": [
                "b",
                " "
            ]
        }
    ],
    "Sources": [
        "unknown"
    ]
}"""
    (tmp_path / "old.json").write_text(text)
    found = {finding.code: finding for finding in check(tmp_path).findings}
    assert (found["INS005"].pointer, found["INS005"].line, found["INS005"].column) == (
        "/Instances/1/output/1",
        21,
        17,
    )
    assert (found["SCH006"].pointer, found["SCH006"].line, found["SCH006"].column) == (
        "/Sources",
        25,
        5,
    )
    assert (
        found["SCH006"].message
        == "`Sources` is not a key of the schema here. Did you mean `Source`?"
    )
    assert (found["DEM001"].pointer, found["DEM001"].line) == ("/Negative Examples", 6)


def test_collections_are_found_in_any_layout(tmp_path: Path) -> None:
    write(tmp_path / "bare", "one")
    write(tmp_path / "bare" / "deeper", "two")
    write(tmp_path / "bare" / ".hidden", "no")
    assert check(tmp_path / "bare").files == 2
    write(tmp_path / "superni" / "tasks", "one")
    write(tmp_path / "superni" / "doc", "not_a_task")
    assert check(tmp_path / "superni").files == 1
    write(tmp_path / "own" / "german", "eins")
    write(tmp_path / "own" / "french", "un")
    write(tmp_path / "own" / "notes", "keine")
    (tmp_path / "own" / "taskschema.toml").write_text('tasks = ["german", "french"]\n')
    assert check(tmp_path / "own").files == 2
    assert check(tmp_path / "bare" / "one.json", tmp_path / "bare").files == 2


def test_aliases_resolve_to_one_task(tmp_path: Path) -> None:
    write(tmp_path, "new", aliases=["old", "older"])
    write(tmp_path, "other", aliases=["older"])
    write(tmp_path, "vain", aliases=["vain"])
    found = [finding for finding in check(tmp_path).findings if finding.code == "COL001"]
    assert [(Path(finding.path).name, finding.pointer) for finding in found] == [
        ("other.json", "/aliases/0"),
        ("vain.json", "/aliases/0"),
    ]


BLANK = [{"id": "a", "input": "which?", "output": [" "]}]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ('[waivers.task]\nINS005 = "Silence is right."', []),
        ('[waivers.task]\nINS005 = ""', ["WAI002"]),
        ('[waivers.task]\nINS005 = "so"\nINS001 = "none"', ["WAI001"]),
        ('[waivers.task]\nINS005 = "so"\nXYZ999 = "no such rule"', ["WAI001"]),
        ('[waivers.absent]\nINS005 = "of no task"', ["INS005", "WAI001"]),
    ],
)
def test_waivers(settings: str, expected: list[str], tmp_path: Path) -> None:
    write(tmp_path, "task", instances=BLANK)
    (tmp_path / "taskschema.toml").write_text(settings)
    assert [finding.code for finding in check(tmp_path).findings] == expected


def test_a_waiver_is_placed_at_its_line(tmp_path: Path) -> None:
    write(tmp_path, "task")
    settings = '[waivers.other]\nINS001 = "a"\n\n[waivers."task"]\n# why\nINS001 = "b"\n'
    (tmp_path / "taskschema.toml").write_text(settings)
    absent, unused = check(tmp_path).findings
    assert (absent.code, absent.line, absent.pointer) == ("WAI001", 2, "/waivers/other/INS001")
    assert "task `other` does not exist" in absent.message
    assert (unused.code, unused.line, Path(unused.path).name) == ("WAI001", 6, "taskschema.toml")
    assert unused.pointer == "/waivers/task/INS001"


def test_a_waiver_of_a_task_that_is_not_checked_is_left_alone(tmp_path: Path) -> None:
    one = write(tmp_path, "one")
    write(tmp_path, "two", instances=BLANK)
    (tmp_path / "taskschema.toml").write_text('[waivers.two]\nINS005 = "Silence is right."\n')
    assert faults(check(one)) == []
    assert faults(check(tmp_path)) == []


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ('profile = "superb"', "profile"),
        ("profil = 1", "profil"),
        ("waivers.task.INS005 = 3", "waivers.task.INS005"),
        ("tasks = [", "at end of document"),
    ],
)
def test_settings_that_cannot_be_read(settings: str, place: str, tmp_path: Path) -> None:
    write(tmp_path, "task")
    (tmp_path / "taskschema.toml").write_text(settings)
    with pytest.raises(ConfigError, match=r"taskschema\.toml") as caught:
        check(tmp_path)
    assert place in str(caught.value)
    assert "\n" not in str(caught.value)


def test_all_faults_of_the_settings_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "task")
    settings = tmp_path / "taskschema.toml"
    settings.write_text(
        'profil = 1\nprofile = 3\ntasks = "tasks"\nselect = [2]\n'
        "[waivers]\none = 1\n[waivers.two]\nINS005 = true\nINS = 'x'\n"
    )
    with pytest.raises(ConfigError) as caught:
        check(tmp_path)
    for said in (
        "`profil` is not a setting: did you mean `profile`?",
        "profile: must be a string in quotes.",
        'tasks: must be a list, such as ["tasks"].',
        "select.0: must be a string in quotes.",
        'waivers.one: must be a table, as in waivers.palindromes.LAB001 = "On purpose.".',
        "waivers.two.INS005: must be a reason in quotes",
        "waivers.two: `INS` is not a rule code",
    ):
        assert said in str(caught.value)
    settings.write_text('select = ["ins", "INS02"]\nignore = ["NONE"]\n')
    with pytest.raises(ConfigError) as caught:
        check(tmp_path)
    assert "select: 'ins' matches no rule code. Did you mean INS?" in str(caught.value)
    assert "Did you mean INS002? ignore: 'NONE' matches" in str(caught.value)


def test_settings_and_listing_are_named_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tasks").mkdir()
    for name in ("one", "two", "three", "four"):
        write(tmp_path / "tasks", name)
    (tmp_path / "tasks" / "README.md").write_text("- `one`\n- `two`\n- `three`\n")
    (tmp_path / "taskschema.toml").write_text('[waivers.one]\nINS005 = "Once."\n')
    monkeypatch.chdir(tmp_path)
    found = {finding.code: finding.path for finding in check("tasks").findings}
    assert found == {"COL004": "tasks/README.md", "WAI001": "taskschema.toml"}


def test_profiles_differ_in_their_thresholds(tmp_path: Path) -> None:
    rows = [{"id": str(n), "input": f"i {n}", "output": [f"o {n}"]} for n in range(6501)]
    write(tmp_path, "many", instances=rows)
    assert faults(check(tmp_path)) == []
    assert faults(check(tmp_path, profile="superni")) == [("many.json", "INS008")]
    (tmp_path / "taskschema.toml").write_text('profile = "superni"')
    assert faults(check(tmp_path)) == [("many.json", "INS008")]
    assert faults(check(tmp_path, profile="default")) == []


def test_a_contradiction_is_an_error_in_a_label_task(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "input": "which?", "output": ["yes"]},
        {"id": "b", "input": "Which?", "output": ["no"]},
    ]
    label = {"kind": "label"}
    write(tmp_path, "open", instances=rows)
    write(tmp_path, "closed", instances=rows, answer_format=label)
    found = [finding for finding in check(tmp_path).findings if finding.code == "INS004"]
    assert [finding.severity for finding in found] == [Severity.ERROR, Severity.WARNING]


def test_a_context_makes_another_question(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"id": str(n), "input": "And then?", "output": [f"o {n}"], "context": [_turn(f"turn {n}")]}
        for n in range(26)
    ]
    shown = {"input": "And then?", "output": "x", "explanation": "y", "context": [_turn("turn 0")]}
    write(tmp_path, "task", instances=rows)
    assert faults(check(tmp_path)) == []
    write(tmp_path, "task", instances=rows, negative_demonstrations=[shown])
    assert faults(check(tmp_path)) == [("task.json", "LEA001")]


def _turn(content: str) -> dict[str, str]:
    return {"role": "user", "content": content}


def test_paths_that_hold_nothing(tmp_path: Path) -> None:
    with pytest.raises(NoTasksError, match="holds no task files"):
        check(tmp_path)
    with pytest.raises(NoTasksError, match="does not exist"):
        check(tmp_path / "absent")


def test_every_real_file_is_judged_without_an_exception(corpus: Path) -> None:
    report = check(corpus)
    assert report.files == 43
    assert {finding.code for finding in report.findings} <= {
        *("DEF002", "DEM002", "DEM004", "DEM010", "INS003", "INS004", "INS007", "INS009"),
        *("LEA001", "LEA002", "LEA003", "PRI001", "PRI002", "SRC002", "TAX002"),
        *("TXT001", "TXT002", "TXT005", "TXT006", "TXT007"),
    }


def test_tasks_can_be_loaded_as_objects(tmp_path: Path) -> None:
    write(tmp_path, "one")
    path = write(tmp_path, "two", answer_format={"kind": "label"})
    collection = taskschema.load(tmp_path)
    assert [task.name for task in collection] == ["one", "two"]
    assert collection["two"].kind == "label"
    assert taskschema.read_task(path) == collection["two"]
    with pytest.raises(KeyError):
        collection["three"]
    path.write_text("{")
    with pytest.raises(taskschema.core.errors.UnreadableTaskError, match=r"two\.json:1:2"):
        taskschema.read_task(path)


@pytest.mark.parametrize(
    ("overlay", "message"),
    [
        ({"definition": []}, "has 0 items; the schema requires at least 1. Add one."),
        ({"definition": 5}, "is a number, but must be a list. Write a list."),
        ({"definition": ["Name it.", 5]}, 'is a number, but must be a string. Write "5".'),
        ({"summary": ["One line."]}, 'is a list, but must be a string. Write "One line.".'),
        ({"summary": ["One", "two"]}, "is a list, but must be a string. Write a string."),
        ({"summary": True}, "is true or false, but must be a string. Write a string."),
    ],
)
def test_what_does_not_fit_is_told_how_to_mend_it(
    overlay: dict[str, Any], message: str, tmp_path: Path
) -> None:
    write_task(tmp_path, "task", overlay)
    assert [hit.message for hit in check(tmp_path).findings] == [message]


def test_a_contradiction_shows_both_answers(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "input": "which one?", "output": ["one"]},
        {"id": "b", "input": "Which  one?", "output": ["two", "2"]},
    ]
    write_task(tmp_path, "task", {"instances": rows})
    messages = {hit.code: hit.message for hit in check(tmp_path).findings}
    assert messages["INS004"] == (
        'is "two, 2", but instance a with the same input except for case or white space has "one". '
        "Correct one, or merge them."
    )


STRUCTURED = {
    "answer_format": {"kind": "set", "separator": ", "},
    "instances": [{"id": "a", "input": "which one?", "output": ["x"], "answer": [["x"]]}],
}
LABELLED = {
    "definition": ["Is it warm or cold?"],
    "answer_format": {"kind": "label", "labels": ["warm", "cold"]},
    "positive_demonstrations": [
        {"input": "shown fire", "output": "warm", "explanation": "It burns."},
        {"input": "shown snow", "output": "cold", "explanation": "It is frozen."},
    ],
}


@pytest.mark.parametrize(
    ("overlay", "old", "new", "expected"),
    [
        (STRUCTURED, '"answer_format"', '"aswer_format"', ("SCH002", "/aswer_format")),
        (STRUCTURED, '"kind": "set"', '"kind": "sets"', ("SCH004", "/answer_format/kind")),
        ({}, '"schema_version": 3', '"schema_version": 2', ("SCH004", "/schema_version")),
        ({}, '"schema_version": 3,', "", ("SCH001", "")),
        (LABELLED, '"cold"\n', '"clod"\n', ("LAB002", "/answer_format/labels/1")),
    ],
)
def test_one_broken_line_is_one_finding(
    overlay: dict[str, Any], old: str, new: str, expected: tuple[str, str], tmp_path: Path
) -> None:
    path = write(tmp_path, "task", **overlay)
    assert faults(check(tmp_path)) == []
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    found = [(finding.code, finding.pointer) for finding in check(tmp_path).findings]
    assert [hit for hit in found if hit[0] != "FIL012"] == [expected]
