"""Digests of tasks, split lists and listings, and the rules that compare tasks."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from taskschema import check
from taskschema.collection.splits.lists import index_of, split_lists
from taskschema.core.findings import Finding
from taskschema.rules.collection_context import TaskDigest
from taskschema.rules.shared.overlaps import common_share, pairs
from taskschema.rules.shared.source_spellings import is_misspelling, misspelling_keys, spaceless
from taskschema.rules.smallest_task import smallest_task, write_task
from taskschema.rules.task_digest import digest
from taskschema.schema.columns import Columns

Row = dict[str, Any]


def write(path: Path, **overlay: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_task(path.parent, path.stem, overlay)


def text(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows(count: int, about: str = "is a question of some length", answer: str = "a") -> list[Row]:
    return [
        {
            "id": str(number),
            "input": f"{number} {about}{'?' * (number % 50)}",
            "output": [f"{answer} {number}"],
        }
        for number in range(count)
    ]


def entry_of(instances: list[Row], name: str = "task") -> TaskDigest:
    return digest(Columns(smallest_task(name, {"instances": instances}), path=Path(name)))


def found(*paths: Path) -> list[tuple[str, str, int]]:
    return [(one.code, Path(one.path).name, one.line) for one in check(*paths).findings]


def only(code: str, *paths: Path) -> list[Finding]:
    return [finding for finding in check(*paths).findings if finding.code == code]


# Digests


def test_a_digest_is_equal_in_every_process() -> None:
    program = (
        "from taskschema.schema.columns import Columns;"
        "from taskschema.rules.task_digest import digest;"
        "rows = [{'id': str(n), 'input': f'question {n} ' + 'é' * (n % 30), 'output': ['b', 'a']}"
        " for n in range(3000)];"
        "task = {'name': 'x', 'definition': ['Do.'], 'instances': rows};"
        "entry = digest(Columns(task));"
        "print(sorted(entry.inputs), sorted(entry.rows), entry.mask)"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(printed) == 1
    assert len(printed.pop()) < 10_000


def test_a_digest_survives_the_cache() -> None:
    task = smallest_task(
        "task",
        {
            "aliases": ["old"],
            "sources": [{"name": "a", "url": "https://example.org/a"}, {"name": "b"}],
            "categories": ["Question Answering"],
            "languages": {"instruction": ["en"], "input": ["en"], "output": ["de"]},
            "instances": rows(500),
        },
    )
    entry = digest(Columns(task, path=Path("tasks/task.json")))
    assert entry.sources == (("a", "https://example.org/a"), ("b", ""))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(entry), type=TaskDigest) == entry


@pytest.mark.parametrize("count", [0, 1, 90, 1000, 6500])
@pytest.mark.parametrize("about", ["is a question of some length", ""])
def test_samples_are_small_and_respect_their_mask(count: int, about: str) -> None:
    entry = entry_of(rows(count, about)) if count else entry_of([])
    hashes = entry.inputs | entry.rows
    assert not any(number & entry.mask for number in hashes)
    assert all(0 <= number < 2**64 for number in hashes)
    assert min(count, 32) <= len(entry.rows) <= 300


def test_inputs_of_equal_length_are_sampled() -> None:
    one_length = [
        {"id": str(n), "input": f"{n:08} is of one length", "output": ["a"]} for n in range(9000)
    ]
    assert 32 <= len(entry_of(one_length).rows) <= 600


def test_a_part_of_a_large_task_is_found_in_it() -> None:
    large = entry_of(rows(6000), "large")
    part = entry_of(rows(6000)[1000:2500], "part")
    ((entry, [(other, count)]),) = pairs([large, part], lambda one: one.rows)
    assert (entry, other) == (part, large)
    assert common_share(count, part, large) == 1
    assert 0.1 < common_share(count, large, part) < 0.5


def test_inputs_are_hashed_without_case_and_outer_white_space_but_with_context() -> None:
    def one(text: str, **more: Any) -> frozenset[int]:
        columns = Columns(
            smallest_task("x")
            | {"instances": [{"id": "a", "input": text, "output": ["b"], **more}]}
        )
        return digest(columns).inputs

    plain = one("What is the capital?")
    assert one("  what IS the capital?\n") == plain
    assert one("What is the capital", context=[]) != plain
    assert one("What is the capital?", context=[{"role": "user", "content": "Peru"}]) != plain
    assert one("   ") == one("short") == frozenset()


# Split lists and listings


def test_split_lists_are_read_with_their_lines(tmp_path: Path) -> None:
    text(tmp_path / "splits" / "b" / "test_tasks.txt", "\ufeffone\r\n\r\n two \nthree")
    text(tmp_path / "splits" / "a" / "train_tasks.txt", b"caf\xe9\n")
    text(tmp_path / "splits" / "a" / "README.md", "one")
    text(tmp_path / "splits" / "loose_tasks.txt", "one")
    text(tmp_path / "splits" / "a" / "binary_tasks.txt", b"one\0")
    text(tmp_path / "splits" / "a" / "huge_tasks.txt", "one\n" * 2_000_000)
    (tmp_path / "splits" / "a" / "link_tasks.txt").symlink_to(tmp_path.parent)
    (tmp_path / "splits" / "a" / "loop_tasks.txt").symlink_to("loop_tasks.txt")
    (tmp_path / "splits" / "c").symlink_to("/")
    lists = split_lists(tmp_path)
    assert [(one.track, one.split, one.names) for one in lists] == [
        ("a", "train", ((1, "caf\N{REPLACEMENT CHARACTER}"),)),
        ("b", "test", ((1, "one"), (3, "two"), (4, "three"))),
    ]
    assert split_lists(tmp_path / "nowhere") == ()


def test_a_list_outside_the_root_is_not_read(tmp_path: Path) -> None:
    secret = text(tmp_path / "outside.txt", "secret")
    (tmp_path / "root" / "splits" / "a").mkdir(parents=True)
    (tmp_path / "root" / "splits" / "a" / "test_tasks.txt").symlink_to(secret)
    (tmp_path / "root" / "README.md").symlink_to(secret)
    assert split_lists(tmp_path / "root") == ()
    assert index_of(tmp_path / "root") == ("", "")


def test_the_listing_is_in_the_folder_of_tasks(tmp_path: Path) -> None:
    text(tmp_path / "README.md", "of all")
    assert index_of(tmp_path)[1] == "of all"
    (tmp_path / "tasks").mkdir()
    assert index_of(tmp_path) == ("", "")
    path = text(tmp_path / "tasks" / "README.md", "of tasks")
    assert index_of(tmp_path) == (path.as_posix(), "of tasks")
    assert index_of(tmp_path, ("german",)) == ("", "")


# Rules


def test_checking_part_of_a_collection_does_not_report_absent_tasks(tmp_path: Path) -> None:
    one = write(tmp_path / "tasks" / "one.json")
    write(tmp_path / "tasks" / "two.json")
    text(tmp_path / "taskschema.toml", "")
    text(tmp_path / "splits" / "default" / "train_tasks.txt", "one\ntwo\nthree\n")
    assert found(one) == []
    assert found(tmp_path) == found(tmp_path / "tasks") == [("SPL001", "train_tasks.txt", 3)]


def test_an_unreadable_task_counts_as_existing(tmp_path: Path) -> None:
    write(tmp_path / "one.json")
    text(tmp_path / "two.json", "{")
    text(tmp_path / "splits" / "default" / "train_tasks.txt", "one\ntwo\n")
    assert [code for code, _, _ in found(tmp_path)] == ["FIL005"]


def test_a_list_of_another_collection_is_reported_once(tmp_path: Path) -> None:
    write(tmp_path / "one.json")
    names = "".join(f"task{number}\n" for number in range(100))
    text(tmp_path / "splits" / "default" / "train_tasks.txt", f"one\n{names}")
    (finding,) = check(tmp_path).findings
    assert (finding.code, finding.line, finding.pointer) == ("SPL001", 2, "")
    assert finding.message.startswith("100 of the 101 tasks listed here do not exist, the first is")


def test_near_misses_of_a_listed_name_are_suggested(tmp_path: Path) -> None:
    write(tmp_path / "task1146_country_capital.json")
    text(tmp_path / "splits" / "default" / "train_tasks.txt", "task1146_country_capitol\n")
    (finding,) = check(tmp_path).findings
    assert "Did you mean `task1146_country_capital`?" in finding.message


@pytest.mark.parametrize(
    ("lists", "lines"),
    [
        ({"train": "one\none\n"}, [("train", 2)]),
        ({"train": "one\n", "test": "two\none\n"}, [("train", 1)]),
        ({"train": "one\n", "all": "one\ntwo\n"}, []),
        ({"train": "one\n\none\none\n"}, [("train", 3), ("train", 4)]),
    ],
)
def test_splits_are_disjoint(
    lists: dict[str, str], lines: list[tuple[str, int]], tmp_path: Path
) -> None:
    for name in ("one", "two"):
        write(tmp_path / f"{name}.json")
    for split, names in lists.items():
        text(tmp_path / "splits" / "default" / f"{split}_tasks.txt", names)
    assert found(tmp_path) == [("SPL002", f"{split}_tasks.txt", line) for split, line in lines]


def lists(root: Path, *, test: str, train: str) -> None:
    text(root / "splits" / "default" / "test_tasks.txt", test)
    text(root / "splits" / "default" / "train_tasks.txt", train)


def test_a_leak_of_inputs_is_reported_once(tmp_path: Path) -> None:
    source = [{"name": "one source"}]
    write(tmp_path / "one.json", instances=rows(40), sources=source)
    write(tmp_path / "two.json", instances=rows(30, answer="b"), sources=source)
    lists(tmp_path, test="one\n", train="two\n")
    (finding,) = check(tmp_path).findings
    assert (finding.code, finding.line) == ("SPL003", 1)
    assert "about 75% of `one`" in finding.message


def test_shared_inputs_of_listed_tasks_are_not_reported_twice(tmp_path: Path) -> None:
    write(tmp_path / "one.json", instances=rows(40))
    write(tmp_path / "two.json", instances=rows(40, answer="b"))
    assert found(tmp_path) == [("LEA003", "two.json", 1)]
    text(tmp_path / "splits" / "default" / "train_tasks.txt", "one\ntwo\n")
    assert found(tmp_path) == []


def test_tasks_may_share_names_and_numbers(tmp_path: Path) -> None:
    write(tmp_path / "one.json", instances=rows(30, ""))
    write(
        tmp_path / "two.json",
        instances=[{**row, "output": ["b" + row["id"]]} for row in rows(30, "")],
    )
    shared = [{**row, "input": f"Peru {row['id']}"} for row in rows(30)]
    write(tmp_path / "three.json", instances=shared)
    write(
        tmp_path / "four.json", instances=[{**row, "output": [f"b{row['id']}"]} for row in shared]
    )
    assert [one for one in found(tmp_path) if Path(one[1]).stem in ("three", "four")] == []


def test_many_tasks_with_the_same_inputs_have_one_finding_each(tmp_path: Path) -> None:
    for letter in "abcdefgh":
        write(tmp_path / f"{letter}.json", instances=rows(30, answer=letter))
    findings = only("LEA003", tmp_path)
    assert [Path(finding.path).stem for finding in findings] == list("bcdefgh")
    assert "`a` (about 100%), `b` (about 100%), `c` (about 100%) and 4 more" in findings[-1].message


def test_the_same_task_in_another_order_and_case_is_a_duplicate(tmp_path: Path) -> None:
    write(tmp_path / "one.json", instances=rows(2000))
    write(
        tmp_path / "two.json",
        instances=[
            {**row, "input": row["input"].upper(), "id": f"x{row['id']}"}
            for row in reversed(rows(2000))
        ],
    )
    assert found(tmp_path) == [("LEA004", "two.json", 1)]


DEFINITION = "Read the story, and say whether it ends well. Answer with one of the two words."


@pytest.mark.parametrize(
    ("one", "two", "times"),
    [
        ({}, {}, 0),
        ({"answer_format": {"kind": "label", "labels": ["yes", "no"]}}, {}, 1),
        ({"categories": ["Question Answering"]}, {}, 0),
        (
            {"categories": ["Question Answering"]},
            {"categories": ["Question Answering", "Title Generation"]},
            0,
        ),
        ({"categories": ["Question Answering"]}, {"categories": ["Title Generation"]}, 1),
        # Another spelling of a category (reported by TAX001) is the same category.
        ({"categories": ["Question Answering"]}, {"categories": ["question answering"]}, 0),
        (
            {"answer_format": {"kind": "label", "labels": ["yes", "no"]}},
            {"answer_format": {"kind": "label", "labels": ["well", "badly"]}},
            1,
        ),
        ({"categories": ["Sentiment Analysis"]}, {"categories": ["Sentiment  analysis"]}, 0),
        (
            {"answer_format": {"kind": "label", "labels": ["yes", "no"]}},
            {"answer_format": {"kind": "label", "labels": ["No", "Yes", "Maybe"]}},
            0,
        ),
    ],
)
def test_a_definition_shared_by_two_tasks(one: Row, two: Row, times: int, tmp_path: Path) -> None:
    write(tmp_path / "a.json", definition=[DEFINITION], **with_demonstrations(one))
    write(
        tmp_path / "b.json", definition=["First.", DEFINITION.upper()], **with_demonstrations(two)
    )
    findings = only("COL003", tmp_path)
    assert [(Path(finding.path).name, finding.pointer) for finding in findings] == [
        ("b.json", "/definition/1")
    ] * times


def with_demonstrations(overlay: Row) -> Row:
    """The overlay with demonstrations that use its labels."""
    labels = overlay.get("answer_format", {}).get("labels")
    if not labels:
        return overlay
    positive = [
        {"input": f"shown {number}", "output": label, "explanation": f"It is {label}."}
        for number, label in enumerate(labels)
    ]
    return overlay | {"positive_demonstrations": positive}


def test_colliding_paths_are_reported_once(tmp_path: Path) -> None:
    for path in ("German/one", "German/two", "german/three", "german/four"):
        write(tmp_path / f"{path}.json")
    assert found(tmp_path) == [("COL002", "four.json", 1)]
    for path in (
        "caf\N{LATIN SMALL LETTER E WITH ACUTE}/five",
        "cafe\N{COMBINING ACUTE ACCENT}/six",
    ):
        write(tmp_path / f"{path}.json")
    assert len(only("COL002", tmp_path)) == 2


HEAD = "Name | Summary\n---- | ----\n"


@pytest.mark.parametrize(
    ("listing", "expected"),
    [
        (f"{HEAD}`a` | of `x`\n`b` | b\n`c` | c\n`d` | d\n", []),
        (f"{HEAD}`a` | a\n`b` | b\n`c` | c\n", [(1, "the task listing lacks 1 task: `d`.")]),
        ("* [a](a.json)\n* [b](b.json)\n* [c](c.json)\n\nAnd the old `d`.", []),
        ("- a: so\n- b: so\n- c: so\n- d: so\n- e: so\n", [(5, "task `e` does not exist.")]),
        ("1. `a`\n2. `b`\n10. `c`\n11. `d`\n12. `gone`\n", [(5, "task `gone` does not exist.")]),
        # Prose, another list, and only some of the tasks.
        ("`a`\n`b`\n`c`\n`d`\n\n- `make`\n- `fmt`\n", []),
        ("`a`, `b`, `c` and `d` are tasks. Run `make`.\n", []),
        ("The best is `a`.\n", []),
        ("", []),
    ],
)
def test_listings(listing: str, expected: list[tuple[int, str]], tmp_path: Path) -> None:
    for name in "abcd":
        write(tmp_path / f"{name}.json")
    text(tmp_path / "README.md", listing)
    findings = check(tmp_path).findings
    assert [(one.code, one.line) for one in findings] == [("COL004", line) for line, _ in expected]
    for finding, (_, message) in zip(findings, expected, strict=True):
        assert finding.message.startswith(message)


@pytest.mark.parametrize(
    ("one", "two", "times"),
    [
        (("SQuAD", ""), ("squad", ""), 1),
        (("bool_q", ""), ("BoolQ", ""), 1),
        (("squad 1.1", ""), ("squad 11", ""), 0),
        (("C++", ""), ("C", ""), 0),
        (
            ("mathmatics", "https://example.org/m"),
            ("mathematics", "http://www.example.org/m/"),
            1,
        ),
        (("mathmatics", ""), ("mathematics", ""), 0),
        (
            ("winograd_wsc", "https://example.org/w"),
            ("enhanced_wsc", "https://example.org/w"),
            0,
        ),
        (("wmt14 data", "https://example.org/w"), ("wmt16 data", "https://example.org/w"), 0),
        (("snli", "https://example.org/w"), ("mnli", "https://example.org/w"), 0),
    ],
)
def test_spellings_of_a_source(
    one: tuple[str, str], two: tuple[str, str], times: int, tmp_path: Path
) -> None:
    for task, (name, url) in (("a", one), ("b", one), ("c", two)):
        source = {"name": name, "url": url} if url else {"name": name}
        write(tmp_path / f"{task}.json", sources=[{"name": f"own {task}"}, source])
    assert [(Path(one.path).name, one.pointer) for one in only("SRC004", tmp_path)] == [
        ("c.json", "/sources/1/name")
    ] * times


def test_a_source_has_its_position_in_files_of_version_2(tmp_path: Path) -> None:
    write(tmp_path / "a.json", sources=[{"name": "squad"}])
    old = {
        "Source": ["own", "SQuAD"],
        "Definition": ["Answer."],
        "Positive Examples": [],
        "Negative Examples": [],
        "Instances": rows(30),
    }
    text(tmp_path / "b.json", json.dumps(old, indent=4))
    (finding,) = only("SRC004", tmp_path)
    assert (finding.pointer, finding.line) == ("/Source/1", 4)


@pytest.mark.parametrize(
    ("train", "test", "times"),
    [
        (("adverserial_qa", ""), ("adversarial_qa", ""), 1),
        (("one", "http://example.org/data"), ("another", "https://www.example.org/data/"), 1),
        (("a; b", ""), ("B", ""), 1),
        (("synthetic", ""), ("Synthetic", ""), 0),
        (("Self-created", ""), ("self created", ""), 0),
        (("one", "https://github.com/somebody"), ("another", "https://github.com/somebody"), 0),
        (("one", "https://example.org"), ("another", "https://example.org"), 0),
        (("wikihow", ""), ("wikihop", ""), 0),
        (("opus_en_de", ""), ("opus_en_es", ""), 0),
    ],
)
def test_sources_of_the_test_split(
    train: tuple[str, str], test: tuple[str, str], times: int, tmp_path: Path
) -> None:
    for task, (name, url) in (("a", train), ("b", test)):
        source = {"name": name, "url": url} if url else {"name": name}
        write(tmp_path / f"{task}.json", sources=[source])
    lists(tmp_path, test="b\n", train="\na\n")
    assert [finding.line for finding in only("SPL004", tmp_path)] == [2] * times


def test_the_url_of_many_sources_identifies_none(tmp_path: Path) -> None:
    for task in "abc":
        source = {"name": f"source of {task}", "url": "https://example.org/benchmark"}
        write(tmp_path / f"{task}.json", sources=[source])
    lists(tmp_path, test="a\n", train="b\n")
    assert found(tmp_path) == []


def test_spellings_and_misspellings() -> None:
    assert spaceless("Bool-Q") == "boolq"
    assert spaceless("squad 1.1") != spaceless("squad 11")
    assert is_misspelling("mathmatics data", "mathematics_data")
    assert not is_misspelling("race m", "race h")
    assert not is_misspelling("wikihop", "coqacoqa")
    assert set(misspelling_keys("receiving")) & set(misspelling_keys("recieving"))
    assert not set(misspelling_keys("wikihop")) & set(misspelling_keys("wikihow"))


def test_the_corpus_has_one_pair_of_tasks_with_the_same_inputs(corpus: Path) -> None:
    pair = [corpus / f"{name}.json" for name in ("task120_zest_text_modification",)]
    pair.append(corpus / "task1562_zest_text_modification.json")
    countries = sorted(corpus.glob("task*_country_*.json"))
    assert len(only("LEA003", *pair, *countries)) == 1
