"""What needs other releases or further packages, each in an environment of its own."""

import json
import os
import subprocess
import venv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from pictures import png
from smallest import COUNT, write_task

from taskschema.collection import collect
from taskschema.contents import Contents
from taskschema.croissant import croissant
from taskschema.export import export
from taskschema.exporters import Options
from taskschema.gate import check
from taskschema.manifests import WrittenFile
from taskschema.tables import INSTANCES, TASKS

NEWEST = ROOT / ".venv" / "bin" / "python"
SPLITS = ("train", "test")

READ = """
import sys, json, datasets
datasets.disable_progress_bars()
out, cache = sys.argv[1:]
for name in ("default", "tasks"):
    table = datasets.load_dataset(out, name, split="train", cache_dir=cache)
    stream = datasets.load_dataset(out, name, split="train", streaming=True, cache_dir=cache)
    assert next(iter(stream)) == table[0]
    for row in table:
        print(json.dumps(row, sort_keys=True))
"""

# Pictures stay as they are stored: only to open them needs a library more.
READ_SPLITS = """
import sys, json, datasets
datasets.disable_progress_bars()
out, cache = sys.argv[1:]
for name in ("default", "tasks", "attachments"):
    for split, table in datasets.load_dataset(out, name, cache_dir=cache).items():
        if name == "attachments":
            assert isinstance(table.features["image"], datasets.Image)
            table = table.cast_column("image", datasets.Image(decode=False))
        for row in table:
            if name == "attachments":
                picture, data = row["image"], row["bytes"]
                row["image"] = picture and picture["bytes"].hex()
                row["bytes"] = data and data.hex()
            print(json.dumps([name, split, row], sort_keys=True))
"""

GENERATE = """
import json, sys
from reasoning_gym.factory import DATASETS
from taskschema.convert import convert
from taskschema.formats import Options
out, size = sys.argv[1], int(sys.argv[2])
done = {}
for name in sorted(DATASETS):
    made = convert(
        name, out + "/", source_format="reasoning_gym", options=Options(size=size), force=True
    )
    codes = sorted({found.code for found in made.findings})
    done[name] = [made.tasks, made.kept + made.merged, made.refused, codes]
print(json.dumps(done))
"""

CROISSANT = """
import glob, json, sys
import mlcroissant, pyarrow.parquet

def plain(value):
    # Names of fields begin with those of the fields around them.
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, dict):
        return {key.rpartition("/")[2]: plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, (list, tuple)) else value

def agree(found, stored):
    # What has no field is not found; nothing at all is found as fields without a value.
    if isinstance(found, dict):
        return all(agree(part, stored and stored[key]) for key, part in found.items())
    if isinstance(found, list) and isinstance(stored, list):
        return len(found) == len(stored) and all(map(agree, found, stored))
    return found == stored

folder = sys.argv[1]
dataset = mlcroissant.Dataset(jsonld=f"{folder}/croissant.json")
issues = dataset.metadata.ctx.issues
assert not issues.errors, issues.report()
done = {}
for records in dataset.metadata.record_sets:
    if records.data:
        continue
    found = [plain(record) for record in dataset.records(records.id)]
    stored = [
        row
        for path in sorted(glob.glob(f"{folder}/{records.id}/*.parquet"))
        for row in pyarrow.parquet.read_table(path).to_pylist()
    ]
    assert agree(found, stored), next(pair for pair in zip(found, stored) if not agree(*pair))
    done[records.id] = len(found)
print(json.dumps(done))
"""


def environment(requirement: str, *more: str) -> Path:
    """A Python with one release of a package; it is kept beside the checkout's own."""
    folder = ROOT / f".venv-{requirement.replace('==', '-')}"
    python = folder / "bin" / "python"
    if not (folder / ".ready").exists():
        venv.create(folder, with_pip=True)
        install = [python, "-m", "pip", "install", "--quiet", requirement, *more]
        subprocess.run(install, check=True, capture_output=True)
        (folder / ".ready").touch()
    return python


