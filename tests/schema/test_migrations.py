"""Up nothing is lost; down again gives the same bytes; what does not come back is said."""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.checkout import DATA
from support.strategies import v1_documents, v2_documents, v3_documents, values
from typer.testing import CliRunner, Result

from taskschema import Task, __main__, check
from taskschema.cli.app import app
from taskschema.collection import reading
from taskschema.core.errors import DestinationError
from taskschema.core.syntax.json_pointers import tokens
from taskschema.schema import canonical, migrate, versions

VALID = DATA / "valid"
OLDER = sorted(VALID.glob("v[12]/*.json"))
NEWEST = sorted(VALID.glob("v3/*.json"))
STEADY = settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=250,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
NAME = "some_task"

Document = dict[str, Any]


def named(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


def read(path: Path) -> Document:
    document: Document = json.loads(path.read_bytes().decode())
    return document


def resolved(document: Any, pointer: str) -> Any:
    for token in tokens(pointer):
        document = document[int(token)] if isinstance(document, list) else document[token]
    return document


def require_round_trip(document: Document, version: int, name: str = NAME) -> Document:
    before = canonical.dumps(document, version)
    upgraded = migrate.upgrade(document, name=name)
    assert canonical.dumps(document, version) == before  # nothing was changed
    assert versions.version_of(upgraded) == versions.NEWEST
    assert upgraded["name"] == name
    assert versions.fits(upgraded, versions.NEWEST)
    newest = canonical.dumps(upgraded, versions.NEWEST)
    Task.model_validate_json(newest)
    older, losses = migrate.downgrade(upgraded, to=version)
    assert losses == ()
    assert canonical.dumps(older, version) == before
    assert canonical.dumps(upgraded, versions.NEWEST) == newest
    # What was written in canonical form, with keys in the order of the schema, comes back too.
    again, losses = migrate.downgrade(json.loads(newest), to=version)
    assert losses == ()
    assert canonical.dumps(again, version) == before
    return upgraded


@STEADY
@given(document=v2_documents())
def test_version_2_comes_back_to_the_byte(document: Document) -> None:
    require_round_trip(document, 2)


@STEADY
@given(document=v1_documents())
def test_version_1_comes_back_to_the_byte(document: Document) -> None:
    require_round_trip(document, 1)


@STEADY
@given(document=v1_documents())
def test_version_1_comes_back_over_version_2(document: Document) -> None:
    before = canonical.dumps(document, 1)
    second, losses = migrate.downgrade(migrate.upgrade(document, name=NAME), to=2)
    assert losses == ()
    assert versions.fits(second, 2)
    first, losses = migrate.downgrade(migrate.upgrade(second, name=NAME, version=2), to=1)
    assert losses == ()
    assert canonical.dumps(first, 1) == before


@pytest.mark.parametrize("path", OLDER, ids=named)
def test_a_fixture_comes_back_to_the_byte(path: Path) -> None:
    version = int(path.parent.name.removeprefix("v"))
    require_round_trip(read(path), version, path.stem)


def test_real_files_come_back_to_the_byte(corpus: Path) -> None:
    paths = sorted(corpus.glob("*.json"))
    assert len(paths) > 40
    for path in paths:
        raw = path.read_bytes()
        document = json.loads(raw.decode())
        upgraded = migrate.upgrade(document, name=path.stem)
        assert versions.fits(upgraded, versions.NEWEST)
        newest = canonical.dumps(upgraded, versions.NEWEST)
        assert len(Task.model_validate_json(newest).instances) == len(document["Instances"])
        older, losses = migrate.downgrade(upgraded, to=2)
        assert losses == ()
        assert canonical.dumps(older, 2) == raw


@pytest.mark.parametrize(
    ("version", "foreign"),
    [
        (2, {"Examples": []}),
        (2, {"Examples": {"Positive Examples": [], "Negative Examples": []}}),
        (2, {"Title": "a", "Prompt": "b", "Things to Avoid": "c"}),
        (2, {"schema_version": 3, "definition": [], "instances": []}),
        (1, {"Positive Examples": [], "Source": [], "URL": []}),
        (1, {"schema_version": 2, "definition": [], "instances": []}),
    ],
    ids=json.dumps,
)
def test_keys_of_another_version_are_foreign_keys(version: int, foreign: Document) -> None:
    document = read(VALID / f"v{version}" / "usual.json")
    assert versions.version_of(document | foreign) == version
    require_round_trip(document | foreign, version)


def test_nothing_is_invented() -> None:
    bare = {"Definition": ["a"], "Positive Examples": [], "Negative Examples": [], "Instances": []}
    assert migrate.upgrade(bare, name=NAME) == {
        "schema_version": 3,
        "name": NAME,
        "definition": ["a"],
        "positive_demonstrations": [],
        "negative_demonstrations": [],
        "instances": [],
    }


def test_rows_without_foreign_keys_are_shared_not_copied() -> None:
    document = read(VALID / "v2" / "usual.json")
    assert migrate.upgrade(document, name=NAME)["instances"] is document["Instances"]


@STEADY
@given(document=v3_documents())
def test_the_newest_version_is_left_as_it_is(document: Document) -> None:
    assert migrate.upgrade(document, name=NAME) is document
    assert migrate.downgrade(document, to=3) == (document, ())


@pytest.mark.parametrize(
    ("name", "tag", "comes_back_by_itself"),
    [
        ("English", "en", True),
        ("Modern Greek (1453-)", "el", True),
        ("SELFIES", "und", False),
        ("english", "und", False),
        ("", "und", False),
    ],
)
def test_a_language_without_a_tag_is_kept_beside(
    name: str,
    tag: str,
    comes_back_by_itself: bool,  # noqa: FBT001 - a column of the table
) -> None:
    document = read(VALID / "v2" / "usual.json") | {"Input_language": [name]}
    upgraded = migrate.upgrade(document, name=NAME)
    assert upgraded["languages"]["input"] == [tag]
    assert ("extras" not in upgraded) is comes_back_by_itself


def test_every_instance_of_version_1_gets_an_id_of_its_own() -> None:
    row = {"input": "a", "output": ["b"]}
    document = {
        "Definition": "a",
        "Examples": {"Positive Examples": [], "Negative Examples": []},
        "Instances": [row, {"input": "a", "output": ["c"]}, row, {**row, "note": 1}],
    }
    ids = [one["id"] for one in migrate.upgrade(document, name=NAME)["instances"]]
    assert len(set(ids)) == 4
    assert [one.removeprefix(ids[0]) for one in ids][2:] == ["-2", "-3"]
    assert all(one.startswith(f"{NAME}-") for one in ids)
    # An id follows from the content, not from the neighbours.
    alone = migrate.upgrade(document | {"Instances": [row]}, name=NAME)["instances"]
    assert alone[0]["id"] == ids[0]


# Down, with losses


def missing(value: Any, returned: Any, pointer: str = "") -> Iterator[str]:
    """An independent reading of what a loss is: the topmost places that differ."""
    if isinstance(value, dict) and isinstance(returned, dict):
        for key, part in value.items():
            inner = f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
            if key in returned:
                yield from missing(part, returned[key], inner)
            elif inner not in ("/schema_version", "/name"):
                yield inner
    elif isinstance(value, list) and isinstance(returned, list) and len(value) == len(returned):
        for part, other in zip(value, returned, strict=True):
            yield from missing(part, other, f"{pointer}/*")
    elif repr(value) != repr(returned):
        yield pointer


@STEADY
@given(document=v3_documents(), to=st.sampled_from((1, 2)))
def test_losses_are_exactly_what_does_not_come_back(document: Document, to: int) -> None:
    before = repr(document)
    older, losses = migrate.downgrade(document, to=to)
    assert repr(document) == before
    assert versions.fits(older, to)
    returned = migrate.upgrade(older, name=document["name"], version=to)
    assert versions.fits(returned, versions.NEWEST)
    assert losses == tuple(sorted(set(missing(document, returned))))
    # A second time nothing more is lost.
    again, losses = migrate.downgrade(returned, to=to)
    assert losses == ()
    assert canonical.dumps(again, to) == canonical.dumps(older, to)


@pytest.mark.parametrize("path", NEWEST, ids=named)
def test_the_older_form_of_a_fixture_keeps_texts_and_names_the_rest(path: Path) -> None:
    document = read(path)
    older, losses = migrate.downgrade(document, to=2)
    assert older["Definition"] == document["definition"]
    for new, old in (
        ("instances", "Instances"),
        ("positive_demonstrations", "Positive Examples"),
        ("negative_demonstrations", "Negative Examples"),
    ):
        kept = [(row["input"], row["output"]) for row in document.get(new, [])]
        assert [(row["input"], row["output"]) for row in older[old]] == kept
    assert ("/answer_format" in losses) is ("answer_format" in document)
    assert ("/attachments" in losses) is ("attachments" in document)


@pytest.mark.parametrize("to", [1, 2])
@pytest.mark.parametrize(
    "key", ["Source", "URL", "Input_language", "Contributors", "v1", "v1_order"]
)
@settings(STEADY, max_examples=30)
@given(value=values())
def test_extras_that_only_look_like_traces_do_no_harm(key: str, to: int, value: Any) -> None:
    document = read(VALID / "v3" / "text.json") | {"extras": {"v2": {key: value}}}
    older, losses = migrate.downgrade(document, to=to)
    assert versions.fits(older, to)
    returned = migrate.upgrade(older, name="text", version=to)
    assert losses == tuple(sorted(set(missing(document, returned))))


@pytest.mark.parametrize(
    "extras",
    [
        {"v2": {"Source": 5}},
        {"v2": {"Source": ["a"], "URL": 5}},
        {"v2": {"Source": [{}]}},
        {"v2": {"Input_language": [[]]}},
        {"v2": {"Instance License": [5]}},
        {"v2": {"Contributors": [{}]}},
        {"v2": {"v1": {"Examples": {"Positive Examples": 5}}}},
        {"v2": {"v1": {"Examples": {"Positive Examples": [5]}}}},
        {"v2": {"v1": {"Examples": {"Positive Examples": [{}]}}}},
        {"v2": {"v1": {"Title": 5, "Definition": 6}}},
        {"v2": {"v1_order": ["Instances"]}},
        {"v2": {"v1": {"Definition": "x"}, "v1_order": {"": 5, "Examples": 6}}},
        {"v2_order": {"a": 1}},
        {"v2": 5, "v2_order": [5, [], "Instances"]},
    ],
    ids=json.dumps,
)
@pytest.mark.parametrize("to", [1, 2])
def test_extras_are_not_trusted(extras: Document, to: int) -> None:
    document = read(VALID / "v3" / "text.json") | {"extras": extras}
    assert versions.fits(document, versions.NEWEST)
    older, _ = migrate.downgrade(document, to=to)
    assert versions.fits(older, to)


@pytest.mark.parametrize(
    "row",
    [
        {"v2": 5},
        {"v2": {"id": 5}, "v2_order": 5},
        {"v2": {"input": 5, "output": 5, "explanation": 5, "suggestion": 5}},
        {"v2": {"v1": 5}},
        {"v2": {"v1": {"suggestion": 5}}},
        {"v2": {"v1": {"input": 5, "output": 5, "reason": 5}}},
        {"v2": {"v1": {"input": "not this", "output": "nor this"}, "v1_order": 5}},
    ],
    ids=json.dumps,
)
@pytest.mark.parametrize("to", [1, 2])
def test_extras_of_rows_are_not_trusted(row: Document, to: int) -> None:
    document = read(VALID / "v3" / "text.json")
    for rows in ("instances", "positive_demonstrations", "negative_demonstrations"):
        document[rows] = [one | {"extras": row} for one in document[rows]]
    older, _ = migrate.downgrade(document, to=to)
    assert versions.fits(older, to)
    for one, other in zip(document["instances"], older["Instances"], strict=True):
        assert (one["input"], one["output"]) == (other["input"], other["output"])


@pytest.mark.parametrize("key", ["v1", "v1_order", "v2", "v2_order", "extras"])
@pytest.mark.parametrize("value", [5, None, [], ["Instances"], {}, {"": 5}, {"Definition": 5}, "x"])
def test_foreign_keys_of_version_2_that_look_like_traces_do_no_harm(key: str, value: Any) -> None:
    document = read(VALID / "v2" / "usual.json") | {key: value}
    require_round_trip(document, 2)
    older, _ = migrate.downgrade(migrate.upgrade(document, name=NAME), to=1)
    assert versions.fits(older, 1)


@pytest.mark.parametrize(("version", "fixture"), [(1, "usual"), (2, "usual")])
@pytest.mark.parametrize("levels", [55, 60, 61, 62, 63])
def test_an_upgrade_stays_readable(version: int, fixture: str, levels: int, tmp_path: Path) -> None:
    """What is strict JSON before is so after: no value ends up nested too deep."""
    path = tmp_path / "deep_task.json"
    document = read(VALID / f"v{version}" / f"{fixture}.json") | {"Notes": "@"}
    raw = canonical.dumps(document, version).replace(b'"@"', b"[" * levels + b"]" * levels)
    path.write_bytes(raw)
    assert reading.read(path, tmp_path).document is not None
    invoke("migrate", path)
    assert reading.read(path, tmp_path).document is not None
    if invoke("migrate", path, "--to", version).exit_code == 0:
        after = reading.read(path, tmp_path).document
        assert after is not None
        assert canonical.dumps(after, version) == canonical.dumps(json.loads(raw), version)


# What is changed after the upgrade wins


@pytest.mark.parametrize(
    ("fixture", "pointer", "value", "key", "wanted"),
    [
        ("usual", "languages/input", ["fr"], "Input_language", ["French"]),
        ("language_by_another_name", "languages/input", ["fr"], "Input_language", ["French"]),
        ("language_by_another_name", "languages/output", ["zz-x"], "Output_language", ["zz-x"]),
        ("two_sources_and_one_url", "sources", [{"name": "a"}], "Source", ["a"]),
        (
            "two_sources_and_one_url",
            "sources",
            [{"name": "a", "url": "b"}, {"name": "c"}],
            "URL",
            ["b", ""],
        ),
        ("several_licenses", "licenses", [{"text": "MIT"}], "Instance License", ["MIT"]),
        ("usual", "contributors", [{"name": "Bo"}], "Contributors", ["Bo"]),
        ("usual", "categories", ["Other"], "Categories", ["Other"]),
        ("unknown_keys_at_every_level", "definition", ["New."], "Definition", ["New."]),
    ],
)
def test_a_changed_value_wins_over_what_was_kept(
    fixture: str, pointer: str, value: Any, key: str, wanted: Any
) -> None:
    document = read(VALID / "v2" / f"{fixture}.json")
    upgraded = json.loads(json.dumps(migrate.upgrade(document, name=NAME)))
    *above, last = pointer.split("/")
    resolved(upgraded, "".join(f"/{token}" for token in above))[last] = value
    older, _ = migrate.downgrade(upgraded, to=2)
    assert older[key] == wanted


def test_a_change_of_one_language_leaves_the_others() -> None:
    document = read(VALID / "v2" / "language_by_another_name.json")
    upgraded = json.loads(json.dumps(migrate.upgrade(document, name=NAME)))
    upgraded["languages"]["input"] = ["fr"]
    older, losses = migrate.downgrade(upgraded, to=2)
    assert older["Input_language"] == ["French"]
    assert older["Output_language"] == document["Output_language"]
    assert older["Instruction_language"] == document["Instruction_language"]
    assert losses in ((), ("/extras/v2/Input_language",))


def test_a_changed_definition_wins_over_the_parts_it_was_made_of() -> None:
    document = read(VALID / "v1" / "usual.json")
    upgraded = migrate.upgrade(document, name=NAME)
    joined = "You are given a country. Answer with its capital. Use the English name. "
    assert upgraded["definition"] == [joined + "Do not name a river."]
    older, _ = migrate.downgrade(upgraded | {"definition": ["Answer."]}, to=1)
    assert older["Definition"] == "Answer."
    assert migrate.upgrade(older, name=NAME, version=1)["definition"] == ["Answer."]


def test_a_changed_demonstration_wins_over_the_placeholder() -> None:
    document = read(VALID / "v1" / "placeholders.json")
    upgraded = json.loads(json.dumps(migrate.upgrade(document, name=NAME)))
    assert [row["input"] for row in upgraded["positive_demonstrations"]] == ["Italy"]
    assert upgraded["negative_demonstrations"] == []
    upgraded["positive_demonstrations"][0]["output"] = "Roma"
    older, _ = migrate.downgrade(upgraded, to=1)
    assert [row["output"] for row in older["Examples"]["Positive Examples"]] == ["Roma"]
    assert older["Examples"]["Negative Examples"] == ["-"]


# Pointers back


def strings(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from strings(part, f"{pointer}/{index}")
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in ("extras", "id", "spdx"):
                yield from strings(part, f"{pointer}/{key}")


def require_pointers_back(document: Document, version: int) -> int:
    """Every text of the upgraded document stands in the old one where its pointer leads."""
    upgraded = migrate.upgrade(document, name=NAME)
    looked_at = 0
    for key, part in upgraded.items():
        if key in ("schema_version", "name", "extras", "languages"):
            continue
        for pointer, text in strings(part, f"/{key}"):
            found = resolved(document, migrate.pointer_in(version, pointer))
            if version == 1 and key == "definition":
                assert found in text or found in ("", "-")
            else:
                assert found == text
            looked_at += 1
    return looked_at


@STEADY
@given(document=v2_documents())
def test_pointers_lead_back_to_version_2(document: Document) -> None:
    require_pointers_back(document, 2)


@STEADY
@given(document=v1_documents())
def test_pointers_lead_back_to_version_1(document: Document) -> None:
    require_pointers_back(document, 1)


def test_pointers_of_real_files_lead_back(corpus: Path) -> None:
    for path in sorted(corpus.glob("*.json"))[:8]:
        document = read(path)
        document["Instances"] = document["Instances"][:50]
        assert require_pointers_back(document, 2) > 50


@pytest.mark.parametrize(
    ("version", "newer", "older"),
    [
        (3, "/instances/0/input", "/instances/0/input"),
        (2, "", ""),
        (2, "/instances", "/Instances"),
        (2, "/instances/7/output/1", "/Instances/7/output/1"),
        (2, "/instances/0/extras/v2/note/a", "/Instances/0/note/a"),
        (2, "/positive_demonstrations/1/explanation", "/Positive Examples/1/explanation"),
        (2, "/definition/0", "/Definition/0"),
        (2, "/languages/input/0", "/Input_language/0"),
        (2, "/sources/1/name", "/Source/1"),
        (2, "/sources/1/url", "/URL/1"),
        (2, "/licenses/0/text", "/Instance License/0"),
        (2, "/licenses/0/spdx", "/Instance License/0"),
        (2, "/contributors/0/name", "/Contributors/0"),
        (2, "/extras/v2/a~1b", "/a~1b"),
        (2, "/extras/v2", ""),
        (2, "/answer_format/kind", ""),
        (2, "/name", ""),
        (1, "/instances", "/Instances"),
        (1, "/instances/7/output/1", "/Instances/7/output/1"),
        (1, "/instances/7/id", "/Instances/7"),
        (1, "/positive_demonstrations", "/Examples/Positive Examples"),
        (1, "/negative_demonstrations/0/explanation", "/Examples/Negative Examples/0/reason"),
        (1, "/definition/0", "/Definition"),
        (1, "/definition", "/Definition"),
        (1, "/extras/v2/v1/Title", "/Title"),
        (1, "/extras/v2/v1/Examples/note", "/Examples/note"),
        (1, "/positive_demonstrations/0/extras/v2/v1/note", "/Examples/Positive Examples/0/note"),
        (1, "/languages/input", ""),
    ],
)
def test_a_pointer_leads_back(version: int, newer: str, older: str) -> None:
    assert migrate.pointer_in(version, newer) == older


@pytest.mark.parametrize("version", [1, 2])
def test_a_finding_stands_at_its_text_in_the_older_file(version: int, tmp_path: Path) -> None:
    """Each text in turn gets a replacement character, and the finding is at its line."""
    document = read(VALID / f"v{version}" / "usual.json")
    raw = canonical.dumps(document, version).decode()
    path = tmp_path / "task.json"
    for text in ("Answer with its capital", "is the capital", "Rome is its", "Sucre", "France"):
        if text in raw:
            path.write_text(raw.replace(text, "\ufffd", 1), encoding="utf-8")
            line = raw[: raw.index(text)].count("\n") + 1
            found = [found for found in check(path).findings if found.code == "TXT001"]
            assert [found.line for found in found] == [line]


# The command


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def tasks(tmp_path: Path) -> Path:
    """A folder with a copy of every older fixture, each under a name of its own."""
    folder = tmp_path / "tasks"
    folder.mkdir()
    for path in OLDER:
        shutil.copy(path, folder / f"{path.parent.name}_{path.name}")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_migrate_in_place_and_back_gives_the_same_bytes(tasks: Path) -> None:
    before = contents(tasks)
    result = invoke("migrate", tasks)
    assert result.exit_code == 0, result.output
    assert f"{len(before)} written in version 3" in result.stdout
    assert contents(tasks).keys() == before.keys()
    for path in tasks.iterdir():
        read_ = reading.read(path, tasks)
        assert (read_.version, read_.findings) == (3, ())
        assert read_.document is not None
        assert canonical.dumps(read_.document, 3) == read_.raw
        assert read_.document["name"] == path.stem
    assert f"0 written in version 3, {len(before)} already in it" in invoke("migrate", tasks).stdout
    for version in (1, 2):
        paths = sorted(tasks.glob(f"v{version}_*"))
        result = invoke("migrate", *paths, "--to", version)
        assert result.exit_code == 0, result.output
    assert contents(tasks) == before


def test_migrate_to_another_folder_leaves_the_files(tasks: Path, tmp_path: Path) -> None:
    inner = tasks / "inner"
    inner.mkdir()
    shutil.copy(VALID / "v3" / "text.json", inner)
    before = contents(tasks)
    output = tmp_path / "a" / "b"
    result = invoke("migrate", tasks, "--output", output)
    assert result.exit_code == 0, result.output
    assert contents(tasks) == before
    assert contents(output).keys() == before.keys()
    assert contents(output)["inner/text.json"] == before["inner/text.json"]
    back = tmp_path / "back"
    assert invoke("migrate", output, "--to", 2, "--output", back).exit_code == 0
    for name, raw in contents(back).items():
        if name.startswith("v2_"):
            assert raw == before[name]


def test_losses_need_a_word(tmp_path: Path) -> None:
    path = tmp_path / "choices.json"
    shutil.copy(VALID / "v3" / "choices.json", path)
    before = path.read_bytes()
    refused = invoke("migrate", path, "--to", 2)
    assert refused.exit_code == 1
    assert path.read_bytes() == before
    assert "/answer_format" in refused.stderr
    assert "--lossy" in refused.stderr
    beside = invoke("migrate", path, "--to", 2, "--output", tmp_path / "old")
    assert beside.exit_code == 0
    assert "/answer_format" in beside.stderr
    assert path.read_bytes() == before
    lossy = invoke("migrate", path, "--to", 2, "--lossy")
    assert lossy.exit_code == 0
    assert "/answer_format" in lossy.stderr
    assert path.read_bytes() == (tmp_path / "old" / "choices.json").read_bytes()
    assert reading.read(path, tmp_path).version == 2


@pytest.mark.parametrize("stem", ["Upper", "a b", "a__b", "ä", "x" * 121])
def test_a_name_that_version_3_does_not_take_is_refused(stem: str, tmp_path: Path) -> None:
    path = tmp_path / f"{stem}.json"
    shutil.copy(VALID / "v2" / "usual.json", path)
    before = path.read_bytes()
    result = invoke("migrate", path)
    assert result.exit_code == 1
    assert "/name" in result.stderr
    assert "Rename" in result.stderr
    assert path.read_bytes() == before
    assert contents(tmp_path).keys() == {path.name}


def test_what_an_older_version_does_not_take_is_not_called_a_bad_name(tmp_path: Path) -> None:
    path = tmp_path / "text.json"
    document = read(VALID / "v3" / "text.json")
    document["extras"] = {"v2": {"v1": {"Title": 5}}}
    path.write_bytes(canonical.dumps(document, 3))
    assert "Rename" not in invoke("migrate", path, "--to", 1, "--lossy").stderr


def test_two_files_to_one_target_are_refused(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        shutil.copy(VALID / "v2" / "usual.json", tmp_path / folder)
    paths = [tmp_path / "a", tmp_path / "b"]
    result = invoke("migrate", *paths, "--output", tmp_path / "out")
    assert isinstance(result.exception, DestinationError)
    assert not (tmp_path / "out").exists()


def test_a_dead_end_is_one_line_and_code_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = shutil.copy(VALID / "v2" / "usual.json", tmp_path)
    (tmp_path / "out").write_text("a file, no folder")
    arguments = ["taskschema", "migrate", str(path), "--output", str(tmp_path / "out")]
    monkeypatch.setattr(sys, "argv", arguments)
    assert __main__.run() == 2
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert "cannot be written" in message


def test_a_broken_file_stops_no_other(tasks: Path) -> None:
    (tasks / "broken.json").write_bytes(b'{"Definition": [')
    (tasks / "misfit.json").write_bytes(b'{"Definition": "a string", "Instances": []}')
    before = contents(tasks)
    result = invoke("migrate", tasks)
    assert result.exit_code == 1
    after = contents(tasks)
    assert {name for name in before if before[name] == after[name]} == {
        "broken.json",
        "misfit.json",
    }
    assert "FIL005" in result.stderr
    assert "SCH003" in result.stderr
    assert f"{len(before) - 2} written" in result.stdout


def test_only_published_versions_can_be_asked_for(tasks: Path) -> None:
    before = contents(tasks)
    for version in (0, 4):
        assert invoke("migrate", tasks, "--to", version).exit_code == 2
    assert contents(tasks) == before
