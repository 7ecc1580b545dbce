"""What those who load an export find in it: each row beside the JSON that it was made of.

The programs run in environments of their own and know nothing of this package.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from convert.test_lm_eval import run
from support.checkout import ROOT
from support.pictures import png
from test_matrix import NEWEST, environment

from taskschema.collection.collection import collect
from taskschema.dataset.filters import Filters
from taskschema.export.export import export
from taskschema.export.request import ExportRequest
from taskschema.rules.smallest_task import COUNT, write_task

RELEASES = ("5", "4.0.0", "3.6.0")
TRACKS = ("default", "other")

LOAD = """
import json, os, string, sys
from pathlib import Path
import datasets
datasets.disable_progress_bars()
collection, out, cache, view = sys.argv[1:]

def load(name="default", **more):
    return datasets.load_dataset(out, name, cache_dir=cache, **more)

def by_row(rows):
    # In batches, as one row at a time takes minutes.
    for batch in rows.iter(1000):
        yield from (dict(zip(batch, values)) for values in zip(*batch.values()))

def ended(text):
    return text if text[-1] in string.punctuation else text + "."

def seen(task, row):
    if view == "messages":
        turns = (("system", task["Definition"][0]), ("user", row["input"]))
        turns += (("assistant", row["output"][0]),)
        return [{"role": role, "content": content} for role, content in turns]
    definition = ended("Definition: " + task["Definition"][0].strip())
    asked = ended("Input: " + row["input"].strip())
    return definition + "\\n\\nNow complete the following example -\\n" + asked + "\\nOutput: "

tasks, lists = {}, {}
for path in Path(collection, "splits", "default").glob("*_tasks.txt"):
    split = path.name.removesuffix("_tasks.txt")
    lists[split] = sorted(path.read_text().split())
    for name in lists[split]:
        tasks[name] = json.loads(Path(collection, "tasks", name + ".json").read_text("utf-8"))
found = load()
assert sorted(found) == sorted(lists)
counts = {}
for split, names in lists.items():
    rows = by_row(found[split])
    for name in names:
        task = tasks[name]
        first, *others = task["Definition"]
        for instance in task["Instances"]:
            row = next(rows)
            assert {key: row[key] for key in instance} == instance, (name, instance["id"])
            assert (row["task"], row["definition"], row["split"]) == (name, first, split)
            assert (row["paraphrases"], row["categories"]) == (others, task["Categories"])
    assert next(rows, None) is None
    counts[split] = len(found[split])
    for name in ("default", "tasks", view):
        stored, streamed = load(name, split=split), load(name, split=split, streaming=True)
        for one, other in zip(stored.iter(1000), streamed.iter(1000), strict=True):
            assert one == other
    for row, name in zip(load("tasks", split=split), names, strict=True):
        task = tasks[name]
        assert (row["task"], row["definition"]) == (name, task["Definition"])
        for key, title in (("positive", "Positive"), ("negative", "Negative")):
            shown = row[key + "_demonstrations"]
            for one, other in zip(shown, task[title + " Examples"], strict=True):
                assert {key: one[key] for key in other} == other
    rows = by_row(load(view, split=split))
    pairs = ((tasks[name], row) for name in names for row in tasks[name]["Instances"])
    for row, (task, instance) in zip(rows, pairs, strict=True):
        # A prompt that is too long loses its end.
        got = row["messages" if view == "messages" else "inputs"]
        assert row["id"] == instance["id"]
        whole = seen(task, instance)
        assert got == whole or (view != "messages" and len(got.split()) == 1024)
name = lists["train"][-1]
kept = found["train"].select_columns(["id", "task"]).filter(lambda row: row["task"] == name)
assert kept["id"][:] == [row["id"] for row in tasks[name]["Instances"]]
for streaming in (False, True):
    pruned = load(split="train", filters=[("task", "==", name)], streaming=streaming)
    assert [row["id"] for row in pruned] == kept["id"][:]
