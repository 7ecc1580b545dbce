"""Rows of data files, in every format they can have."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from taskschema.convert.convert import convert
from taskschema.convert.format import ConvertOptions
from taskschema.convert.pieces import Problem
from taskschema.convert.request import ConvertRequest
from taskschema.convert.shared.sources.data_rows import data_rows

DAY = dt.date(2024, 5, 1)


def rows(path: Path) -> list[Any]:
    found = data_rows(path, path)
    return [(one.rule, one.place.line) if isinstance(one, Problem) else one[1] for one in found]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.jsonl", '{"a": 1}\n2\n{\n', [{"a": 1}, ("wrong-shape", 2), ("unreadable-row", 3)]),
        ("a.json", '[{"a": 1}]', [{"a": 1}]),
        ("a.csv", '\ufeffa,b\n1,"x\ny"\n2\n', [{"a": 1, "b": "x\ny"}, ("wrong-shape", 4)]),
        ("a.tsv", "a\tb\n1\t2\t3\n", [("wrong-shape", 2)]),
        ("a.csv", 'a\n"b"c\n', [("unreadable-row", 2)]),
        ("a.csv", "a,a\n1,2\n", [("wrong-shape", 1)]),
        ("a.parquet", "none", [("unreadable-row", 1)]),
        ("a.txt", "a", [("unreadable-row", 1)]),
    ],
)
def test_the_suffix_decides_how_rows_are_read(
    name: str, text: str, expected: list[Any], tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert rows(tmp_path / name) == expected


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    assert rows(tmp_path / "a.jsonl") == [("unreadable-row", 1)]


def test_parquet_values_become_json_values(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    value = {"day": DAY, "bytes": b"a", "none": float("nan"), "list": [1], "map": {"a": True}}
    parquet.write_table(pa.Table.from_pylist([value]), tmp_path / "a.parquet")
    expected = {"day": "2024-05-01", "bytes": "YQ==", "none": None, "list": [1], "map": {"a": True}}
    assert rows(tmp_path / "a.parquet") == [expected]


@pytest.mark.parametrize(
    "place", ["letters/test.jsonl", "some/set/easy/test.csv", "some/set/test.jsonl", "test.tsv"]
)
def test_the_rows_of_a_task_are_found_in_a_data_folder(place: str, tmp_path: Path) -> None:
    task = tmp_path / "letters.yaml"
    task.write_text(
        "task: letters\ndataset_path: some/set\ndataset_name: easy\ntest_split: test\n"
        "doc_to_text: text\ndoc_to_target: '{{text|upper}}'\n",
        encoding="utf-8",
    )
    data = tmp_path / "data" / place
    data.parent.mkdir(parents=True)
    data.write_text('{"text": "a"}\n' if data.suffix == ".jsonl" else "text\na\n", encoding="utf-8")
    done = convert(
        ConvertRequest(
            str(task), f"{tmp_path}/out/", options=ConvertOptions(data=tmp_path / "data")
        )
    )
    assert (done.source, done.kept) == ("lm_eval", 1)


def test_a_data_folder_without_rows_is_a_finding(tmp_path: Path) -> None:
    task = tmp_path / "letters.yaml"
    task.write_text("task: ../letters\ndoc_to_text: a\ndoc_to_target: b\n", encoding="utf-8")
    (tmp_path / "letters.jsonl").write_text('{"a": "b"}\n', encoding="utf-8")
    (tmp_path / "data").mkdir()
    options = ConvertOptions(data=tmp_path / "data")
    done = convert(
        ConvertRequest(str(task), f"{tmp_path}/out/", source_format="lm_eval", options=options)
    )
    assert [found.code for found in done.report.findings] == ["CNV006"]