def rows(python: Path | str, out: Path, program: str = READ) -> list[Any]:
    cache = out.parent / f"cache-{len(list(out.parent.iterdir()))}"
    result = subprocess.run(
        [python, "-c", program, out, cache], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.matrix
@pytest.mark.parametrize("release", ["3.6.0", "4.0.0"])
def test_older_releases_read_the_same_rows(release: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export("huggingface", out, collect([ROOT / "tasks"]), skip=lambda _findings: None)
    newest = rows(NEWEST, out)
    assert rows(environment(f"datasets=={release}"), out) == newest


@pytest.mark.matrix
@pytest.mark.parametrize("release", ["3.6.0", "4.0.0"])
def test_older_releases_read_the_same_splits_and_pictures(release: str, tmp_path: Path) -> None:
    collection = tmp_path / "collection"
    picture = {"map": {"media_type": "image/png", "path": "map.png"}}
    table = {"list": {"media_type": "text/csv", "path": "list.csv"}}
    write_task(collection / "tasks", "one", {"attachments": picture})
    write_task(
        collection / "tasks", "two", {"attachments": table, "evaluation": {"instances": ["id-7"]}}
    )
    (collection / "tasks" / "map.png").write_bytes(png(1, 2, 3))
    (collection / "tasks" / "list.csv").write_bytes(b"\0\xff")
    lists = collection / "splits" / "default"
    lists.mkdir(parents=True)
    for split, name in (("train", "one"), ("test", "two")):
        (lists / f"{split}_tasks.txt").write_text(f"{name}\n")
    out = tmp_path / "out"
    options = Options(evaluation_split=True, shard_size=1_000)
    export("huggingface", out, collect([collection]), skip=lambda _findings: None, options=options)
    newest = rows(NEWEST, out, READ_SPLITS)
    counted = Counter((config, split) for config, split, _ in newest)
    assert counted == {
        ("default", "train"): COUNT,
        ("default", "test"): COUNT - 1,
        ("default", "evaluation"): 1,
        **{(config, split): 1 for config in ("tasks", "attachments") for split in SPLITS},
    }
    files = [row for config, _, row in newest if config == "attachments"]
    assert [row["image"] for row in files] == [png(1, 2, 3).hex(), None]
    assert [row["bytes"] for row in files] == [None, "00ff"]
    assert rows(environment(f"datasets=={release}"), out, READ_SPLITS) == newest


@pytest.mark.matrix
def test_every_dataset_of_reasoning_gym_becomes_a_task(tmp_path: Path) -> None:
    size = 5
    python = environment("reasoning-gym==0.1.25", "--editable", str(ROOT))
    made: list[dict[str, bytes]] = []
    done: dict[str, Any] = {}
    for number in ("1", "2"):
        out = tmp_path / number
        result = subprocess.run(
            [python, "-c", GENERATE, out, str(size)],
            env={**os.environ, "PYTHONHASHSEED": "1"},
            capture_output=True,
            text=True,
            check=True,
        )
        done = json.loads(result.stdout)
        made.append({path.name: path.read_bytes() for path in out.iterdir()})
    without = {name: found for name, found in done.items() if found[0] != 1}
    assert without == {
        "boxnet": [0, 0, size, ["CNV003"]],
        "composite": [0, 0, 0, ["CNV002"]],
        "rush_hour": [0, 0, size, ["CNV003"]],
    }
    for name, (tasks, kept, refused, _) in done.items():
        assert kept + refused == size * tasks or name in without
    assert len(made[0]) == len(done) - len(without)
    assert made[0] == made[1]
    assert not check(tmp_path / "1").failed()


@pytest.mark.matrix
def test_readers_of_croissant_take_the_description_of_an_export(tmp_path: Path) -> None:
    import pyarrow.parquet

    python = environment("mlcroissant==1.1.1", "pyarrow>=17")
    out = tmp_path / "out"
    manifest = export("huggingface", out, collect([ROOT / "tasks"]), skip=lambda _findings: None)
    expected = {"default": manifest.instances, "tasks": manifest.tasks}
    assert records_of(python, out, tmp_path / "cache") == expected

    # The same rows in several files, which readers take together.
    (whole,) = (out / "default").iterdir()
    table = pyarrow.parquet.read_table(whole)
    whole.unlink()
    for path, part in (("test-00000-of-00001", table[:100]), ("train-00000-of-00001", table[100:])):
        pyarrow.parquet.write_table(part, out / "default" / f"{path}.parquet")
    files = [WrittenFile.of(out, path) for path in sorted(out.glob("*/*.parquet"))]
    described = croissant(Contents(), files, (INSTANCES, TASKS), "0.0.1")
    (out / "croissant.json").write_bytes(described)
    assert records_of(python, out, tmp_path / "cache") == expected


def records_of(python: Path, out: Path, cache: Path) -> Any:
    """How many records of each set a reader finds, after it has compared them with the files."""
    validate = [python.parent / "mlcroissant", "validate", "--jsonld", out / "croissant.json"]
    for command in (validate, [python, "-c", CROISSANT, out]):
        result = subprocess.run(
            command,
            env={**os.environ, "CROISSANT_CACHE": str(cache)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)
