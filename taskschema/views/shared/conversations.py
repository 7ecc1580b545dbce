"""What views that ask in words share: who says what, and which demonstrations are shown before."""

from collections.abc import Iterator
from itertools import dropwhile

from taskschema.core.plugin_settings import Setting
from taskschema.core.text.normal_forms import normalise
from taskschema.schema.row_instructions import SEPARATOR, instruction_and_input
from taskschema.views.view import Record, Task, View, ViewOptions, chance_of

__all__ = ["DEMONSTRATIONS", "SYSTEM", "Shots", "conversation", "one_text", "questions"]

DEMONSTRATIONS = Setting(
    int,
    "how many positive demonstrations of the task stand before the input; those that ask what the "
    "instance asks are never among them",
    0,
)
SYSTEM = "whether the system says the definition; if not, it stands before the first input"
Turns = list[Record]


class Shots:
    """The positive demonstrations that may stand before the instances of one task."""

    def __init__(self, view: View, task: Task, options: ViewOptions) -> None:
        self.task = task
        self.options = options
        self.count: int = view.setting(options, "demonstrations")
        rows = task.get("positive_demonstrations", []) if self.count else []
        self.rows = [(normalise(row["input"]), row) for row in rows]

    def before(self, instance: Record) -> list[Record]:
        """Those for an instance, drawn by its id; all of them where there are not enough."""
        if not self.rows:
            return []
        own = questions(self.task, instance)
        rows = [row for question, row in self.rows if question not in own]
        if len(rows) <= self.count:
            return rows
        chance = chance_of(self.task, self.options, f"demonstrations {instance['id']}")
        return chance.sample(rows, self.count)


def questions(task: Task, instance: Record) -> set[str]:
    """What an instance asks, to be compared: its input, with and without its own instruction."""
    return {
        normalise(text) for text in {instance["input"], instruction_and_input(task, instance)[1]}
    }


def conversation(task: Task, instance: Record, shots: list[Record], *, has_system: bool) -> Turns:
    """The turns up to the input, without the answer.

    What the system says first in a context is said first of all, and once, as most templates of
    chats take one turn of the system and only there. An instance without an input is asked its
    definition.
    """
    instruction, text = instruction_and_input(task, instance)
    said: list[str] = []
    turns: Turns = []
    for shot in shots:
        turns += [*_after_system(shot, said), _turn("user", shot["input"])]
        turns.append(_turn("assistant", shot["output"]))
    turns += [*_after_system(instance, said), _turn("user", text)]
    turns = [_turn(turn["role"], turn["content"]) for turn in turns]
    if has_system and (text or len(turns) > 1):
        said.insert(0, instruction)
    else:
        first = next(turn for turn in turns if turn["role"] == "user")
        first["content"] = SEPARATOR.join(filter(None, (instruction, first["content"])))
    return [_turn("system", SEPARATOR.join(said)), *turns] if said else turns


def _after_system(row: Record, said: list[str]) -> Turns:
    """The context from where the system has spoken; what it says is noted unless it has been."""
    context: Turns = row.get("context", [])
    rest = [*dropwhile(lambda turn: turn["role"] == "system", context)]
    for turn in context[: len(context) - len(rest)]:
        if turn["content"] not in said:
            said.append(turn["content"])
    return rest


def one_text(task: Task, instance: Record, shots: list[Record]) -> str:
    """Definition, demonstrations, context and input as one text that the answer goes on from."""
    instruction, text = instruction_and_input(task, instance)
    parts = [instruction]
    parts += ["".join((*_said(shot), f"Output: {shot['output']}")) for shot in shots]
    parts.append("".join((*_said(instance | {"input": text}), "Output:")))
    return SEPARATOR.join(filter(None, parts))


def _said(row: Record) -> Iterator[str]:
    for turn in row.get("context", []):
        yield f"{turn['role'].capitalize()}: {turn['content']}\n"
    if row["input"]:
        yield f"Input: {row['input']}\n"


def _turn(role: str, content: str) -> Record:
    return {"role": role, "content": content}
