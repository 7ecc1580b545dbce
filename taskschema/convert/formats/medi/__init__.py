"""MEDI, the training data of INSTRUCTOR: triples of texts, each with an instruction.

A row has `query`, `pos` and `neg`, each a list of an instruction and a text. `task_id` and
`task_name` group the rows of a task. Tasks are numbered from 1 in the order of the source. The file
is one JSON list, like `medi-data.json`, because `train.py` loads it as a whole; each line holds one
row. The rows of a task are consecutive, because every training batch must be of one task.

One row is made per instance, randomly by `--seed` and without embeddings:

- If the answers are labels, declared or detected in the outputs, all three texts are inputs: `pos`
  has the same label, `neg` another one.
- If the answers are scored choices, `query` is the input, `pos` its best choice, `neg` a worse one.
- Otherwise `query` is the input, `pos` its first output, and `neg` the first output of another
  instance, never an output of an instance or positive demonstration with the same input.

Upstream pairs texts that a model finds similar, with a program that was never published; the
negatives here are easier. Earlier turns are put before the input. The instruction follows
upstream's template, `Represent the (domain) (text) for (objective); Input: `, with the first
domain, and with the summary, else the first category, as the objective. Instances without a triple
are reported.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from taskschema.convert.format import ConvertOptions, Format, Loss
from taskschema.convert.formats.medi.triples import Triple, triples
from taskschema.convert.pieces import (
    Chunk,
    Document,
    Item,
    Place,
    Problem,
    SourceCounts,
    tasks_in,
)
from taskschema.convert.shared.rows.taskschema_column import COLUMN, shared_column
from taskschema.convert.shared.rows.write_only_losses import WRITE_ONLY_LOSSES

MISCELLANEOUS = "Misc."  # not usable as an objective


def write(
    items: Iterable[Item], options: ConvertOptions
) -> Iterator[Chunk | Problem | SourceCounts]:
    """Yield one list with a line per instance that has a triple."""
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
                message = f"makes no triple: it {triple}. The other instances are written."
                yield Problem(place, "not-expressible", message)
                yield SourceCounts(refused=1)
                continue
            yield Chunk("", before + orjson.dumps(_row(task, triple, number, shared)))
            before = b",\n"
    yield Chunk("", b"\n]\n" if number else b"[]\n")


def _row(task: Document, triple: Triple, number: int, shared: Document) -> Document:
    of_query = _instruction(task, "input", of_labels=triple.of_inputs)
    of_answer = of_query if triple.of_inputs else _instruction(task, "answer")
    row = {
        "query": [of_query, triple.query.text],
        "pos": [of_answer, triple.positive.text],
        "neg": [of_answer, triple.negative.text],
        "task_id": number,
        "task_name": task["name"],
    }
    if shared:
        sides = (triple.query, triple.positive, triple.negative)
        row[COLUMN] = shared | {"instances": [side.instance for side in sides]}
    return row


def _instruction(task: Document, text: str, *, of_labels: bool = False) -> str:
    """Return the instruction that describes a text and the purpose of its embedding."""
    domain = "".join(f"{_last(path)} " for path in task.get("domains", ())[:1] if _last(path))
    if summary := " ".join(task.get("summary", "").split()).rstrip(" ."):
        objective = f'the task "{summary}"'
    elif categories := [name for name in task.get("categories", ()) if name != MISCELLANEOUS]:
        objective = _last(categories[0]).lower()
    else:
        objective = "classification" if of_labels else "answering it"
    return f"Represent the {domain}{text} for {objective}; Input: "


def _last(path: str) -> str:
    """Return the last part of a vocabulary path, on one line."""
    return " ".join(path.rpartition("->")[2].split())


def _no_triple(made: list[Triple | str]) -> str:
    reasons = Counter(triple for triple in made if isinstance(triple, str))
    if not reasons:
        return "has no instances, so it makes no triple. Add instances."
    (reason, count), *_ = reasons.most_common(1)
    return (
        f"no instance makes a triple, mostly ({count:,} of {len(made):,}) because it {reason}. "
        "Choose another format."
    )


FORMAT = Format(
    title="MEDI, for training INSTRUCTOR: query, positive and hard negative; write only",
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
