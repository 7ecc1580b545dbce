"""Samples of Inspect and instances: what one says, said by the other.

Whatever a sample says in another way than it is said here, such as a target that is a number, is
found by saying it again: what differs is kept as it stood.
"""

from typing import Any, NamedTuple

from taskschema.convert.pieces import Document, Place, Problem
from taskschema.convert.shared.rows.json_difference import same
from taskschema.convert.shared.rows.row_fields import json_type
from taskschema.core.text.near_misses import near_misses
from taskschema.core.text.printing import quote

__all__ = ["FIELDS", "Heard", "heard", "kept", "laid_out"]

FIELDS = ("id", "input", "choices", "target")
ROLES = ("system", "user", "assistant", "tool")
LETTERS = 26  # then come numbers from 1
MOST_DIGITS = 4  # of such a number


class Heard(NamedTuple):
    """What a sample says."""

    instruction: str | None
    """Of the system, where it speaks first."""
    instance: Document

    def same(self, other: "Heard") -> bool:
        """Whether both say one thing, but for what else might have been chosen."""
        both = [[one.instruction or "", {**one.instance, "answer": None}] for one in (self, other)]
        return same(*both)


def heard(place: Place, row: Document) -> Heard | Problem:
    """The instance in a sample, or the first thing wrong with it."""
    found = _input(place, row)
    if isinstance(found, Problem):
        return found
    instruction, instance = found
    texts = _texts(_in(place, "target"), row.get("target"))
    if isinstance(texts, Problem):
        return texts
    listed = row.get("choices")
    if isinstance(listed, str):
        listed = listed.split("," if "," in listed else None)
    choices = _texts(_in(place, "choices"), listed)
    if isinstance(choices, Problem):
        return choices
    key = row.get("id")
    if key is not None and type(key) not in (str, int):
        message = f"`id` is {json_type(key)}, not a text or a whole number. Write it as one."
        return Problem(_in(place, "id"), "wrong-shape", message)
    if key not in (None, ""):
        instance["id"] = str(key)
    instance["output"] = texts or [""]
    if choices := [choice.strip() for choice in choices if choice.strip()]:
        instance |= _chosen(choices, texts)
    return Heard(instruction, instance)


def _chosen(choices: list[str], targets: list[str]) -> Document:
    """Output and scored choices; nothing where the targets are not among them."""
    found = [_number(target, choices) for target in targets]
    numbers = [number for number in found if number is not None]
    if not numbers or len(numbers) < len(found):
        return {}
    scored = [
        {"text": text, "score": int(number in numbers)} for number, text in enumerate(choices)
    ]
    return {"output": [choices[number] for number in numbers], "answer": scored}


def _number(target: str, choices: list[str]) -> int | None:
    """Which choice a letter means, or else a text."""
    if len(target) == 1 and target.isascii() and target.isalpha():
        number = ord(target.upper()) - ord("A")
    elif target.isascii() and target.isdecimal() and len(target) <= MOST_DIGITS:
        number = LETTERS - 1 + int(target)
    else:
        number = len(choices)
    if number < len(choices):
        return number
    return choices.index(target) if target in choices else None


def _letter(number: int) -> str:
    return chr(ord("A") + number) if number < LETTERS else str(number - LETTERS + 1)


def _input(place: Place, row: Document) -> tuple[str | None, Document] | Problem:
    """Instruction, context and input."""
    if "input" not in row:
        close = near_misses("input", row)
        cure = f"It has `{close[0]}`; rename that." if close else "Add it."
        return Problem(place, "wrong-shape", f"has no `input`. {cure}")
    value, place = row["input"], _in(place, "input")
    if not isinstance(value, (str, list)):
        message = (
            f"`input` is {json_type(value)}, not a text or a list of messages. Write it as one."
        )
        return Problem(place, "wrong-shape", message)
    if not value:
        return Problem(place, "wrong-shape", "`input` is empty. Write it, or leave the row out.")
    if isinstance(value, str):
        return None, {"input": value}
    turns = []
    for index, message in enumerate(value):
        turn = _turn(_in(place, str(index)), message)
        if isinstance(turn, Problem):
            return turn
        turns.append(turn)
    instruction = turns.pop(0)["content"] if turns[0]["role"] == "system" else None
    text = turns.pop()["content"] if turns and turns[-1]["role"] == "user" else ""
    return instruction, {"input": text} | ({"context": turns} if turns else {})


def _turn(place: Place, value: Any) -> Document | Problem:
    if not isinstance(value, dict):
        message = (
            f"is {json_type(value)}, not a message with `role` and `content`. Write it as one."
        )
        return Problem(place, "wrong-shape", message)
    role, content = value.get("role"), value.get("content")
    if role not in ROLES:
        there = quote(role) if isinstance(role, str) else json_type(role)
        message = f"`role` is {there}, not one of {', '.join(ROLES)}. Correct it."
        return Problem(place, "wrong-shape", message)
    parts = content if isinstance(content, list) else [{"type": "text", "text": content}]
    texts = []
    for part in parts:
        is_text = isinstance(part, dict) and part.get("type") == "text"
        text = part.get("text") if is_text else None
        if not isinstance(text, str):
            message = "`content` is no text, or has a part that is none. Put it into words."
            return Problem(_in(place, "content"), "wrong-shape", message)
        texts.append(text)
    return {"role": role, "content": "".join(texts)}


def _texts(place: Place, value: Any) -> list[str] | Problem:
    """One or several as texts; numbers and truth values as Inspect would write them."""
    values = value if isinstance(value, list) else [] if value is None else [value]
    wrong = next((one for one in values if not isinstance(one, (str, int, float))), "")
    if wrong != "":
        message = f"is or holds {json_type(wrong)}. Write a text, or a list of texts."
        return Problem(place, "wrong-shape", message)
    return [str(one) for one in values]


def _in(place: Place, token: str) -> Place:
    return place._replace(pointer=f"{place.pointer}/{token}")


def laid_out(instruction: str | None, instance: Document) -> Document:
    """The sample of an instance; scored choices and letters where all outputs are among them.

    Args:
        instruction: what the system says first; nothing where it is None, which it must not be if
            the context begins with the system.
        instance: its input without the instruction.
    """
    context, text = instance.get("context", []), instance["input"]
    said = [] if instruction is None else [{"role": "system", "content": instruction}]
    user = [{"role": "user", "content": text}]
    row: Document = {"id": instance["id"]} if "id" in instance else {}
    row["input"] = text if text and not said and not context else [*said, *context, *user]
    output = instance["output"]
    if choices := _choices(instance):
        row["choices"] = choices
        output = [_letter(choices.index(text)) for text in output]
    row["target"] = output[0] if len(output) == 1 else output
    return row


def _choices(instance: Document) -> list[str]:
    """The choices, if letters can name all outputs among them."""
    answer = instance.get("answer")
    scored = isinstance(answer, list) and all(isinstance(one, dict) for one in answer)
    texts = [one["text"] for one in answer or ()] if scored else []
    are_plain = all(text.strip() == text != "" for text in texts)
    return texts if are_plain and set(instance["output"]) <= set(texts) else []


def kept(row: Document, found: Heard) -> Document:
    """What a sample says otherwise than `laid_out` would, or in fields of its own."""
    again = laid_out(found.instruction, found.instance)
    return {
        key: value
        for key, value in row.items()
        if value is not None and not (key in again and same(again[key], value))
    }
