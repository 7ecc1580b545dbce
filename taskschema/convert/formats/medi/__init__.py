"""MEDI, the data that INSTRUCTOR is trained on: triples of texts, each with an instruction.

A row has `query`, `pos` and `neg`, each a list of an instruction and a text; `task_id` and
`task_name` say which rows are of one task. The file is one JSON list, as `medi-data.json` is, since
`train.py` loads it whole; a row stands on each line. The rows of a task follow each other, for
every batch of theirs must be of one task. Tasks are numbered from 1 as they come.

How rows are made, one for each instance, at random by the seed but without any embedding:

- Where a task chooses from labels, declared or seen in its outputs, all three texts are inputs:
  `pos` is one of the same label, `neg` one of another.
- Where answers are scored choices, `query` is the input, `pos` its best choice, `neg` a worse one.
- Else `query` is the input, `pos` its first output, and `neg` the first output of another instance,
  never one that any instance or positive demonstration of the same input calls right.

Upstream pairs texts that a model finds alike, and its program for it was never published; these
negatives are easier. Earlier turns stand before the input. The instruction follows upstream's
template, `Represent the (domain) (text) for (objective); Input: `, with the first domain, and with
the summary or else the first category as the objective. An instance without a triple is told.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from taskschema.convert.format import ConvertOptions, Format, Loss
from taskschema.convert.formats.medi.triples import Triple, triples
from taskschema.convert.pieces import (
    Chunk,
    CompanionFile,
    Document,
    Place,
    Problem,
    SourceCounts,
    tasks_in,
)
from taskschema.convert.shared.rows.taskschema_column import COLUMN, shared_column
from taskschema.convert.shared.rows.write_only_losses import WRITE_ONLY_LOSSES

MISCELLANEOUS = "Misc."  # says nothing of an objective


def write(
    items: Iterable[Document | CompanionFile], options: ConvertOptions
) -> Iterator[Chunk | Problem | SourceCounts]:
    """One list with a row a line, of each instance that a triple can be made for."""
    before = b"[\n"
    number = 0
    for task in tasks_in(items):
        made = triples(task, options.seed)
        if not any(isinstance(triple, Triple) for triple in made):
            yield Problem(Place(Path(task["name"])), "not-expressible", _no_triple(made))
            continue
        number += 1
        shared = shared_column(task, options)
        for index, triple in enumerate(made):
            if isinstance(triple, str):
                place = Place(Path(task["name"]), pointer=f"/instances/{index}")
                message = f"makes no triple: it {triple}. The others are written."
                yield Problem(place, "not-expressible", message)
                yield SourceCounts(refused=1)
                continue
            yield Chunk("", before + orjson.dumps(_row(task, triple, number, shared)))
            before = b",\n"
    yield Chunk("", b"\n]\n" if number else b"[]\n")


def _row(task: Document, triple: Triple, number: int, shared: Document) -> Document:
    asked = _instruction(task, "input", of_labels=triple.of_inputs)
    answered = asked if triple.of_inputs else _instruction(task, "answer")
    row = {
        "query": [asked, triple.query.text],
        "pos": [answered, triple.positive.text],
        "neg": [answered, triple.negative.text],
        "task_id": number,
        "task_name": task["name"],
    }
    if shared:
        sides = (triple.query, triple.positive, triple.negative)
        row[COLUMN] = shared | {"instances": [side.instance for side in sides]}
    return row


def _instruction(task: Document, text: str, *, of_labels: bool = False) -> str:
    """What the model is told that a text is to be represented for."""
    domain = "".join(f"{_last(path)} " for path in task.get("domains", ())[:1] if _last(path))
    if summary := " ".join(task.get("summary", "").split()).rstrip(" ."):
        objective = f'the task "{summary}"'
    elif categories := [name for name in task.get("categories", ()) if name != MISCELLANEOUS]:
        objective = _last(categories[0]).lower()
    else:
        objective = "classification" if of_labels else "answering it"
    return f"Represent the {domain}{text} for {objective}; Input: "


def _last(path: str) -> str:
    """The last word of a path in a vocabulary, on one line."""
    return " ".join(path.rpartition("->")[2].split())


def _no_triple(made: list[Triple | str]) -> str:
    reasons = Counter(triple for triple in made if isinstance(triple, str))
    if not reasons:
        return "has no instances, so that no triple can be made. Add some."
    (reason, count), *_ = reasons.most_common(1)
    return (
        f"no instance makes a triple, mostly ({count:,} of {len(made):,}) because it {reason}. "
        "Choose another format."
    )


FORMAT = Format(
    title="MEDI, for training INSTRUCTOR: query, positive and hard negative; written, never read",
    write=write,
    loses={
        pointer: loss for pointer, loss in WRITE_ONLY_LOSSES.items() if pointer != "/definition/+"
    }
    | {
        "/definition": Loss("the definition"),
        "/instances/*/output/+": Loss("all outputs but the first"),
        "/instances/*/context": Loss("the roles of earlier turns"),
    },
    suffix=".json",
    takes=frozenset({"seed"}),
)
