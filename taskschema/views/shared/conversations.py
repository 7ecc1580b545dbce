"""Conversations and prompts that several views share, and the demonstrations in them."""

from collections.abc import Iterator
from itertools import dropwhile

from taskschema.core.plugin_settings import Setting
from taskschema.core.text.normal_forms import normalise
from taskschema.schema.row_instructions import SEPARATOR, instruction_and_input
from taskschema.views.view import Record, Task, View, ViewOptions, random_of

__all__ = ["DEMONSTRATIONS", "SYSTEM", "Shots", "conversation", "one_text", "questions"]

DEMONSTRATIONS = Setting(
    int,
    "the number of positive demonstrations before the input; those with the input of the instance "
    "are never shown",
    0,
)
SYSTEM = "whether the definition is the system message, instead of the start of the first input"
Turns = list[Record]


class Shots:
    """The positive demonstrations to show before the instances of one task."""

    def __init__(self, view: View, task: Task, options: ViewOptions) -> None:
        self.task = task
        self.options = options
        self.count: int = view.setting(options, "demonstrations")
        rows = task.get("positive_demonstrations", []) if self.count else []
        self.rows = [(normalise(row["input"]), row) for row in rows]

    def before(self, instance: Record) -> list[Record]:
        """Return the demonstrations for an instance, drawn by its id; all if there are too few."""
        if not self.rows:
            return []
        own = questions(self.task, instance)
        rows = [row for question, row in self.rows if question not in own]
        if len(rows) <= self.count:
            return rows
        chance = random_of(self.task, self.options, f"demonstrations {instance['id']}")
        return chance.sample(rows, self.count)


def questions(task: Task, instance: Record) -> set[str]:
    """Return the normalised input of an instance, with and without its own instruction."""
    return {
        normalise(text) for text in {instance["input"], instruction_and_input(task, instance)[1]}
    }


def conversation(task: Task, instance: Record, shots: list[Record], *, has_system: bool) -> Turns:
    """Return the turns up to the input, without the answer.

    System messages at the start of a context move to the start of the conversation and are merged,
    as most chat templates accept one system message, and only there. For an instance without an
    input, the user message is the definition.
    """
    instruction, text = instruction_and_input(task, instance)
    system: list[str] = []
    turns: Turns = []
    for shot in shots:
        turns += [*_after_system(shot, system), _turn("user", shot["input"])]
        turns.append(_turn("assistant", shot["output"]))
    turns += [*_after_system(instance, system), _turn("user", text)]
    turns = [_turn(turn["role"], turn["content"]) for turn in turns]
    if has_system and (text or len(turns) > 1):
        system.insert(0, instruction)
    else:
        first = next(turn for turn in turns if turn["role"] == "user")
        first["content"] = SEPARATOR.join(filter(None, (instruction, first["content"])))
    return [_turn("system", SEPARATOR.join(system)), *turns] if system else turns


def _after_system(row: Record, system: list[str]) -> Turns:
    """Return the context after its leading system messages; add new ones of these to `system`."""
    context: Turns = row.get("context", [])
    rest = [*dropwhile(lambda turn: turn["role"] == "system", context)]
    for turn in context[: len(context) - len(rest)]:
        if turn["content"] not in system:
            system.append(turn["content"])
    return rest


def one_text(task: Task, instance: Record, shots: list[Record]) -> str:
    """Return definition, demonstrations, context and input as one text before the answer."""
    instruction, text = instruction_and_input(task, instance)
    parts = [instruction]
    parts += ["".join((*_lines(shot), f"Output: {shot['output']}")) for shot in shots]
    parts.append("".join((*_lines(instance | {"input": text}), "Output:")))
    return SEPARATOR.join(filter(None, parts))


def _lines(row: Record) -> Iterator[str]:
    for turn in row.get("context", []):
        yield f"{turn['role'].capitalize()}: {turn['content']}\n"
    if row["input"]:
        yield f"Input: {row['input']}\n"


def _turn(role: str, content: str) -> Record:
    return {"role": role, "content": content}
