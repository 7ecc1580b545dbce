"""Parquet rows of an evaluation harness task, written in chunks of bytes."""

from collections.abc import Iterator
from typing import Any

import orjson

from taskschema.convert.formats.lm_eval.prompts import HarnessFault, HarnessPrompt
from taskschema.convert.formats.lm_eval.task_fields import COLUMN, Shape
from taskschema.convert.pieces import Document
from taskschema.convert.shared.rows.json_difference import difference

__all__ = ["own_instance", "parquet"]

BATCH = 1_000  # rows in memory at once


def parquet(task: Document, fields: Document, shape: Shape, *, bare: bool) -> Iterator[bytes]:
    """Yield the bytes of the Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet

    text, several = pa.string(), pa.list_(pa.string())
    index = pa.list_(pa.int64()) if shape.several else pa.int64()
    turn = pa.struct([("role", text), ("content", text)])
    types = {"id": text, "input": text, "output": several if shape.several else text}
    types |= {"context": pa.list_(turn)} if shape.turns else {}
    types |= {"gold": index} if shape.kind != "text" else {}
    types |= {"choices": several} if shape.kind == "choices" else {}
    types |= {} if bare else {COLUMN: text}
    schema = pa.schema(list(types.items()))
    prompt = HarnessPrompt(fields)
    rows = task["instances"]
    sink = _Sink()
    with pyarrow.parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        for start in range(0, len(rows), BATCH):
            made = [
                _row(row, task, prompt, shape, bare=bare) for row in rows[start : start + BATCH]
            ]
            writer.write_table(pa.Table.from_pylist(made, schema))
            yield sink.take_bytes()
    yield sink.take_bytes()


def _row(
    row: Document, task: Document, prompt: HarnessPrompt, shape: Shape, *, bare: bool
) -> Document:
    """Return the columns of an instance."""
    outputs = row["output"]
    made: Document = {
        "id": row["id"],
        "input": row["input"],
        "output": outputs if shape.several else outputs[0],
    }
    if shape.turns:
        made["context"] = row.get("context", [])
    if shape.kind == "choices":
        made["choices"] = [choice["text"] for choice in row["answer"]]
    if shape.kind != "text":
        choices = made.get("choices") or task["answer_format"]["labels"]
        gold = [choices.index(text) for text in outputs]
        made["gold"] = gold if shape.several else gold[0]
    if not bare:
        column = difference(row, own_instance(prompt, made))
        made[COLUMN] = orjson.dumps(column).decode() if column else None
    return made


def own_instance(prompt: HarnessPrompt, row: Document) -> Document:
    """Return the instance of a row that taskschema wrote, its column `taskschema` aside."""
    made = prompt.instance(row)
    return {"id": row.get("id")} | ({} if isinstance(made, HarnessFault) else made)


class _Sink:
    """A write-only file that hands over its bytes."""

    closed = False

    def __init__(self) -> None:
        self.pending = bytearray()
        self.position = 0

    def write(self, data: Any) -> int:
        """Append the bytes and return their number."""
        piece = bytes(data)
        self.pending += piece
        self.position += len(piece)
        return len(piece)

    def tell(self) -> int:
        """Return the number of bytes written so far."""
        return self.position

    def flush(self) -> None:
        """Do nothing: bytes are handed over by `take_bytes`."""

    def close(self) -> None:
        """Do nothing: no file is open."""

    def take_bytes(self) -> bytes:
        """Return the bytes written since the last call."""
        data, self.pending = bytes(self.pending), bytearray()
        return data
