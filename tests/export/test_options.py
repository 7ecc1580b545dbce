"""The tasks, splits, files and notes of an export."""

import json
import subprocess
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import pytest
from support.commands import run_command
from support.pictures import png

from taskschema.collection.collection import collect
from taskschema.collection.export_manifest import Manifest
from taskschema.convert.convert import convert
from taskschema.convert.request import ConvertRequest
from taskschema.core.errors import ConfigError
from taskschema.dataset.filters import Filters, condition
from taskschema.dataset.loading import load
from taskschema.export.export import export
from taskschema.export.request import ExportRequest
from taskschema.rules.smallest_task import COUNT, write_task

EVALUATED = {"evaluation": {"instances": ["id-3", "id-1"]}}


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """Five tasks, four of them in lists."""
    root = tmp_path / "collection"
    tasks = root / "tasks"
    write_task(tasks, "apple", {"categories": ["Question Answering -> Extractive"]})
    write_task(tasks, "birch", {"aliases": ["betula"], **EVALUATED})
    write_task(tasks, "cedar", {"languages": {"input": ["de-AT"]}, "categories": ["Misc."]})
    write_task(tasks, "dwarf", {"sources": [{"name": "s", "license": "CC BY-NC 4.0"}]})
    write_task(tasks, "elder", {})
    lists(root, "default", train="apple\ncedar\n", test="betula\n", excluded="elder\n")
    return root


def lists(root: Path, track: str, **splits: str) -> None:
    folder = root / "splits" / track
    folder.mkdir(parents=True, exist_ok=True)
    for split, names in splits.items():
        (folder / f"{split}_tasks.txt").write_text(names)


def run(root: Path, out: Path, **options: Any) -> tuple[Manifest, list[str]]:
    """The manifest of an export without findings, and its notes."""
    result = export(collect([root]), ExportRequest("huggingface", out, **options))
    assert (result.findings, result.refusal) == ((), "")
    return result.manifest, [*result.notes]


def tasks_of(root: Path, tmp_path: Path, **filters: Any) -> list[str]:
    out = tmp_path / "filtered"
    run(root, out, filters=Filters(**filters))
    return [row["task"] for row in rows_of(out, "tasks")]


def rows_of(out: Path, config: str = "default") -> list[dict[str, Any]]:
    """The rows of a config in the order of its files."""
    import pyarrow.parquet

    files = sorted((out / config).glob("*.parquet"))
    return [row for file in files for row in pyarrow.parquet.ParquetFile(file).read().to_pylist()]


