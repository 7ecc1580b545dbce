"""The Croissant description lists every file with its digest and every column as a field."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import pytest
from support.checkout import ROOT

from taskschema.collection.collection import collect
from taskschema.collection.export_manifest import WrittenFile
from taskschema.dataset.croissant import croissant, describe
from taskschema.dataset.summary import DatasetSummary
from taskschema.dataset.tables import INSTANCES, TASKS, Column, Table
from taskschema.export.export import export
from taskschema.export.request import ExportRequest
from taskschema.rules.smallest_task import smallest_task
from taskschema.schema.columns import Columns

DIGEST = "0" * 64
TABLES = (INSTANCES, TASKS)
SHARDS = [
    WrittenFile("default/test-00000-of-00001.parquet", 7, DIGEST),
    WrittenFile("default/train-00000-of-00002.parquet", 1_000, DIGEST),
    WrittenFile("default/train-00001-of-00002.parquet", 234, DIGEST),
    WrittenFile("tasks/train-00000-of-00001.parquet", 3, DIGEST),
    WrittenFile("messages/train-00000-of-00001.parquet", 3, DIGEST),
    WrittenFile("README.md", None, DIGEST),
]


def described(overlay: dict[str, Any] | None = None) -> dict[str, Any]:
    contents = DatasetSummary()
    columns = Columns(smallest_task("task", overlay))
    contents.add(columns, len(columns.instances))
    return describe(contents, SHARDS, TABLES, "0.0.1")


def fields(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for field in (*node.get("field", ()), *node.get("subField", ())):
        yield field
        yield from fields(field)


def test_the_description_lists_every_file_with_its_digest(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    root, out = ROOT / "tasks", tmp_path / "out"
    manifest = export(collect([root]), ExportRequest("huggingface", out)).manifest
    found = orjson.loads((out / "croissant.json").read_bytes())
    files = {node["contentUrl"]: node["sha256"] for node in found["distribution"]}
    assert files == {
        file.path: file.sha256 for file in manifest.files if file.path != "croissant.json"
    }
    for path, digest in files.items():
        assert sha256((out / path).read_bytes()).hexdigest() == digest
    assert found["license"] == ["https://spdx.org/licenses/CC0-1.0.html"]
    assert found["conformsTo"] == "http://mlcommons.org/croissant/1.0"


def test_every_column_is_a_field() -> None:
    sets = {node["name"]: node for node in described()["recordSet"]}
    assert list(sets) == ["splits-of-default", "default", "splits-of-tasks", "tasks"]
    for table in TABLES:
        names = [field["name"] for field in sets[table.name]["field"]]
        assert names == [f"{table.name}/{column.name}" for column in table.columns]


def test_images_and_bytes_have_fields() -> None:
    columns = (Column("image", "image"), Column("bytes", "binary"))
    table = Table("tasks", columns, rows=lambda _columns: 1)
    found = describe(DatasetSummary(), SHARDS, (table,), "0.0.1")
    picture, raw = found["recordSet"][1]["field"]
    assert picture["dataType"] == "sc:ImageObject"
    assert picture["source"]["transform"] == {"jsonPath": "bytes"}
    assert raw["dataType"] == "sc:Text"


def test_identifiers_are_unique_and_resolve() -> None:
    found = described()
    every = [*found["distribution"], *found["recordSet"]]
    every += [field for node in found["recordSet"] for field in fields(node)]
    ids = [node["@id"] for node in every]
    assert len(ids) == len(set(ids))
    for node in every:
        for key in ("fileObject", "fileSet"):
            if key in node.get("source", {}):
                assert node["source"][key]["@id"] in ids
        if "references" in node:
            assert node["references"]["field"]["@id"] in ids
        if node["@type"] == "cr:Field":
            assert ("dataType" in node) != ("subField" in node)


def test_a_config_with_several_files_is_a_file_set() -> None:
    found = described()
    sets = {node["@id"]: node for node in found["distribution"] if node["@type"] == "cr:FileSet"}
    assert list(sets) == ["files-of-default"]
    assert sets["files-of-default"]["includes"] == [
        *("default/test-*.parquet", "default/train-*.parquet")
    ]
    records = (node for node in found["recordSet"] if "data" not in node)
    by_name = {node["name"]: node["field"][0]["source"] for node in records}
    assert by_name["default"]["fileSet"] == {"@id": "files-of-default"}
    assert by_name["tasks"]["fileObject"] == {"@id": "tasks/train-00000-of-00001.parquet"}


def test_splits_are_records() -> None:
    sets = {node["name"]: node for node in described()["recordSet"]}
    splits = sets["splits-of-default"]
    assert splits["dataType"] == "cr:Split"
    assert [row["splits-of-default/name"] for row in splits["data"]] == ["test", "train"]
    (column,) = (field for field in sets["default"]["field"] if "references" in field)
    assert column["name"] == "default/split"


def test_credits_are_included() -> None:
    bibtex = "@misc{s, title = {S}}"
    found = described(
        {
            "contributors": [{"name": 'A "{da}" \\ %'}, {"name": ""}],
            "sources": [{"name": "t", "citation": "words"}, {"name": "s", "citation": bibtex}],
            "licenses": [
                {"text": "CC BY 4.0"},
                {"text": "x", "spdx": "LicenseRef-x"},
                {"text": "MIT OR Apache-2.0"},
                {"text": "see <b>there</b>\n"},
            ],
            "languages": {"instruction": ["en", "und"], "input": ["no tag"], "output": ["zh-Hant"]},
        }
    )
    assert found["citation"] == [bibtex, "words"]
    assert found["creator"] == [{"@type": "sc:Person", "name": 'A "{da}" \\ %'}]
    assert '{A "da"}' in found["citeAs"]
    assert found["citeAs"].count("{") == found["citeAs"].count("}")
    assert sorted(found["license"]) == [
        *("LicenseRef-x", "MIT OR Apache-2.0", "https://spdx.org/licenses/CC-BY-4.0.html"),
        "see <b>there</b>",
    ]
    assert found["inLanguage"] == ["en", "zh-Hant"]
    assert found["version"] == "0.0.1"


def test_the_same_contents_give_the_same_bytes() -> None:
    one, two = (croissant(DatasetSummary(), SHARDS, TABLES, "0.0.1") for _ in range(2))
    assert one == two
    assert one.endswith(b"}\n")
