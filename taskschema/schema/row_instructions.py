"""Instructions that single rows brought along, and how they stand in a task.

Rows that carry an instruction each may become one task, whose definition is a general one. The
input of such an instance begins with its own instruction, which `extras.instruction` names as well.
"""

from typing import Any

__all__ = ["SEPARATOR", "instruction_and_input", "join_instruction", "split_instruction"]

SEPARATOR = "\n\n"


def join_instruction(instruction: str, text: str) -> str:
    """Instruction and input as one text; `parted` takes them apart."""
    return f"{instruction}{SEPARATOR}{text}" if text else instruction


def split_instruction(instruction: str, whole: str) -> str | None:
    """The input in a text that begins with the instruction; None where it does not."""
    if whole == instruction:
        return ""
    before = f"{instruction}{SEPARATOR}"
    return (whole.startswith(before) and whole[len(before) :]) or None


def instruction_and_input(task: dict[str, Any], instance: dict[str, Any]) -> tuple[str, str]:
    """Instruction and input of an instance: in a collection of loose rows, those of its own row."""
    instruction = instance.get("extras", {}).get("instruction")
    if isinstance(instruction, str) and instruction:
        text = split_instruction(instruction, instance["input"])
        if text is not None:
            return instruction, text
    return task["definition"][0], instance["input"]