def command(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return run_command("export", "huggingface", *arguments)


def without_lists(root: Path) -> Path:
    """The collection without its lists."""
    for path in (root / "splits" / "default").iterdir():
        path.unlink()
    return root


def test_split_lists_divide_the_tasks_and_unlisted_tasks_are_noted(
    collection: Path, tmp_path: Path
) -> None:
    manifest, notes = run(collection, tmp_path / "out")
    assert manifest.splits == {
        "default": {"train": 2 * COUNT, "test": COUNT},
        "tasks": {"train": 2, "test": 1},
    }
    (line,) = notes
    assert line.startswith("Skipped 1 task that no list of the track `default` names: dwarf.")
    split_of = {row["task"]: row["split"] for row in rows_of(tmp_path / "out")}
    assert split_of == {"apple": "train", "birch": "test", "cedar": "train"}


def test_without_lists_every_task_is_in_train(collection: Path, tmp_path: Path) -> None:
    manifest, notes = run(without_lists(collection), tmp_path / "out")
    assert manifest.splits["tasks"] == {"train": 5}
    assert notes == []


def test_a_track_is_selected_by_name(collection: Path, tmp_path: Path) -> None:
    lists(collection, "xlingual", train="dwarf\n", dev="elder\n", all="dwarf\nelder\napple\n")
    manifest, notes = run(collection, tmp_path / "out", track="xlingual")
    assert manifest.splits["tasks"] == {"train": 1, "dev": 1}
    assert notes[0].startswith("Skipped 3 tasks")
    with pytest.raises(ConfigError, match=r"not a track of the collection. Use one of default, xl"):
        run(collection, tmp_path / "out", track="xlingul")


def test_other_tracks_are_listed_without_a_default_track(collection: Path, tmp_path: Path) -> None:
    lists(without_lists(collection), "xlingual", train="dwarf\n")
    manifest, notes = run(collection, tmp_path / "out")
    assert manifest.splits["tasks"] == {"train": 5}
    (line,) = notes
    assert line.startswith(
        "No track is named `default`, so every task is in `train`. Name one with --track: x"
    )


def test_a_task_in_two_lists_is_not_in_train(collection: Path, tmp_path: Path) -> None:
    lists(collection, "default", train="apple\nbirch\nelder\n", test="birch\n")
    manifest, notes = run(collection, tmp_path / "out")
    assert manifest.splits["tasks"] == {"train": 1, "test": 1}
    assert notes[0].startswith(
        "1 name in more than one list of the track `default`: birch. None of"
    )


@pytest.mark.parametrize("name", ["test hard", "te*st", "../test", "tést", "test-1"])
def test_an_invalid_split_name_is_refused(name: str, collection: Path, tmp_path: Path) -> None:
    folder = collection / "splits" / "default"
    if "/" in name:
        return  # no list of the folder can have it
    (folder / f"{name}_tasks.txt").write_text("dwarf\n")
    with pytest.raises(ConfigError, match="cannot be the name of a split"):
        run(collection, tmp_path / "out")


@pytest.mark.parametrize("content", ["betula\n".encode("utf-16"), b"betula\0", None])
def test_an_unreadable_split_list_is_refused(
    content: bytes | None, collection: Path, tmp_path: Path
) -> None:
    path = collection / "splits" / "default" / "test_tasks.txt"
    path.unlink()
    if content is None:
        (tmp_path / "elsewhere.txt").write_text("betula\n")
        path.symlink_to(tmp_path / "elsewhere.txt")
    else:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"test_tasks\.txt: (is not a readable list|leads out)"):
        run(collection, tmp_path / "out")
    with pytest.raises(ConfigError, match=r"test_tasks\.txt: (is not a readable list|leads out)"):
        load(collection).to_dataset()


def test_a_track_outside_the_collection_is_refused(collection: Path, tmp_path: Path) -> None:
    (collection / "splits" / "default").rename(tmp_path / "elsewhere")
    (collection / "splits" / "default").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ConfigError, match="leads out of the collection"):
        run(collection, tmp_path / "out")


def test_splits_can_be_selected(collection: Path, tmp_path: Path) -> None:
    manifest, _ = run(collection, tmp_path / "out", splits=("test",))
    assert manifest.splits["tasks"] == {"test": 1}
    with pytest.raises(ConfigError, match=r'"tset" is not a split of the track `default`. Did you'):
        run(collection, tmp_path / "out", splits=("tset",))
    with pytest.raises(ConfigError, match=r"is not a split of the collection. Use one of train"):
        run(without_lists(collection), tmp_path / "out", splits=("test",))


def test_evaluation_instances_can_be_a_split(collection: Path, tmp_path: Path) -> None:
    manifest, _ = run(collection, tmp_path / "out", evaluation_split=True)
    assert manifest.splits["default"] == {"train": 52, "evaluation": 2, "test": COUNT - 2}
    assert manifest.splits["tasks"] == {"train": 2, "test": 1}
    assert manifest.instances == 3 * COUNT
    of_split = {(row["split"], row["evaluation"]) for row in rows_of(tmp_path / "out")}
    assert of_split == {("train", False), ("test", False), ("evaluation", True)}


def test_only_evaluation_instances_can_be_selected(collection: Path, tmp_path: Path) -> None:
    only = {"splits": ("evaluation",)}
    manifest, _ = run(collection, tmp_path / "out", **only, evaluation_split=True)
    assert manifest.splits == {"default": {"evaluation": 2}, "tasks": {"test": 1}}
    assert manifest.instances == 2
    with pytest.raises(ConfigError, match="is not a split of the track"):
        run(collection, tmp_path / "out", **only)


