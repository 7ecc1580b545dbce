"""Inspect samples and instances, converted into each other.

A value in another form than taskschema writes it, such as a target that is a number, is found by
converting the instance back: values that differ are kept unchanged.
"""

from typing import Any, NamedTuple

from taskschema.convert.pieces import Document, Place, Problem
from taskschema.convert.shared.rows.json_difference import same
from taskschema.convert.shared.rows.row_fields import json_type
from taskschema.core.text.near_misses import near_misses
from taskschema.core.text.printing import quote

__all__ = ["FIELDS", "ParsedSample", "parse_sample", "sample_of", "unparsed_fields"]

FIELDS = ("id", "input", "choices", "target")
ROLES = ("system", "user", "assistant", "tool")
LETTERS = 26  # choices with a letter; further choices have numbers, from 1
MOST_DIGITS = 4  # of such a number


class ParsedSample(NamedTuple):
    """A parsed sample."""

    instruction: str | None
    """The content of the first message if it is a system message."""
    instance: Document

    def same(self, other: "ParsedSample") -> bool:
        """Return whether both samples are equal, their choices aside."""
        both = [[one.instruction or "", {**one.instance, "answer": None}] for one in (self, other)]
        return same(*both)


def parse_sample(place: Place, row: Document) -> ParsedSample | Problem:
    """Return the instance in a sample, or its first problem."""
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
    return ParsedSample(instruction, instance)


def _chosen(choices: list[str], targets: list[str]) -> Document:
    """Return output and scored choices; empty if the targets are not among the choices."""
    found = [_number(target, choices) for target in targets]
    numbers = [number for number in found if number is not None]
    if not numbers or len(numbers) < len(found):
        return {}
    scored = [
        {"text": text, "score": int(number in numbers)} for number, text in enumerate(choices)
    ]
    return {"output": [choices[number] for number in numbers], "answer": scored}


def _number(target: str, choices: list[str]) -> int | None:
    """Return the index of the choice that a letter, number or text selects."""
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
    """Return the instruction, and an instance with context and input."""
    if "input" not in row:
        close = near_misses("input", row)
        fix = f"It has `{close[0]}`; rename that." if close else "Add it."
        return Problem(place, "wrong-shape", f"has no `input`. {fix}")
    value, place = row["input"], _in(place, "input")
    if not isinstance(value, (str, list)):
        message = (
            f"`input` is {json_type(value)}, not a text or a list of messages. Write it as one."
        )
        return Problem(place, "wrong-shape", message)
    if not value:
        return Problem(place, "wrong-shape", "`input` is empty. Write it or remove the row.")
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
        found = quote(role) if isinstance(role, str) else json_type(role)
        message = f"`role` is {found}, not one of {', '.join(ROLES)}. Correct it."
        return Problem(place, "wrong-shape", message)
    parts = content if isinstance(content, list) else [{"type": "text", "text": content}]
    texts = []
    for part in parts:
        is_text = isinstance(part, dict) and part.get("type") == "text"
        text = part.get("text") if is_text else None
        if not isinstance(text, str):
            message = "`content` is not a text or has a part that is not. Write it as text."
            return Problem(_in(place, "content"), "wrong-shape", message)
        texts.append(text)
    return {"role": role, "content": "".join(texts)}


def _texts(place: Place, value: Any) -> list[str] | Problem:
    """Return one or several values as texts; numbers and booleans as Inspect writes them."""
    values = value if isinstance(value, list) else [] if value is None else [value]
    wrong = next((one for one in values if not isinstance(one, (str, int, float))), "")
    if wrong != "":
        message = f"is or contains {json_type(wrong)}. Write a text or a list of texts."
        return Problem(place, "wrong-shape", message)
    return [str(one) for one in values]


def _in(place: Place, token: str) -> Place:
    return place._replace(pointer=f"{place.pointer}/{token}")


def sample_of(instruction: str | None, instance: Document) -> Document:
    """Return the sample of an instance, with choices and letters if all outputs are among them.

    Args:
        instruction: the content of a first system message; None for no such message, which is
            not allowed if the context starts with a system message.
        instance: the instance, with its input without the instruction.
    """
    context, text = instance.get("context", []), instance["input"]
    system = [] if instruction is None else [{"role": "system", "content": instruction}]
    user = [{"role": "user", "content": text}]
    row: Document = {"id": instance["id"]} if "id" in instance else {}
    row["input"] = text if text and not system and not context else [*system, *context, *user]
    output = instance["output"]
    if choices := _choices(instance):
        row["choices"] = choices
        output = [_letter(choices.index(text)) for text in output]
    row["target"] = output[0] if len(output) == 1 else output
    return row


def _choices(instance: Document) -> list[str]:
    """Return the choices if letters can select all outputs among them; else an empty list."""
    answer = instance.get("answer")
    scored = isinstance(answer, list) and all(isinstance(one, dict) for one in answer)
    texts = [one["text"] for one in answer or ()] if scored else []
    are_plain = all(text.strip() == text != "" for text in texts)
    return texts if are_plain and set(instance["output"]) <= set(texts) else []


def unparsed_fields(row: Document, found: ParsedSample) -> Document:
    """Return the fields of a sample that `sample_of` omits or writes differently."""
    again = sample_of(found.instruction, found.instance)
    return {
        key: value
        for key, value in row.items()
        if value is not None and not (key in again and same(again[key], value))
    }
