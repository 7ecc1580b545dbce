"""Self-Instruct's data for training: a prompt and a completion a line.

Each instance is laid out in one of the program's templates, thirteen in all, drawn by the seed;
`--config` with `{"layout": "fixed"}` takes the plain one, instruction and input with blank lines.
Every completion ends with `<|endoftext|>`. Rows stand in the order of the tasks; the program
shuffles them and drops those that are equal.
"""

from collections.abc import Iterable, Iterator
from random import Random

import orjson

from taskschema.convert.format import ConvertOptions, Format, Loss
from taskschema.convert.pieces import Beside, Chunk, Document, Problem, documents
from taskschema.convert.shared.rows.self_instruct import encoded
from taskschema.convert.shared.rows.taskschema_column import COLUMN, carrier
from taskschema.convert.shared.rows.write_only import LOSES
from taskschema.core.errors import ConfigError
from taskschema.core.plugin_settings import Setting
from taskschema.schema.row_instructions import instruction_and_input


def write(items: Iterable[Document | Beside], options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """A row a line, of each instance with its first output."""
    layout = options.configuration.get("layout")
    if layout not in (None, "fixed"):
        raise ConfigError(f"--config: `layout` may only be `fixed`, not `{layout}`. Correct it.")
    for task in documents(items):
        shared = carrier(task, options)
        seed = f"{options.seed} {task['name']}"
        chance = None if layout else Random(seed)  # noqa: S311 - nothing secret
        for instance in task["instances"]:
            row = encoded(*instruction_and_input(task, instance), instance["output"][0], chance)
            column: Document = {COLUMN: shared | {"id": instance["id"]}} if shared else {}
            yield Chunk("", orjson.dumps(row | column, option=orjson.OPT_APPEND_NEWLINE))


FORMAT = Format(
    title="Self-Instruct for training: prompt and completion; written, never read",
    write=write,
    loses=LOSES
    | {"/instances/*/input": Loss("white space around texts", lambda t: t != t.strip())},
    suffix=".jsonl",
    takes=frozenset({"seed"}),
    settings={"layout": Setting(str, "`fixed` for one layout; by default drawn from several")},
)