def test_an_evaluation_split_without_instances_is_noted(tmp_path: Path) -> None:
    write_task(tmp_path / "tasks", "plain")
    manifest, notes = run(tmp_path / "tasks", tmp_path / "out", evaluation_split=True)
    assert manifest.splits["default"] == {"train": COUNT}
    assert notes == ["No task declares evaluation instances: no split `evaluation`."]


def test_a_split_list_named_evaluation_is_refused(collection: Path, tmp_path: Path) -> None:
    lists(collection, "default", evaluation="dwarf\n")
    with pytest.raises(ConfigError, match="already has a split `evaluation`"):
        run(collection, tmp_path / "out", evaluation_split=True)
    assert not (tmp_path / "out").exists()


def test_tasks_in_several_splits_read_back_equal(collection: Path, tmp_path: Path) -> None:
    run(collection, tmp_path / "out", evaluation_split=True, shard_size=2_000)
    done = convert(
        ConvertRequest(str(tmp_path / "out"), f"{tmp_path / 'back'}/", source_format="datasets")
    )
    assert done.tasks == 3
    lists_back = {path.name: path.read_text() for path in (tmp_path / "back").rglob("*.txt")}
    assert lists_back == {"train_tasks.txt": "apple\ncedar\n", "test_tasks.txt": "birch\n"}
    for name in ("apple", "birch", "cedar"):
        (back,) = (tmp_path / "back").rglob(f"{name}.json")
        document = json.loads((collection / "tasks" / f"{name}.json").read_bytes())
        chosen = document.get("evaluation", {"instances": []})["instances"]
        document["instances"].sort(key=lambda row: row["id"] not in chosen)
        found = json.loads(back.read_bytes())
        del found["provenance"]["conversions"]
        assert found == document


def test_shards_respect_the_shard_size(collection: Path, tmp_path: Path) -> None:
    whole, _ = run(collection, tmp_path / "whole")
    parts, _ = run(collection, tmp_path / "parts", shard_size=1_000)
    assert [file.path for file in whole.files[:2]] == [
        "default/train-00000-of-00001.parquet",
        "default/test-00000-of-00001.parquet",
    ]
    train = [file for file in parts.files if file.path.startswith("default/train")]
    assert [file.path for file in train] == [
        "default/train-00000-of-00002.parquet",
        "default/train-00001-of-00002.parquet",
    ]
    assert [(file.rows, file.split) for file in train] == [(COUNT, "train"), (COUNT, "train")]
    assert rows_of(tmp_path / "parts") == rows_of(tmp_path / "whole")
    names = {path.name for path in (tmp_path / "parts").rglob("*")}
    assert not any(name.endswith(".part") for name in names)


def test_rows_with_a_long_definition_are_in_small_row_groups(tmp_path: Path) -> None:
    import pyarrow.parquet

    write_task(tmp_path / "tasks", "long", {"definition": ["word " * 2_000_000]})
    run(tmp_path / "tasks", tmp_path / "out")
    (file,) = (tmp_path / "out" / "default").iterdir()
    groups = pyarrow.parquet.ParquetFile(file).metadata
    assert groups.num_rows == COUNT
    assert groups.num_row_groups >= 4
    assert file.stat().st_size < 2_000_000


def test_many_small_tasks_share_a_row_group_in_order(tmp_path: Path) -> None:
    import pyarrow.parquet

    names = [f"task{number:03}" for number in range(120)]
    for name in names:
        write_task(tmp_path / "tasks", name)
    run(tmp_path / "tasks", tmp_path / "out")
    assert [row["task"] for row in rows_of(tmp_path / "out", "tasks")] == names
    rows = [(row["task"], row["id"]) for row in rows_of(tmp_path / "out")]
    assert rows == [(name, f"id-{number}") for name in names for number in range(COUNT)]
    for file in (tmp_path / "out").rglob("*.parquet"):
        assert pyarrow.parquet.ParquetFile(file).metadata.num_row_groups == 1


def test_load_dataset_reads_splits_and_shards(collection: Path, tmp_path: Path) -> None:
    import datasets

    datasets.disable_progress_bars()
    run(collection, tmp_path / "out", shard_size=1_000, evaluation_split=True)
    cache = str(tmp_path / "cache")
    loaded = datasets.load_dataset(str(tmp_path / "out"), cache_dir=cache)
    rows = {split: table.num_rows for split, table in loaded.items()}
    assert rows == {"train": 52, "evaluation": 2, "test": 24}
    tasks = datasets.load_dataset(str(tmp_path / "out"), "tasks", split="test", cache_dir=cache)
    assert tasks["task"][:] == ["birch"]


