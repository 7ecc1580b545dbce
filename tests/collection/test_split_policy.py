"""Split lists by a declared policy, why each task is where it is, and what leaks."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from support.checkout import SHARED
from typer.testing import CliRunner, Result

from taskschema import check
from taskschema.cli.app import app
from taskschema.collection import config
from taskschema.collection.leaks import InputIndex, leaks
from taskschema.collection.splits.policy import (
    POLICIES,
    Dev,
    Policy,
    SameSource,
    TrackPolicy,
    plan,
    strangers,
)
from taskschema.collection.splits.survey import survey
from taskschema.core.errors import ConfigError
from taskschema.rules.collection_context import PlannedSplit, TaskDigest
from taskschema.rules.smallest_task import write_task

SUPERNI, NONE = POLICIES["superni"], POLICIES["none"]
ENGLISH = {"instruction": ["en"], "input": ["en"], "output": ["en"]}
TITLES = {"categories": ["Title Generation"], "languages": ENGLISH}
TEXTS = [f"What comes after {number}, and what comes before it?" for number in range(40)]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def entry(
    name: str,
    category: str = "Misc.",
    sources: Sequence[str] = (),
    languages: tuple[str, ...] = ("en",),
    **more: Any,
) -> TaskDigest:
    return TaskDigest(
        path=f"{name}.json",
        name=name,
        categories=(category,),
        sources=tuple((source, "") for source in sources),
        languages=languages,
        **{"input_languages": languages, **more},
    )


def splits(planned: Sequence[PlannedSplit], track: str = "default") -> dict[str, str]:
    return {one.task: one.split for one in planned if one.track == track}


def reason(planned: Sequence[PlannedSplit], task: str, track: str = "default") -> str:
    return next(one.reason for one in planned if (one.task, one.track) == (task, track))


def rows(texts: Sequence[str], answer: str) -> list[dict[str, Any]]:
    return [{"id": text, "input": text, "output": [f"{answer} {text}"]} for text in texts]


def settings(folder: Path, text: str) -> None:
    (folder / "taskschema.toml").write_text(text)


# ------------------------------------------------------------------------------------------ policy


def test_the_usual_policy_splits_as_super_natural_instructions() -> None:
    planned = plan(
        SUPERNI,
        [
            entry("tested", "Title Generation", ["xsum"]),
            entry("near", sources=["xsum", "other"]),
            entry("spelled", sources=["XSum"]),
            entry("free", sources=["other"]),
            entry("german", languages=("de",)),
            entry("german_tested", "Word Analogy", ["bats"], languages=("de",)),
            entry("analogies", sources=["bats"]),
            entry("mixed", languages=("en", "de")),
            entry("mixed_tested", "Data to Text", languages=("en",), input_languages=("de",)),
        ],
    )
    assert splits(planned) == {
        "analogies": "excluded",
        "free": "train",
        "german": "excluded",
        "german_tested": "excluded",
        "mixed": "excluded",
        "mixed_tested": "excluded",
        "near": "excluded",
        "spelled": "train",
        "tested": "test",
    }
    assert splits(planned, "xlingual") == {
        "analogies": "excluded",
        "free": "train",
        "german": "train",
        "german_tested": "test",
        "mixed": "train",
        "mixed_tested": "test",
        "near": "excluded",
        "spelled": "train",
        "tested": "excluded",
    }
    assert 'source "xsum" with `tested`' in reason(planned, "near")
    assert "in de" in reason(planned, "german")
    assert '"Title Generation" is a test category' in reason(planned, "tested")
    assert all(one.reason for one in planned)


def test_a_task_with_faults_is_excluded_and_so_is_what_shares_its_source() -> None:
    name = "task1415_youtube_caption_corrections_grammar_correction"
    tasks = [entry(name, "Grammar Error Correction", ["captions"]), entry("near", "", ["captions"])]
    planned = plan(SUPERNI, tasks)
    assert splits(planned) == {name: "excluded", "near": "excluded"}
    assert "excluded by name" in reason(planned, name)


def test_a_language_that_is_not_told_is_not_english() -> None:
    tasks = [entry("silent", languages=()), entry("undetermined", languages=("und",))]
    planned = plan(SUPERNI, tasks)
    assert set(splits(planned).values()) == {"excluded"}
    assert "undeclared language" in reason(planned, "silent")
    assert set(splits(planned, "xlingual").values()) == {"train"}
    british = plan(SUPERNI, [entry("british", languages=("en-GB",))])
    assert splits(british) == {"british": "train"}


def test_sources_may_count_by_identity_or_not_at_all() -> None:
    tasks = [
        entry("tested", "Title Generation", ["adversarial_qa"]),
        entry("spelled", sources=["Adverserial QA"]),
        entry("same", sources=["adversarial_qa"]),
    ]

    def trained(same_source: SameSource) -> set[str]:
        policy = Policy(
            test_categories=("Title Generation",),
            same_source=same_source,
            tracks={"default": TrackPolicy()},
        )
        planned = splits(plan(policy, tasks))
        return {task for task, split in planned.items() if split == "train"}

    assert trained(SameSource.EXACT) == {"spelled"}
    assert trained(SameSource.IDENTITY) == set()
    assert trained(SameSource.ALLOWED) == {"spelled", "same"}


def test_tasks_and_sources_are_named_with_reasons() -> None:
    policy = Policy(
        test_tasks={"old_name": "On purpose."},
        excluded_tasks={"broken": "Half is wrong."},
        excluded_sources={"MMLU": "Tested elsewhere.", "nowhere": "Gone."},
        tracks={"default": TrackPolicy()},
    )
    tasks = [
        entry("renamed", aliases=("old_name",)),
        entry("broken"),
        entry("exam", sources=["other; mmlu"]),
        entry("free"),
    ]
    planned = plan(policy, tasks)
    assert splits(planned) == {
        "broken": "excluded",
        "exam": "excluded",
        "free": "train",
        "renamed": "test",
    }
    assert reason(planned, "renamed").endswith("On purpose.")
    assert reason(planned, "exam") == 'the source "MMLU" is excluded: Tested elsewhere.'
    assert list(strangers(policy, tasks)) == ['excluded_sources: no task has the source "nowhere".']
    assert list(strangers(SUPERNI, tasks)) == []
    misspelt = Policy(test_categories=("Misc",), test_tasks={"fre": "Why not."})
    assert list(strangers(misspelt, tasks)) == [
        'test_tasks: there is no task "fre". Did you mean "free"?',
        'test_categories: no task has the category "Misc". Did you mean "Misc."?',
    ]


def test_a_dev_split_is_drawn_by_a_seed_and_shares_no_source() -> None:
    tasks = [entry(f"task{number:02}", sources=[f"source {number // 3}x"]) for number in range(60)]

    def drawn(seed: int, tasks: Sequence[TaskDigest] = tasks) -> set[str]:
        policy = Policy(tracks={"default": TrackPolicy()}, dev=Dev(share=0.2, seed=seed))
        found = splits(plan(policy, tasks))
        return {task for task, split in found.items() if split == "dev"}

    first = drawn(1)
    assert len(first) == 12
    assert first == drawn(1, tasks[::-1])
    assert first != drawn(2)
    numbers = [int(task.removeprefix("task")) // 3 for task in first]
    assert all(numbers.count(number) == 3 for number in numbers)
    assert len(first & drawn(1, [*tasks, entry("task99")])) >= 9


def test_a_dev_split_of_a_category_excludes_what_shares_its_source() -> None:
    policy = Policy(
        test_categories=("A",), tracks={"default": TrackPolicy()}, dev=Dev(categories=("B", "A"))
    )
    tasks = [entry("a", "A"), entry("b", "B", ["x"]), entry("c", "C", ["x"]), entry("d", "D")]
    planned = plan(policy, tasks)
    assert splits(planned) == {"a": "test", "b": "dev", "c": "excluded", "d": "train"}
    assert "is in dev" in reason(planned, "c")


def test_a_plan_is_the_same_whatever_the_order() -> None:
    tasks = [entry(f"t{n}", "Title Generation" if n % 3 else "", [f"s{n % 7}"]) for n in range(30)]
    assert plan(SUPERNI, tasks) == plan(SUPERNI, tasks[::-1])
    assert plan(SUPERNI, []) == ()


# ---------------------------------------------------------------------------------------- settings


def test_settings_begin_with_the_usual_policy(tmp_path: Path) -> None:
    settings(tmp_path, '[splits]\nsame_source = "identity"\nexcluded_tasks.one = "Bad."\n')
    policy = config.find(tmp_path).splits
    assert policy is not None
    assert policy.same_source is SameSource.IDENTITY
    assert policy.test_categories == SUPERNI.test_categories
    assert set(policy.excluded_tasks) == {*SUPERNI.excluded_tasks, "one"}
    settings(
        tmp_path,
        '[splits]\npolicy = "none"\ntest_categories = ["A"]\ndev = {share = 0.5, seed = 2.0}\n'
        'tracks = {all = {}, french = {languages = ["fr"]}}\n',
    )
    assert config.find(tmp_path).splits == Policy(
        test_categories=("A",),
        same_source=SameSource.IDENTITY,
        tracks={"all": TrackPolicy(), "french": TrackPolicy(languages=("fr",))},
        dev=Dev(share=0.5, seed=2),
    )
    settings(tmp_path, "")
    assert config.find(tmp_path).splits is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("splits = 3", "splits: must be a table."),
        ('[splits]\nsame_sorce = "exact"', "did you mean `same_source`?"),
        ('[splits]\npolicy = "supern"', "Did you mean superni?"),
        ('[splits]\ntracks = {"../x" = {}}', "'../x' is not a plain folder's name"),
        ("[splits]\ntracks = {}", "splits.tracks: is empty."),
        ('[splits]\ntracks.a.languages = ["English"]', "'English' is not a plain tag, such as en."),
        ("[splits]\ntracks.a = 3", "splits.tracks.a: must be a table"),
        ("[splits]\ndev.share = 2", "splits.dev.share: 2 must be at most 1."),
        ("[splits]\ndev.share = nan", "a number such as nan is not allowed in JSON"),
        ("[splits]\ndev.seed = true", "splits.dev.seed: must be an integer, such as 1."),
        ('[splits]\nexcluded_tasks = ["a"]', "splits.excluded_tasks: must be a table"),
        ('[splits]\nexcluded_tasks.a = ""', "splits.excluded_tasks.a: is empty."),
    ],
)
def test_settings_that_do_not_fit_are_refused_in_a_line(
    text: str, message: str, tmp_path: Path
) -> None:
    settings(tmp_path, text)
    with pytest.raises(ConfigError, match=r"taskschema\.toml: ") as caught:
        config.find(tmp_path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


# ----------------------------------------------------------------------------------------- command


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    folder = tmp_path / "tasks"
    write_task(folder, "b_title", {**TITLES, "sources": [{"name": "xsum"}]})
    write_task(folder, "a_title", TITLES)
    write_task(folder, "near", {"languages": ENGLISH, "sources": [{"name": "xsum"}]})
    write_task(folder, "free", {"languages": ENGLISH})
    write_task(folder, "german", {"languages": {**ENGLISH, "input": ["de"]}})
    return tmp_path


def read(collection: Path) -> dict[str, str]:
    folder = collection / "splits"
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.txt")}


def test_build_writes_sorted_lists_once(collection: Path) -> None:
    first = run("split", "build", collection)
    assert first.exit_code == 0
    assert "default: 1 train, 2 test, 2 excluded\n" in first.output
    assert read(collection) == {
        "default/train_tasks.txt": "free\n",
        "default/test_tasks.txt": "a_title\nb_title\n",
        "default/excluded_tasks.txt": "german\nnear\n",
        "xlingual/train_tasks.txt": "free\ngerman\n",
        "xlingual/test_tasks.txt": "",
        "xlingual/excluded_tasks.txt": "a_title\nb_title\nnear\n",
    }
    assert "0 lists written" in run("split", "build", collection).output
    assert run("split", "check", collection).exit_code == 0
    assert not list(collection.rglob(".taskschema-*"))


def test_a_dry_run_prints_reasons_and_writes_nothing(collection: Path) -> None:
    lines = run("split", "build", collection, "--dry-run").output.splitlines()
    assert lines == sorted(lines)
    assert len(lines) == 10
    assert lines[1].split("\t")[:3] == ["default", "excluded", "near"]
    assert "xsum" in lines[1]
    assert not (collection / "splits").exists()


def test_a_dry_run_has_a_line_for_a_task_whatever_the_reason_is(collection: Path) -> None:
    reason = r"two lines,\n\t a tab\u202e, and more"
    settings(collection, f'[splits]\nexcluded_tasks.free = "{reason}"\n')
    lines = run("split", "build", collection, "--dry-run").output.splitlines()
    assert len(lines) == 10
    assert {line.count("\t") for line in lines} == {3}
    assert any("two lines, a tab\\u202e, and more" in line for line in lines)


def test_check_names_each_task_that_stands_elsewhere(collection: Path) -> None:
    missing = run("split", "check", collection)
    assert missing.exit_code == 1
    assert "splits/default/test_tasks.txt does not exist" in missing.output
    run("split", "build", collection)
    train = collection / "splits" / "default" / "train_tasks.txt"
    train.write_text("free\nnear\n")
    (collection / "splits" / "default" / "excluded_tasks.txt").write_text("")
    found = run("split", "check", collection, "--format", "json")
    assert found.exit_code == 1
    told = json.loads(found.output)["findings"]
    about = {(one["code"], Path(one["path"]).name, one["line"]) for one in told}
    assert about == {
        ("SPL004", "train_tasks.txt", 2),
        ("SPL005", "train_tasks.txt", 2),
        ("SPL005", "excluded_tasks.txt", 1),
    }
    # Without a declared policy, a folder is not judged by one unless that is asked for.
    assert "SPL005" not in check(collection).counts
    settings(collection, '[splits]\npolicy = "superni"\n')
    assert check(collection).counts["SPL005"] == 2
    assert "SPL005" not in check(collection / "tasks" / "near.json").counts


def test_check_tells_of_inputs_that_are_held_out(tmp_path: Path) -> None:
    write_task(tmp_path, "tested", {"instances": rows(TEXTS, "before")})
    shouted = [f"  {text.upper().replace(' ', '  ')} " for text in TEXTS[:10]]
    write_task(tmp_path, "leaky", {"instances": rows(shouted, "after")})
    write_task(tmp_path, "little", {"instances": rows(TEXTS[:3], "between")})
    write_task(tmp_path, "clean", {})
    settings(tmp_path, '[splits]\npolicy = "none"\ntest_tasks.tested = "On purpose."\n')
    run("split", "build", tmp_path)
    table = tmp_path / "leaks.tsv"
    found = run("split", "check", tmp_path, "--leaks", table)
    assert found.exit_code == 0
    assert (
        "SPL003 split-leak: `leaky` has inputs of the test split: 25% of `tested`" in found.output
    )
    assert "little" not in found.output
    assert run("split", "check", tmp_path, "--strict").exit_code == 1
    head, *lines = table.read_text().splitlines()
    assert head == "track\ttask\tsplit\theld_out\tinputs\tshare\tsource"
    assert [line.split("\t")[1:6] for line in lines] == [
        ["leaky", "test", "tested", "10", "0.2500"],
        ["little", "test", "tested", "3", "0.0750"],
    ]
    text = (tmp_path / "taskschema.toml").read_text()
    settings(tmp_path, f'{text}[waivers.train_tasks]\nSPL003 = "Known."\n')
    assert "SPL003" not in run("split", "check", tmp_path).output


def test_the_dev_split_is_held_out_too(tmp_path: Path) -> None:
    write_task(tmp_path, "apart", {"categories": ["Misc."], "instances": rows(TEXTS, "before")})
    write_task(tmp_path, "leaky", {"instances": rows(TEXTS[:20], "after")})
    settings(tmp_path, '[splits]\npolicy = "none"\ndev.categories = ["Misc."]\n')
    assert run("split", "build", tmp_path).exit_code == 0
    assert read(tmp_path)["default/dev_tasks.txt"] == "apart\n"
    found = run("split", "check", tmp_path)
    assert "has inputs of the dev split: 50% of `apart`" in found.output
    settings(tmp_path, '[splits]\npolicy = "none"\n')
    again = run("split", "build", tmp_path)
    assert "dev_tasks.txt: not in the policy. Remove the file" in again.output
    assert "dev_tasks.txt" in run("split", "check", tmp_path).output


def test_nothing_is_written_while_a_task_cannot_be_read(collection: Path) -> None:
    (collection / "tasks" / "broken.json").write_text("{")
    built = run("split", "build", collection)
    assert built.exit_code == 1
    assert "FIL005" in built.output
    assert not (collection / "splits").exists()
    checked = run("split", "check", collection)
    assert checked.exit_code == 1
    assert "FIL005" in checked.output
    assert "SPL005" not in checked.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("mend", "."), "'mend' is not one of build, check."),
        (("build", "nowhere"), "does not exist"),
        (("build", ".", "--leaks", "x"), "--leaks: applies to `split check` only."),
        (("build", ".", "--format", "json"), "--format: applies to `split check` only."),
        (("build", ".", "--strict"), "--strict: applies to `split check` only."),
        (("check", ".", "--dry-run"), "--dry-run: applies to `split build` only"),
        (("build", "tasks/free.json"), "is not a folder"),
        (("check", ".", "--leaks", "tasks/free.json"), "is one of the tasks."),
    ],
)
def test_options_that_make_no_sense_are_refused(
    arguments: tuple[str, ...], message: str, collection: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(collection)
    result = run("split", *arguments)
    assert message in f"{result.output}{result.exception}"
    assert result.exit_code != 0
    assert not (collection / "splits").exists()


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("taskschema.toml", "is the settings."),
        ("splits/default/train_tasks.txt", "is one of the lists."),
    ],
)
def test_what_leaks_is_not_written_over_the_collection(
    path: str, message: str, collection: Path
) -> None:
    settings(collection, '[splits]\nsame_source = "allowed"\n')
    run("split", "build", collection)
    before = (collection / path).read_bytes()
    result = run("split", "check", collection, "--leaks", collection / path)
    assert f"{message} Give another path." in str(result.exception)
    assert (collection / path).read_bytes() == before


def test_lists_are_never_written_outside(collection: Path, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (collection / "splits").symlink_to(outside)
    result = run("split", "build", collection)
    assert "leads out of" in str(result.exception)
    assert not list(outside.iterdir())
    (collection / "splits").unlink()
    (collection / "splits").write_text("a file")
    assert "cannot be written" in str(run("split", "build", collection).exception)


# ------------------------------------------------------------------------------------------- leaks


def test_the_index_never_holds_more_than_it_may() -> None:
    hashes = [(number * 0x9E3779B97F4A7C15) % 2**64 for number in range(10_000)]
    one, other = InputIndex(500), InputIndex(500)
    for index, order in ((one, (0, 1, 2)), (other, (2, 1, 0))):
        for task in order:
            index.add(task, hashes[task * 3_000 : task * 3_000 + 4_000])
    assert 0 < one.bits == other.bits
    found = one.shared(hashes[:3_500])
    assert found == other.shared(hashes[:3_500])
    assert found[0] == pytest.approx(3_500, rel=0.25)
    assert 0 < found[1] < 1_500
    assert InputIndex(10).shared(hashes) == {}
    crowded = InputIndex(50)
    for task in range(100):
        crowded.add(task, [1, 2, 3, 4])
    assert sum(crowded.shared([1, 2, 3, 4]).values()) <= 50 << crowded.bits


def test_leaks_are_told_of_pairs_of_one_track(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_task(tmp_path, name, {"instances": rows(TEXTS, name)})
    seen = survey(tmp_path)
    apart = {"a": {"train": ["one"], "test": []}, "b": {"train": [], "test": ["two"]}}
    assert leaks(apart, seen.tasks, tmp_path) == []
    both = {"a": {"train": ["one", "two"], "test": ["two"]}}
    (leak,) = leaks(both, seen.tasks, tmp_path)
    assert (leak.task, leak.held_out, leak.inputs, leak.share) == ("one", "two", 40, 1.0)


# ----------------------------------------------------------------------------------- the real ones


def test_the_official_tests_come_out_of_the_usual_policy(corpus: Path, tmp_path: Path) -> None:
    shutil.copytree(corpus, tmp_path / "tasks")
    assert run("split", "build", tmp_path).exit_code == 0
    taxonomy = json.loads((SHARED / "reference" / "taxonomy.json").read_text())
    here = {path.stem for path in corpus.glob("*.json")}
    assert set(SUPERNI.test_categories) == set(taxonomy["test_categories"])
    for track in ("default", "xlingual"):
        official = here & set(taxonomy["splits"][track]["test"])
        assert read(tmp_path)[f"{track}/test_tasks.txt"].splitlines() == sorted(official)
    assert run("split", "check", tmp_path, "--strict").exit_code == 0


def test_lists_of_a_track_that_is_gone_are_told(tmp_path: Path) -> None:
    write_task(tmp_path / "tasks", "one", {"languages": ENGLISH})
    (tmp_path / "splits" / "old").mkdir(parents=True)
    (tmp_path / "splits" / "old" / "train_tasks.txt").write_text("one\n")
    result = run("split", "build", tmp_path)
    assert result.exit_code == 0
    assert "old/train_tasks.txt: not in the policy." in result.output


def test_two_tasks_of_one_name_are_not_divided(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        write_task(tmp_path / "tasks" / folder, "one", {"languages": ENGLISH})
    result = run("split", "build", tmp_path)
    assert "has the same name as" in str(result.exception)
    assert not (tmp_path / "splits").exists()
