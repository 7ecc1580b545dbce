"""Triples for INSTRUCTOR: positives, negatives, and instances without a triple."""

import json
from typing import Any

from hypothesis import given, settings
from support import strategies

from taskschema.convert.format import ConvertOptions
from taskschema.convert.formats.medi import FORMAT
from taskschema.convert.pieces import Chunk, Document, Problem
from taskschema.core.text.normal_forms import normalise


def written(*tasks: Document, **options: Any) -> tuple[list[Document], list[Problem]]:
    """Return the written rows and the reported problems."""
    assert FORMAT.write
    made = list(FORMAT.write(tasks, ConvertOptions(**options)))
    text = b"".join(piece.data for piece in made if isinstance(piece, Chunk))
    rows: list[Document] = json.loads(text.decode())
    assert text.count(b"\n") == len(rows) + 2 * bool(rows) + (not rows)
    return rows, [piece for piece in made if isinstance(piece, Problem)]


def task(rows: list[tuple[str, list[str]]], kind: str = "text", **more: Any) -> Document:
    instances = [
        {"id": f"i{index}", "input": text, "output": outputs}
        for index, (text, outputs) in enumerate(rows)
    ]
    answer_format = {"kind": kind}
    head = {"schema_version": 3, "name": "a", "definition": ["Say it."]}
    return {**head, "answer_format": answer_format, "instances": instances, **more}


ANIMALS = [
    *(("heron", ["bird"]), ("wren", ["bird"]), ("rook", ["bird"])),
    *(("trout", ["fish"]), ("perch", ["fish"]), ("flying fish", ["fish", "nearly a bird"])),
]


def test_inputs_with_the_same_label_are_positives() -> None:
    rows, problems = written(task(ANIMALS, "label"))
    assert not problems
    labels = {text: set(outputs) for text, outputs in ANIMALS}
    assert [row["query"][1] for row in rows] == list(labels)
    for row in rows:
        query, positive, negative = (row[side][1] for side in ("query", "pos", "neg"))
        assert query != positive
        assert labels[query] & labels[positive]
        assert not labels[query] & labels[negative]
        instruction = "Represent the input for classification; Input: "
        assert {row[side][0] for side in ("query", "pos", "neg")} == {instruction}


def test_labels_are_detected_in_outputs() -> None:
    pairs = [(f"number {index}", [("even", "odd")[index % 2]]) for index in range(120)]
    rows, _ = written(task(pairs))
    assert all(row["neg"][1].startswith("number") for row in rows)


def test_an_input_with_two_labels_is_a_negative_of_neither() -> None:
    rows, problems = written(task([*ANIMALS, ("Heron", ["fish"])], "label"))
    negatives = {row["query"][1]: row["neg"][1] for row in rows}
    assert "heron" not in map(normalise, negatives.values())
    reason = "it has a label that all other inputs have too"
    message = f"makes no triple: {reason}. The other instances are written."
    assert [problem.message for problem in problems] == [message] * 2


def test_outputs_of_other_instances_are_negatives_unless_they_are_correct() -> None:
    capitals = [("Chad", ["N'Djamena"]), ("chad ", ["Ndjamena"]), ("Mali", ["Bamako"])]
    shown = {"input": "Mali", "output": "ndjamena", "explanation": "For the test."}
    rows, problems = written(task(capitals, positive_demonstrations=[shown]))
    assert [(row["query"][1], row["pos"][1], row["neg"][1]) for row in rows] == [
        ("Chad", "N'Djamena", "Bamako"),
        ("chad ", "Ndjamena", "Bamako"),
        ("Mali", "Bamako", "N'Djamena"),
    ]
    assert rows[0]["query"][0] == "Represent the input for answering it; Input: "
    assert (
        rows[0]["pos"][0] == rows[0]["neg"][0] == "Represent the answer for answering it; Input: "
    )
    assert not problems