def test_a_split_without_instances_does_not_block_loading(collection: Path, tmp_path: Path) -> None:
    import datasets

    write_task(collection / "tasks", "birch", {"aliases": ["betula"], "instances": []})
    run(collection, tmp_path / "out")
    cache = str(tmp_path / "cache")
    loaded = datasets.load_dataset(str(tmp_path / "out"), cache_dir=cache)
    assert loaded["train"].num_rows == 2 * COUNT
    tasks = datasets.load_dataset(str(tmp_path / "out"), "tasks", split="test", cache_dir=cache)
    assert tasks["instances"][:] == [0]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"categories": ("question answering",)}, ["apple"]),
        ({"categories": ("Question",)}, []),
        ({"categories": ("Question Answering", "Misc.")}, ["apple", "cedar"]),
        ({"languages": ("de",)}, ["cedar"]),
        ({"languages": ("DE-at",)}, ["cedar"]),
        ({"languages": ("d",)}, []),
        ({"license_class": "commercial"}, ["apple", "birch", "cedar", "elder"]),
        ({"license_class": "unspecified"}, ["apple", "birch", "cedar", "elder"]),
        ({"license_class": "non-commercial"}, ["apple", "birch", "cedar", "dwarf", "elder"]),
        ({"license_class": "academic"}, ["apple", "birch", "cedar", "dwarf", "elder"]),
        ({"where": (("sources", "s"),)}, ["dwarf"]),
        ({"where": (("sources", ""), ("task", "apple"), ("task", "dwarf"))}, ["apple"]),
        ({"where": (("provenance.method", "human"), ("task", "elder"))}, ["elder"]),
        ({"where": (("instances", "26"), ("aliases", "betula"))}, ["birch"]),
        ({"where": (("metrics", "rouge_l"), ("license_class", "non-commercial"))}, ["dwarf"]),
    ],
)
def test_filters(
    filters: dict[str, Any], expected: list[str], collection: Path, tmp_path: Path
) -> None:
    without_lists(collection)
    if expected:
        assert tasks_of(collection, tmp_path, **filters) == expected
    else:
        request = ExportRequest("huggingface", tmp_path / "out", filters=Filters(**filters))
        result = export(collect([collection]), request)
        assert "no task matches; nothing was written" in result.refusal
        assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (
            {"license_class": "comercial"},
            "is not one of commercial, unspecified, non-commercial",
        ),
        ({"where": (("categorys", "x"),)}, "is not a metadata column. Did you mean categories"),
        ({"where": (("provenance", "x"),)}, "is not a metadata column"),
        ({"where": (("provenance.how", "x"),)}, "is not a metadata column"),
        ({"where": (("definition", "x"),)}, "is not a metadata column"),
        ({"max_instances": 0}, "0 is not at least 1"),
    ],
)
def test_filters_that_no_task_can_pass_are_refused(filters: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Filters(**filters)


def test_a_condition_needs_an_equals_sign() -> None:
    assert condition("a=b=c") == ("a", "b=c")
    with pytest.raises(ConfigError, match="Write it as KEY=VALUE"):
        condition("a")


def test_instances_are_sampled_by_seed_and_keep_their_order(
    collection: Path, tmp_path: Path
) -> None:
    def drawn(name: str, **filters: Any) -> list[tuple[str, str]]:
        run(collection, tmp_path / name, filters=Filters(**filters))
        return [(row["task"], row["id"]) for row in rows_of(tmp_path / name)]

    first = drawn("first", max_instances=5)
    assert Counter(task for task, _ in first) == {"apple": 5, "birch": 5, "cedar": 5}
    assert first == drawn("again", max_instances=5)
    assert first != drawn("other", max_instances=5, seed=1)
    whole = drawn("whole", max_instances=100)
    assert [row for row in whole if row in set(first)] == first
    assert set(first) <= set(drawn("more", max_instances=8))
    tasks = {row["task"]: row for row in rows_of(tmp_path / "first", "tasks")}
    assert {row["instances"] for row in tasks.values()} == {5}
    kept = {name for task, name in first if task == "birch"}
    assert set(tasks["birch"]["evaluation"]) == {"id-1", "id-3"} & kept


@pytest.fixture
def illustrated(tmp_path: Path) -> Path:
    """A task with an image, a file that only claims to be one, a table and a drawing."""
    root = tmp_path / "illustrated"
    files = {"a.png": png(), "b.png": b"no picture", "c.csv": b"a,b\n", "d.svg": b"<svg/>"}
    types = {"png": "image/png", "csv": "text/csv", "svg": "image/svg+xml"}
    (root / "files").mkdir(parents=True)
    for name, data in files.items():
        (root / "files" / name).write_bytes(data)
    attachments = {
        name[0]: {"media_type": types[name[2:]], "path": f"files/{name}"} for name in files
    }
    row = {"id": "one", "input": "What is it?", "output": ["red"], "attachments": ["a"]}
    write_task(root, "seen", {"attachments": attachments, "instances": [row]})
    write_task(root, "unseen", {})
    return root


def test_attachments_are_embedded(illustrated: Path, tmp_path: Path) -> None:
    manifest, notes = run(illustrated, tmp_path / "out")
    assert notes == []
    assert manifest.splits["attachments"] == {"train": 4}
    rows = {row["name"]: row for row in rows_of(tmp_path / "out", "attachments")}
    assert rows["a"]["image"] == {"bytes": png(), "path": "a.png"}
    assert [rows[name]["bytes"] for name in "abcd"] == [None, b"no picture", b"a,b\n", b"<svg/>"]
    assert rows["c"]["sha256"] == sha256(b"a,b\n").hexdigest()
    assert {(row["task"], row["split"]) for row in rows.values()} == {("seen", "train")}


@pytest.mark.parametrize(
    ("media_type", "data", "is_image"),
    [
        ("IMAGE/PNG", png(), True),
        ("image/png", png()[:-12], False),
        ("image/jpeg", b"\xff\xd8\xff\xe0 ... \xff\xd9", True),
        ("image/jpeg", b"\xff\xd8\xff\xe0 ...", False),
        ("image/bmp", b"BM" + bytes(60), True),
        ("image/bmp", b"BMW is not a picture.", False),
        ("image/webp", b"RIFF\0\0\0\0WEBPVP8 ", True),
        ("image/webp", b"RIFF\0\0\0\0WAVEfmt ", False),
        ("text/plain", png(), False),
    ],
)
def test_files_that_are_not_images_are_bytes(
    media_type: str, data: bytes, illustrated: Path, tmp_path: Path, *, is_image: bool
) -> None:
    (illustrated / "files" / "a.png").write_bytes(data)
    attachments = {"x": {"media_type": media_type, "path": "files/a.png"}}
    write_task(illustrated, "seen", {"attachments": attachments})
    run(illustrated, tmp_path / "out")
    (row,) = rows_of(tmp_path / "out", "attachments")
    assert (row["image"] is not None, row["bytes"]) == (is_image, None if is_image else data)


def test_attachments_read_back_equal(illustrated: Path, tmp_path: Path) -> None:
    run(illustrated, tmp_path / "out")
    done = convert(
        ConvertRequest(str(tmp_path / "out"), f"{tmp_path / 'back'}/", source_format="datasets")
    )
    assert (done.tasks, list(done.findings)) == (2, [])
    for name in ("a.png", "b.png", "c.csv", "d.svg"):
        (back,) = (tmp_path / "back").rglob(name)
        assert back.read_bytes() == (illustrated / "files" / name).read_bytes()


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("../../secret.png", "is outside the collection"),
        ("link.png", "is outside the collection"),
        ("C:\\secret.png", "is outside the collection"),
        ("files", "is not a file"),
        ("nowhere.png", "is not a file"),
    ],
)
def test_an_attachment_outside_the_collection_is_not_embedded(
    path: str, reason: str, illustrated: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    (illustrated / "link.png").symlink_to(tmp_path / "secret.png")
    attachments = {"x": {"media_type": "image/png", "path": path}}
    write_task(illustrated, "seen", {"attachments": attachments})
    manifest, lines = run(illustrated, tmp_path / "out")
    assert "attachments" not in manifest.splits
    (line,) = lines
    assert f"{reason}; only its path is exported." in line


def test_a_wrong_digest_is_noted(illustrated: Path, tmp_path: Path) -> None:
    attachments = {"x": {"media_type": "image/png", "path": "files/a.png", "sha256": "0" * 64}}
    write_task(illustrated, "seen", {"attachments": attachments})
    manifest, (line,) = run(illustrated, tmp_path / "out")
    assert manifest.splits["attachments"] == {"train": 1}
    assert "does not have the sha256 that the task declares" in line


def test_the_commit_is_recorded_if_it_holds_all_tasks_unchanged(collection: Path) -> None:
    def git(*arguments: str) -> str:
        line = ["git", "-C", str(collection), "-c", "user.name=a", "-c", "user.email=a@b.example"]
        return subprocess.run(
            [*line, *arguments], capture_output=True, text=True, check=True
        ).stdout.strip()

    def named() -> Any:
        run(collection, collection / "out")
        return orjson.loads((collection / "out" / "manifest.json").read_bytes())["source_commit"]

    assert named() is None
    git("init", "--quiet")
    assert named() is None
    git("add", "tasks", "splits")
    git("commit", "--quiet", "--message", "x")
    assert named() == named() == git("rev-parse", "HEAD")
    (collection / "notes.txt").write_text("x")
    assert named() is None
    (collection / "notes.txt").unlink()
    (collection / "splits" / "default" / "test_tasks.txt").write_text("betula\n\n")
    assert named() is None
    git("checkout", "--quiet", "--", ".")
    assert named()
    write_task(collection / "tasks", "frond", {})
    (collection / ".git" / "info" / "exclude").write_text("frond.json\n")
    assert named() is None


def test_all_options_work_on_the_command_line(collection: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    options = ["--track", "default", "--split", "test", "--split", "train", "--evaluation-split"]
    options += ["--category", "Misc.", "--category", "Question Answering", "--language", "de"]
    options += ["--license-class", "academic", "--where", "task=cedar", "--max-instances", "3"]
    options += ["--seed", "7", "--shard-size", "64KiB"]
    result = command(out, "--collection", collection, *options)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("3 instances of 1 task written to")
    assert "Skipped 1 task" in result.stderr


@pytest.mark.parametrize(
    "option",
    [
        ("--track", "none"),
        ("--split", "none"),
        ("--license-class", "none"),
        ("--where", "none"),
        ("--where", "none=1"),
        ("--max-instances", "0"),
        ("--shard-size", "0MB"),
        ("--shard-size", "many"),
    ],
)
def test_wrong_options_give_a_one_line_error(
    option: tuple[str, str], collection: Path, tmp_path: Path
) -> None:
    result = command(tmp_path / "out", "--collection", collection, *option)
    assert result.returncode == 2
    assert option[0] in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out").exists()


def test_without_a_matching_task_nothing_is_written(collection: Path, tmp_path: Path) -> None:
    result = command(tmp_path / "out", "--collection", collection, "--language", "cy")
    assert result.returncode == 1
    assert "no task matches; nothing was written. Remove a filter" in result.stderr


def test_a_view_is_a_separate_config(collection: Path, tmp_path: Path) -> None:
    settings = {"system": False, "demonstrations": 1}
    manifest, _ = run(collection, tmp_path / "out", views=("messages",), settings=settings)
    rows = rows_of(tmp_path / "out", "messages")
    assert [row["id"] for row in rows] == [row["id"] for row in rows_of(tmp_path / "out")]
    loaded = load(collection)
    for split in ("train", "test"):
        same = loaded.to_dataset(view="messages", split=split, **settings)
        made = [row for row in rows if row["task"] in set(same["task"])]
        assert made == same.to_list()
    assert manifest.splits["messages"] == manifest.splits["default"]
    described = json.loads((tmp_path / "out" / "croissant.json").read_bytes())
    assert "messages" in {one["@id"] for one in described["recordSet"]}
    page = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "config_name: messages" in page