print(json.dumps(counts), flush=True)
os._exit(0)  # a stream that was not read to its end may keep newer releases from ending
"""

SAMPLES = """
import json, sys
from inspect_ai.dataset import hf_dataset, json_dataset
lines, folder = sys.argv[1:]
rows = [json.loads(line) for line in open(lines, encoding="utf-8")]
for read in (json_dataset(lines), hf_dataset(folder, split="train", name="inspect")):
    for sample, row in zip(read, rows, strict=True):
        turns = [{"role": turn.role, "content": turn.text} for turn in sample.input]
        assert turns == row["input"]
        for key in ("id", "target", "choices", "metadata"):
            assert getattr(sample, key) == row[key]
print(len(rows))
"""

# A reader opens pictures, with Pillow; all other texts and files are bytes to it.
RECORDS = """
import json, sys
import mlcroissant
dataset = mlcroissant.Dataset(jsonld=sys.argv[1])
names = [one.id for one in dataset.metadata.record_sets if not one.data]
found = {name: list(dataset.records(name)) for name in names}
files = []
for record in found["attachments"]:
    row = {key.rpartition("/")[2]: value for key, value in record.items()}
    picture, data = row["image"], row["bytes"]
    pixel = picture and picture.getpixel((0, 0))
    files.append([row["name"].decode(), pixel, data and data.hex()])