def test_the_order_in_a_set_is_ignored() -> None:
    pairs = [("p", ["a, b"]), ("q", ["b, a"]), ("r", ["b"])]
    found = task(pairs, "set")
    found["answer_format"]["separator"] = ", "
    rows, _ = written(found)
    assert [row["neg"][1] for row in rows[:2]] == ["b", "b"]


def test_a_worse_choice_is_the_negative() -> None:
    found = task([("1 + 1", ["2"]), ("1 + 2", ["3"])], "choices")
    scores = ({"2": 1, "11": 0}, {"3": 1})
    for instance, scored in zip(found["instances"], scores, strict=True):
        instance["answer"] = [{"text": text, "score": score} for text, score in scored.items()]
    rows, _ = written(found)
    assert [row["neg"][1] for row in rows] == ["11", "2"]


def test_earlier_turns_come_before_the_input() -> None:
    found = task([("and Mali", ["Bamako"]), ("Chad", ["N'Djamena"])])
    found["instances"][0]["context"] = [{"role": "user", "content": "Capital of Chad"}]
    assert written(found)[0][0]["query"][1] == "Capital of Chad\nand Mali"


def test_instances_without_a_triple_are_reported() -> None:
    rows, problems = written(task([("p", ["a"]), ("", ["b"]), ("q", [" "])]))
    assert [row["query"][1] for row in rows] == ["p"]
    assert [(problem.place.pointer, problem.rule) for problem in problems] == [
        ("/instances/1", "not-expressible"),
        ("/instances/2", "not-expressible"),
    ]
    empty, same = task([]), task([("p", ["a"]), ("q", ["A"])])
    rows, problems = written(empty, same | {"name": "b"})
    assert not rows
    why = "because it has no wrong answer among the outputs of other instances"
    assert [(str(problem.place.path), problem.message) for problem in problems] == [
        ("a", "has no instances, so it makes no triple. Add instances."),
        ("b", f"no instance makes a triple, mostly (2 of 2) {why}. Choose another format."),
    ]


def test_tasks_are_numbered_and_keep_canary_and_licenses() -> None:
    first = task(ANIMALS, "label", canary="canary GUID 1", licenses=[{"text": "CC0 1.0"}])
    first |= {"domains": ["Zoology -> Birds"], "categories": ["Text Categorization"]}
    second = task(ANIMALS, summary="Tell birds\nfrom fish.", name="b")
    rows, _ = written(first, second)
    assert [(row["task_id"], row["task_name"]) for row in rows] == [(1, "a")] * 6 + [(2, "b")] * 6
    assert rows[0]["query"][0] == "Represent the Birds input for text categorization; Input: "
    instruction = 'Represent the input for the task "Tell birds from fish"; Input: '
    assert rows[6]["query"][0] == instruction
    column = rows[0]["taskschema"]
    assert column["instances"][0] == "i0"
    assert (column["canary"], column["licenses"]) == ("canary GUID 1", [{"text": "CC0 1.0"}])
    assert "taskschema" not in written(first, bare=True)[0][0]


def test_triples_depend_on_task_and_seed_only() -> None:
    one, other = task(ANIMALS, "label"), task(ANIMALS, "label", name="b")
    alone, _ = written(one)
    assert written(other, one)[0][6:] == [row | {"task_id": 2} for row in alone]
    assert {json.dumps(written(one, seed=seed)[0]) for seed in range(5)} != {json.dumps(alone)}


@settings(max_examples=60, deadline=None)
@given(found=strategies.v3_documents())
def test_every_instance_makes_a_triple_or_is_reported(found: Document) -> None:
    rows, problems = written(found)
    if rows:
        assert len(rows) + len(problems) == len(found["instances"])
    for row in rows:
        sides = [row[side] for side in ("query", "pos", "neg")]
        assert all(instruction.startswith("Represent ") for instruction, _ in sides)
        assert all(text.strip() for _, text in sides)
        assert normalise(row["pos"][1]) != normalise(row["neg"][1])
