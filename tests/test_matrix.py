"""What needs other releases or further packages, each in an environment of its own."""

import json
import os
import re
import subprocess
import venv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from support.checkout import ROOT
from support.pictures import png

from taskschema.collection.collection import collect
from taskschema.collection.export_manifest import WrittenFile
from taskschema.dataset.croissant import croissant
from taskschema.dataset.folder.attachments import ATTACHMENTS
from taskschema.dataset.summary import DatasetSummary
from taskschema.dataset.tables import INSTANCES, TASKS
from taskschema.export.export import export
from taskschema.export.request import ExportRequest
from taskschema.gate.check import check
from taskschema.rules.smallest_task import COUNT, write_task

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
from taskschema.convert.convert import convert
from taskschema.convert.format import ConvertOptions
from taskschema.convert.request import ConvertRequest
out, size = sys.argv[1], int(sys.argv[2])
done = {}
for name in sorted(DATASETS):
    options = ConvertOptions(size=size)
    made = convert(
        ConvertRequest(name, out + "/", source_format="reasoning_gym", options=options, force=True)
    )
    codes = sorted({found.code for found in made.findings})
    done[name] = [made.tasks, made.kept + made.merged, made.refused, codes]
print(json.dumps(done))
"""

BUCKET = """
import contextlib, io, os, sys
from pathlib import Path
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
with contextlib.redirect_stdout(io.StringIO()):
    server.start()
os.environ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:%d" % server.get_host_and_port()[1]
import s3fs
import taskschema
from taskschema.__main__ import run

shown = sys.argv[3:]

def call(*words):
    sys.argv = ["taskschema", *words]
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
        code = run()
    return code, out.getvalue()

store = s3fs.S3FileSystem()
store.mkdir("bucket")
folder, out = map(Path, sys.argv[1:3])
store.put(str(folder), "bucket/here", recursive=True)
store.mkdir("my-bucket")
store.put(str(folder), "my-bucket/collection", recursive=True)
for line in shown:
    code, told = call(*line.split())
    assert code == 0, (line, told)
for words in (["check"], ["split", "build"], ["split", "check"], ["check", "--fix"], ["fmt"]):
    there, here = call(*words, "s3://bucket/here"), call(*words, str(folder))
    assert there[0] == here[0], (there, here)
    assert there[1].replace("s3://bucket/here", str(folder)) == here[1], (there, here)
for kind in ("superni", "jsonl", "jsonl"):
    track = () if kind == "superni" else ("--track", "xlingual")
    code, told = call("export", kind, "s3://bucket/out", "--collection", "s3://bucket/here", *track)
    assert code == 0, told
call("export", "jsonl", str(out), "--collection", str(folder), *track)
for start, name in ((folder, "here"), (out, "out")):
    store.invalidate_cache()
    held = {path.split("/", 2)[2]: store.cat_file(path) for path in store.find("bucket/" + name)}
    files = (path for path in start.rglob("*") if path.is_file())
    assert held == {path.relative_to(start).as_posix(): path.read_bytes() for path in files}
assert [task.name for task in taskschema.load("s3://bucket/here")] == ["one", "two"]
store.pipe_file("bucket/out/thesis.txt", b"years of work")
for words, said in (
    (["export", "jsonl", "s3://bucket/out", "--collection", str(folder)], "holds thesis.txt"),
    (["export", "jsonl", "s3://none/out", "--collection", str(folder)], "NoSuchBucket"),
    (["check", "s3://bucket/nothing"], "does not exist"),
    (["check", "s3://none/here"], "NoSuchBucket"),
):
    code, told = call(*words)
    assert code == 2 and told.count("\\n") == 1 and said in told, (words, told)
for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
    del os.environ[name]
s3fs.S3FileSystem.clear_instance_cache()
code, told = call("check", "s3://bucket/here")
assert code == 2 and "Unable to locate credentials" in told, told
print("well")
sys.stdout.flush()
os._exit(0)  # the server of the bucket has threads
"""

CROISSANT = """
import glob, io, json, sys
import mlcroissant, PIL.Image, pyarrow.parquet

def plain(value):
    # Names of fields begin with those of the fields around them.
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    if isinstance(value, dict):
        return {key.rpartition("/")[2]: plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, (list, tuple)) else value

def agree(found, stored):
    # What has no field is not found; nothing at all is found as fields without a value.
    if isinstance(found, PIL.Image.Image):
        return PIL.Image.open(io.BytesIO(stored["bytes"])).tobytes() == found.tobytes()
    if isinstance(found, dict):
        return all(agree(part, stored and stored[key]) for key, part in found.items())
    if isinstance(found, list) and isinstance(stored, list):
        return len(found) == len(stored) and all(map(agree, found, stored))
    return found == (stored.decode() if isinstance(stored, bytes) else stored)

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
    export(collect([ROOT / "tasks"]), ExportRequest("huggingface", out))
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
    request = ExportRequest("huggingface", out, evaluation_split=True, shard_size=1_000)
    export(collect([collection]), request)
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

    python = environment("mlcroissant[image]==1.1.1", "pyarrow>=17")
    out = tmp_path / "out"
    manifest = export(collect([ROOT / "tasks"]), ExportRequest("huggingface", out)).manifest
    expected = {name: sum(splits.values()) for name, splits in manifest.splits.items()}
    assert expected["default"] == manifest.instances
    assert records_of(python, out, tmp_path / "cache") == expected

    # The same rows in several files, which readers take together.
    (whole,) = (out / "default").iterdir()
    table = pyarrow.parquet.read_table(whole)
    whole.unlink()
    for path, part in (("test-00000-of-00001", table[:100]), ("train-00000-of-00001", table[100:])):
        pyarrow.parquet.write_table(part, out / "default" / f"{path}.parquet")
    files = [WrittenFile.of(out, path) for path in sorted(out.glob("*/*.parquet"))]
    described = croissant(DatasetSummary(), files, (INSTANCES, TASKS, ATTACHMENTS), "0.0.1")
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


@pytest.mark.matrix
def test_a_store_of_objects_is_read_and_written_as_a_folder(tmp_path: Path) -> None:
    python = environment("s3fs==2026.9.0", "moto[server]", "--editable", f"{ROOT}[hf]")
    collection = tmp_path / "here"
    attached = {"map": {"media_type": "image/png", "path": "map.png"}}
    write_task(collection / "tasks", "one", {"attachments": attached})
    write_task(collection / "tasks", "two", {"definition": ["Answer the question in words.  "]})
    (collection / "tasks" / "map.png").write_bytes(png(1, 2, 3))
    page = (ROOT / "docs" / "large-collections.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\$ taskschema (.*s3:.*)$", page, re.MULTILINE)
    keys = {"AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any"}
    nowhere = {"AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": os.devnull}
    result = subprocess.run(
        [python, "-c", BUCKET, collection, tmp_path / "out", *shown],
        env={**os.environ, **keys, **nowhere, "AWS_DEFAULT_REGION": "us-east-1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stdout == "well\n", result.stderr
