"""Self-Instruct training data: one prompt and completion per line.

Each instance is laid out in one of the thirteen templates of the original program, drawn by
`--seed`. `--config '{"layout": "fixed"}'` always uses the plain one: instruction and input with
blank lines. Every completion ends with `<|endoftext|>`. Rows keep the order of the tasks; the
original program shuffles them and drops duplicates.
"""

from collections.abc import Iterable, Iterator
from random import Random

import orjson

from taskschema.convert.format import ConvertOptions, Format, Loss
from taskschema.convert.pieces import Chunk, Document, Item, Problem, tasks_in
from taskschema.convert.shared.rows.self_instruct import encoded
from taskschema.convert.shared.rows.taskschema_column import COLUMN, shared_column
from taskschema.convert.shared.rows.write_only_losses import WRITE_ONLY_LOSSES
from taskschema.core.errors import ConfigError
from taskschema.core.plugin_settings import Setting
from taskschema.schema.row_instructions import instruction_and_input


def write(items: Iterable[Item], options: ConvertOptions) -> Iterator[Chunk | Problem]:
    """Yield one line per instance, with its first output.

    Raises:
        ConfigError: `layout` in the configuration is not `fixed`.
    """
    layout = options.configuration.get("layout")
    if layout not in (None, "fixed"):
        message = f"--config: `layout` is `{layout}`; the only value is `fixed`. Correct it."
        raise ConfigError(message)
    for task in tasks_in(items):
        shared = shared_column(task, options)
        seed = f"{options.seed} {task['name']}"
        chance = None if layout else Random(seed)  # noqa: S311 - nothing secret
        for instance in task["instances"]:
            row = encoded(*instruction_and_input(task, instance), instance["output"][0], chance)
            column: Document = {COLUMN: shared | {"id": instance["id"]}} if shared else {}
            yield Chunk("", orjson.dumps(row | column, option=orjson.OPT_APPEND_NEWLINE))


FORMAT = Format(
    title="Self-Instruct training data: prompt and completion; write only",
    write=write,
    loses=WRITE_ONLY_LOSSES
    | {
        "/instances/*/input": Loss("white space around texts", lambda text: text != text.strip()),
    },
    suffix=".jsonl",
    takes=frozenset({"seed"}),
    settings={"layout": Setting(str, "`fixed` for one layout; by default drawn from several")},
)
