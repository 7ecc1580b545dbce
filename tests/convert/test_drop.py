"""DROP tasks: reordered passages and invalid task fields."""

from pathlib import Path

import orjson

from taskschema.convert.format import ConvertOptions
from taskschema.convert.formats.drop import FORMAT
from taskschema.convert.pieces import Chunk, ConversionSource, Document, Problem


def test_reordered_passages_read_back_as_the_same_task(tmp_path: Path) -> None:
    assert FORMAT.read
    assert FORMAT.write
    inputs = ("A rose.\n\nWhich?", "An elm.\n\nWhich?", "An oak.\n\nWhich?")
    instances: list[Document] = [
        {"id": str(number), "input": text, "output": ["that"]} for number, text in enumerate(inputs)
    ]
    instances[1]["extras"] = {"drop": {"section_id": "plants-1"}}
    task = {"schema_version": 3, "name": "plants", "definition": ["Say."], "instances": instances}
    chunks = list(FORMAT.write([task], ConvertOptions()))
    passages = orjson.loads(b"".join(chunk.data for chunk in chunks if isinstance(chunk, Chunk)))
    path = tmp_path / "plants.json"
    path.write_bytes(orjson.dumps(dict(reversed(passages.items()))))
    pieces = list(
        FORMAT.read(ConversionSource(path=path, label=path, name="plants"), ConvertOptions())
    )
    assert not [piece for piece in pieces if isinstance(piece, Problem)]
    (back,) = (piece for piece in pieces if isinstance(piece, dict))
    assert back | {"instances": back["instances"][::-1]} == task


def test_task_fields_without_a_name_are_reported(tmp_path: Path) -> None:
    assert FORMAT.read
    pair = {"question": "Which?", "answer": {"spans": ["oak"]}, "query_id": "1"}
    head = {"passage": "", "qa_pairs": [], "taskschema": {"summary": "Trees."}}
    path = tmp_path / "trees.json"
    path.write_bytes(
        orjson.dumps({"taskschema": head, "a": {"passage": "An oak.", "qa_pairs": [pair]}})
    )
    pieces = list(
        FORMAT.read(ConversionSource(path=path, label=path, name="trees"), ConvertOptions())
    )
    assert [piece.rule for piece in pieces if isinstance(piece, Problem)] == ["wrong-shape"]
    assert [piece["name"] for piece in pieces if isinstance(piece, dict)] == ["trees"]
