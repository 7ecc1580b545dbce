"""Preference pairs: the pairs of a task, and the task read back from them."""

import random
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import strategies

from taskschema.convert.format import ConvertOptions
from taskschema.convert.formats.preferences import FORMAT
from taskschema.convert.pieces import Chunk, ConversionSource, Document, Problem, SourceCounts

FEW: dict[str, Any] = {
    "max_examples": 60,
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


def written(task: Document, **options: Any) -> tuple[list[Document], list[str]]:
    assert FORMAT.write
    rows, messages = [], []
    for chunk in FORMAT.write([task], ConvertOptions(**options)):
        if isinstance(chunk, Problem):
            assert chunk.rule == "not-expressible"
            messages.append(chunk.message)
        elif isinstance(chunk, Chunk):
            rows.append(orjson.loads(chunk.data))
    return rows, messages


def read_back(rows: list[Document], folder: Path) -> list[Any]:
    assert FORMAT.read
    path = folder / "rows.jsonl"
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    return list(FORMAT.read(ConversionSource(path=path, label=path, name="rows"), ConvertOptions()))


def tasks_among(pieces: list[Any]) -> list[Document]:
    assert not [piece for piece in pieces if isinstance(piece, Problem)]
    return [piece for piece in pieces if isinstance(piece, dict)]


def texts(rows: list[Document]) -> list[tuple[str, str, str]]:
    return [
        (row["prompt"], row["chosen"][-1]["content"], row["rejected"][-1]["content"])
        for row in rows
    ]


def in_order(instances: list[Document]) -> list[bytes]:
    return sorted(orjson.dumps(row, option=orjson.OPT_SORT_KEYS) for row in instances)


def task_of(*instances: Document, **keys: Any) -> Document:
    rows = [{"id": str(number)} | row for number, row in enumerate(instances)]
    head = {"schema_version": 3, "name": "birds", "definition": ["Can it fly?"]}
    return head | {"instances": rows} | keys


@st.composite
def paired(draw: st.DrawFn) -> Document:
    """Draw a task with a worse answer per instance, kept or in a negative demonstration."""
    task = draw(strategies.v3_documents())
    negatives = list(task.get("negative_demonstrations", []))
    instances = []
    for instance in task["instances"]:
        output = [text or "-" for text in instance["output"]]
        output[0] = output[0] if output[0].strip() else "yes"
        row = instance | {"output": output}
        worse = draw(strategies.texts().filter(lambda text: text.strip() not in ("", "yes")))
        if draw(st.booleans()) or worse in output:
            own = draw(st.dictionaries(st.sampled_from(("prompt", "messages", "a")), FIELDS))
            kept = {"rejected": f"not {output[0]}", **own}
            row["extras"] = row.get("extras", {}) | {"preferences": kept}
        else:
            shared = {key: row[key] for key in ("input", "context") if key in row}
            negatives.append(shared | {"output": worse, "explanation": ""})
        instances.append(row)
    return task | {"instances": instances, "negative_demonstrations": negatives}


FIELDS = strategies.values()


@settings(**FEW)
@given(task=paired())
def test_a_task_reads_back_from_its_pairs(
    task: Document, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows, messages = written(task)
    if messages:
        return
    folder = tmp_path_factory.mktemp("pairs")
    assert tasks_among(read_back(rows, folder)) == [task]
    random.Random(1).shuffle(rows)
    (back,) = tasks_among(read_back(rows, folder))
    assert in_order(back.pop("instances")) == in_order(task["instances"])
    assert back == {name: task[name] for name in task if name != "instances"}


def test_pairs_come_from_rejected_answers_choices_and_negative_demonstrations() -> None:
    demonstration = {"input": "kiwi", "explanation": ""}
    task = task_of(
        {
            "input": "kiwi",
            "output": ["no"],
            "answer": [{"text": "no", "score": 2}, {"text": "maybe", "score": 1}],
            "extras": {"preferences": {"rejected": "perhaps"}},
        },
        answer_format={"kind": "choices"},
        positive_demonstrations=[demonstration | {"output": "never"}],
        negative_demonstrations=[
            demonstration | {"output": text} for text in ("yes", "No", "never", "maybe")
        ],
    )
    rows, messages = written(task)
    question = "Can it fly?\n\nkiwi"
    assert messages == []
    assert texts(rows) == [
        (question, "no", "perhaps"),
        (question, "no", "maybe"),
        (question, "no", "yes"),
        (question, "never", "yes"),
        (question, "never", "maybe"),
    ]
    assert (rows[1]["score_chosen"], rows[1]["score_rejected"]) == (2, 1)
    assert "score_chosen" not in rows[0]


def test_every_output_is_paired_with_the_rejected_answer() -> None:
    kept = {"preferences": {"rejected": "maybe"}}
    task = task_of({"input": "kiwi", "output": ["no", "No.", "maybe", ""], "extras": kept})
    rows, messages = written(task)
    assert messages == []
    assert [chosen for _, chosen, _ in texts(rows)] == ["no", "No."]


def test_a_negative_demonstration_needs_the_same_context() -> None:
    turn = {"role": "user", "content": "Of birds."}
    task = task_of(
        {"input": "kiwi", "output": ["no"], "context": [turn]},
        negative_demonstrations=[{"input": "kiwi", "output": "yes", "explanation": ""}],
    )
    rows, messages = written(task)
    assert rows == []
    assert len(messages) == 1


def test_instances_without_a_pair_are_reported_once() -> None:
    task = task_of(
        {"input": "kiwi", "output": ["no"]},
        *({"input": text, "output": ["yes"]} for text in ("duck", "crow")),
        negative_demonstrations=[{"input": "kiwi", "output": "yes", "explanation": ""}],
    )
    rows, messages = written(task)
    assert texts(rows) == [("Can it fly?\n\nkiwi", "no", "yes")]
    (message,) = messages
    assert message.startswith("2 of 3 instances have no worse answer to pair with")


def test_bare_rows_have_no_column() -> None:
    task = task_of({"input": "a", "output": ["b"], "extras": {"preferences": {"rejected": "c"}}})
    rows, _ = written(task, bare=True)
    assert [sorted(row) for row in rows] == [["chosen", "prompt", "rejected"]]


def test_edits_of_rows_are_read(tmp_path: Path) -> None:
    demonstration = {"input": "kiwi", "explanation": ""}
    task = task_of(
        {"input": "kiwi", "output": ["no", "No"]},
        positive_demonstrations=[demonstration | {"output": "never"}],
        negative_demonstrations=[demonstration | {"output": "yes"}],
    )
    rows, _ = written(task)
    rows[0]["chosen"][-1]["content"] = "not at all"
    rows[0]["rejected"][-1]["content"] = "often"
    rows[1]["rejected"][-1]["content"] = "always"
    (back,) = tasks_among(read_back(rows, tmp_path))
    assert [(row["input"], row["output"], row["extras"]) for row in back["instances"]] == [
        ("kiwi", ["not at all"], {"preferences": {"rejected": "often"}}),
        ("kiwi", ["never"], {"preferences": {"rejected": "always"}}),
    ]
    assert back["negative_demonstrations"] == task["negative_demonstrations"]


def test_a_missing_first_row_is_reported(tmp_path: Path) -> None:
    def choices(best: str) -> Document:
        scored = [{"text": text, "score": int(text == best)} for text in ("yes", "no")]
        return {"input": f"Say {best}.", "output": [best], "answer": scored}

    task = task_of(choices("yes"), choices("no"), answer_format={"kind": "choices"})
    rows, _ = written(task)
    messages, back = (
        piece for piece in read_back(rows[1:], tmp_path) if not isinstance(piece, SourceCounts)
    )
    assert (messages.rule, messages.refuses) == ("assumed", False)
    assert "the row is missing" in messages.message
    assert back == task | {"instances": task["instances"][1:]}
