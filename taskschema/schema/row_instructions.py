"""Instructions of single rows in a task.

Rows that each have their own instruction may be converted into one task with a general definition.
The input of such an instance starts with its instruction, and `extras.instruction` repeats it.
"""

from typing import Any

__all__ = ["SEPARATOR", "instruction_and_input", "join_instruction", "split_instruction"]

SEPARATOR = "\n\n"


def join_instruction(instruction: str, text: str) -> str:
    """Join an instruction and an input to one text; `split_instruction` reverses it."""
    return f"{instruction}{SEPARATOR}{text}" if text else instruction


def split_instruction(instruction: str, whole: str) -> str | None:
    """Return the input of a text that starts with the instruction; None if it does not."""
    if whole == instruction:
        return ""
    before = f"{instruction}{SEPARATOR}"
    return (whole.startswith(before) and whole[len(before) :]) or None


def instruction_and_input(task: dict[str, Any], instance: dict[str, Any]) -> tuple[str, str]:
    """Return instruction and input of an instance; its own instruction if it has one."""
    instruction = instance.get("extras", {}).get("instruction")
    if isinstance(instruction, str) and instruction:
        text = split_instruction(instruction, instance["input"])
        if text is not None:
            return instruction, text
    return task["definition"][0], instance["input"]