turn = found["messages"][0]["messages/messages"][1]["messages/messages/content"].decode()
counts = {name: len(records) for name, records in found.items()}
print(json.dumps({"counts": counts, "files": files, "turn": turn}))
"""


def write(kind: str, out: Path, folder: Path, **options: Any) -> None:
    """Export a folder without any finding."""
    assert export(collect([folder]), ExportRequest(kind, out, **options)).findings == ()


def said(python: Path, program: str, *arguments: str | Path) -> Any:
    """The JSON that a program prints last."""
    home = str(arguments[-1]) + "-home"
    offline = {"HF_HUB_OFFLINE": "1", "HF_HOME": home, "CROISSANT_CACHE": home}
    line = [str(python), "-c", program, *map(str, arguments)]
    done = subprocess.run(
        line, capture_output=True, text=True, env=os.environ | offline, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def divided(tasks: Mapping[str, Path], folder: Path) -> dict[str, list[str]]:
    """A collection of these tasks: every fourth is tested on, every seventh is in `dev`."""
    (folder / "tasks").mkdir(parents=True)
    splits: dict[str, list[str]] = {"train": [], "dev": [], "test": []}
    for number, (name, path) in enumerate(sorted(tasks.items())):
        shutil.copyfile(path, folder / "tasks" / f"{name}.json")
        splits["test" if number % 4 == 1 else "dev" if number % 7 == 2 else "train"].append(name)
    for track in TRACKS:
        lists = folder / "splits" / track
        lists.mkdir(parents=True)
        for split, names in splits.items():
            listed = names if track == "default" else names[:1]
            (lists / f"{split}_tasks.txt").write_text("".join(f"{name}\n" for name in listed))
    return splits


@pytest.fixture(scope="module")
def real(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("real")
    divided({path.stem: path for path in corpus.glob("*.json")}, folder)
    return folder


@pytest.mark.matrix
@pytest.mark.parametrize("view", ["messages", "tk_instruct"])
@pytest.mark.parametrize("release", RELEASES)
def test_every_loaded_row_equals_its_source(
    release: str, view: str, real: Path, tmp_path: Path
) -> None:
    write("huggingface", tmp_path / "out", real, views=(view,))
    python = NEWEST if release == "5" else environment(f"datasets=={release}")
    counts = said(python, LOAD, real, tmp_path / "out", tmp_path / "cache", view)
    rows = [json.loads(path.read_bytes())["Instances"] for path in real.glob("tasks/*.json")]
    assert sum(counts.values()) == sum(map(len, rows))


def test_the_tk_instruct_loader_reads_the_source_rows(real: Path, tmp_path: Path) -> None:
    write("superni", tmp_path / "out", real)
    for track in TRACKS:
        for split in ("train", "dev", "test"):
            # It opens these files by these names, and takes all keys but two as they stand.
            name = Path("splits", track, f"{split}_tasks.txt")
            names = (tmp_path / "out" / name).read_text("utf-8").split("\n")[:-1]
            assert names == (real / name).read_text("utf-8").split()
            for task in names:
                found, stood = (
                    json.loads((folder / "tasks" / f"{task}.json").read_text("utf-8"))
                    for folder in (tmp_path / "out", real)
                )
                assert found == stood


@pytest.mark.matrix
def test_lm_eval_builds_the_expected_prompts(corpus: Path, tmp_path: Path) -> None:
    paths = [*sorted(corpus.glob("*.json"))[:20], *(ROOT / "tasks").glob("*.json")]
    splits = divided({path.stem: path for path in paths}, tmp_path / "collection")
    out, results = tmp_path / "out", tmp_path / "results"
    splits_and_filters = {"splits": ("train", "test"), "filters": Filters(max_instances=5)}
    write("lm_eval", out, tmp_path / "collection", **splits_and_filters)
    names = splits["train"] + splits["test"]
    assert sorted(path.stem for path in out.glob("*.yaml")) == sorted(names)
    line = ["-m", "lm_eval", "run", "--model", "dummy", "--include_path", ".", "--log_samples"]
    run(out, *line, "--tasks", ",".join(names), "--output_path", results)
    tested = set()
    for path in results.rglob("samples_*.jsonl"):
        name = path.name.removeprefix("samples_").rpartition("_")[0]
        text = (tmp_path / "collection" / "tasks" / f"{name}.json").read_text("utf-8")
        task = {key.lower().replace(" ", "_"): value for key, value in json.loads(text).items()}
        instances = {row["id"]: row for row in task["instances"]}
        shots = task.get("positive_demonstrations") or task["positive_examples"]
        before = f"Definition: {task['definition'][0]}\n\n"
        before += "".join(f"{spoken(shot)} {shot['output']}\n\n" for shot in shots[:2])
        for sample in map(json.loads, path.read_text("utf-8").splitlines()):
            instance = instances[sample["doc"]["id"]]
            tested.add((name, instance["id"]))
            asked = {given["arg_0"] for given in sample["arguments"].values()}
            assert asked == {before + spoken(instance)}
    assert len(tested) == 5 * len(names)


def spoken(row: Mapping[str, Any]) -> str:
    turns = "".join(f"{turn['role']}: {turn['content']}\n" for turn in row.get("context", ()))
    return f"{turns}Input: {row['input']}\nOutput:"


@pytest.mark.matrix
def test_inspect_reads_the_exported_samples(tmp_path: Path) -> None:
    python = environment("inspect_ai==0.3.285", "datasets")
    settings = {"demonstrations": 2, "labels": True}
    write("jsonl", tmp_path / "lines", ROOT / "tasks", views=("inspect",), settings=settings)
    write("huggingface", tmp_path / "rows", ROOT / "tasks", views=("inspect",), settings=settings)
    read = said(python, SAMPLES, tmp_path / "lines" / "train.jsonl", tmp_path / "rows")
    assert read == len((tmp_path / "lines" / "train.jsonl").read_bytes().splitlines())


@pytest.mark.matrix
def test_mlcroissant_reads_views_and_attachments(tmp_path: Path) -> None:
    python = environment("mlcroissant[image]==1.1.1", "pyarrow>=17")
    attachments = {
        "map": {"media_type": "image/png", "path": "map.png"},
        "list": {"media_type": "text/csv", "path": "list.csv"},
    }
    collection, out = tmp_path / "collection", tmp_path / "out"
    write_task(collection, "one", {"attachments": attachments})
    (collection / "map.png").write_bytes(png(1, 2, 3))
    (collection / "list.csv").write_bytes(b"a,\xff\n")
    write("huggingface", out, collection, views=("messages",))
    validate = [python.parent / "mlcroissant", "validate", "--jsonld", out / "croissant.json"]
    subprocess.run([*map(str, validate)], check=True, capture_output=True)
    found = said(python, RECORDS, out / "croissant.json", tmp_path / "cache")
    assert found["counts"] == {"default": COUNT, "tasks": 1, "attachments": 2, "messages": COUNT}
    assert found["files"] == [["map", [1, 2, 3], None], ["list", None, "612cff0a"]]
    assert found["turn"] == "question 0 of one"
