"""Parser of preference rows: the prompt, the chosen answer and the rejected answer."""

from typing import Any, NamedTuple

from taskschema.convert.pieces import Document, Place, Problem
from taskschema.convert.shared.rows.row_fields import json_type
from taskschema.core.text.near_misses import near_misses

__all__ = ["PreferenceRow", "parse_row"]

ROLES = ("system", "user", "assistant", "tool")
SIDES = ("chosen", "rejected")
PROMPT, MESSAGES = "prompt", "messages"
CONVERSATIONS = "conversations"
PLAIN = {"role", "content"}
OF_SHAREGPT = {"from", "value"}
ROLE_OF = {"human": "user", "gpt": "assistant", "observation": "tool"}
LONGEST = 40  # characters of a role in a message


class PreferenceRow(NamedTuple):
    """One parsed row."""

    context: list[Document]
    """The messages before the prompt."""
    prompt: str
    chosen: str
    rejected: str
    fields: Document
    """All other fields of the row."""


class _ShapeError(Exception):
    """A problem of the row, with the pointer to it."""

    def __init__(self, pointer: str, message: str) -> None:
        super().__init__(message)
        self.pointer = pointer
        self.message = message


def parse_row(place: Place, row: Document, known: tuple[str, ...]) -> PreferenceRow | Problem:
    """Return the parsed row, or its first problem.

    Args:
        place: the place of the row.
        row: the fields of the row.
        known: names of fields that are not kept in `fields`.
    """
    try:
        return _parse_row(row, known)
    except _ShapeError as error:
        inner = place._replace(pointer=place.pointer + error.pointer)
        return Problem(inner, "wrong-shape", error.message)


def _parse_row(row: Document, known: tuple[str, ...]) -> PreferenceRow:
    where = PROMPT
    if PROMPT not in row and isinstance(row.get(CONVERSATIONS), list):
        where = CONVERSATIONS
    fields = {key: row[key] for key in row if key not in (*known, PROMPT, where)}
    if fields.get(MESSAGES) == row.get("chosen"):
        fields.pop(MESSAGES, None)
    turns, answers = {}, {}
    for side in SIDES:
        turns[side], answers[side] = _side(row, side)
        fields |= _verbatim(row, side)
    turns_before = turns["chosen"]
    if turns_before != turns["rejected"]:
        raise _ShapeError(
            "/rejected",
            "`chosen` and `rejected` differ before their last messages. Split the row into rows "
            "that differ in their last messages only.",
        )
    prompt = row.get(where)
    if isinstance(prompt, list):
        messages = _messages(prompt, f"/{where}")
        fields |= _verbatim(row, where)
        if turns_before and turns_before != messages:
            message = f"`chosen` does not start with the messages of `{where}`. Remove one of them."
            raise _ShapeError(f"/{where}", message)
        turns_before = messages
    elif isinstance(prompt, str):
        turns_before = turns_before or [{"role": "user", "content": prompt}]
        if turns_before[-1]["content"] != prompt:
            fields[PROMPT] = prompt
    elif prompt is not None:
        message = (
            f"`prompt` is {json_type(prompt)}, not a text or a list of messages. Write it as one."
        )
        raise _ShapeError(f"/{where}", message)
    if not turns_before:
        message = "has no `prompt` and no message before its answers. Add the prompt."
        raise _ShapeError("", message)
    if turns_before[-1]["role"] != "user":
        role = turns_before[-1]["role"]
        message = f"its answers follow a message of role {role!r}, not `user`. Remove the row."
        raise _ShapeError("", message)
    if answers["chosen"] == answers["rejected"]:
        message = (
            "`chosen` and `rejected` are the same answer, so neither is preferred. Remove the row."
        )
        raise _ShapeError("/rejected", message)
    return PreferenceRow(
        turns_before[:-1],
        turns_before[-1]["content"],
        answers["chosen"],
        answers["rejected"],
        fields,
    )


def _side(row: Document, side: str) -> tuple[list[Document], str]:
    """Return the messages before an answer, and the answer."""
    if side not in row:
        close = near_misses(side, [key for key in row if key not in SIDES])
        fix = f"It has `{close[0]}`; rename that." if close else "Add it."
        raise _ShapeError("", f"has no `{side}`. {fix}")
    value = row[side]
    if isinstance(value, str):
        return [], value
    value = [value] if isinstance(value, dict) else value
    if not isinstance(value, list):
        message = (
            f"`{side}` is {json_type(value)}, not a text or a list of messages. Write it as one."
        )
        raise _ShapeError(f"/{side}", message)
    messages = _messages(value, f"/{side}")
    if not messages or messages[-1]["role"] != "assistant":
        message = f"`{side}` does not end with a message of role `assistant`. Add the answer."
        raise _ShapeError(f"/{side}", message)
    return messages[:-1], messages[-1]["content"]


def _messages(values: list[Any], pointer: str) -> list[Document]:
    """Return the messages with role and content only."""
    found = []
    for index, value in enumerate(values):
        here = f"{pointer}/{index}"
        if not isinstance(value, dict):
            message = (
                f"is {json_type(value)}, not a message with `role` and `content`. Write it as one."
            )
            raise _ShapeError(here, message)
        if value.keys() >= OF_SHAREGPT and not value.keys() & PLAIN:
            role = value["from"] if isinstance(value["from"], str) else ""
            value = {"role": ROLE_OF.get(role, role), "content": value["value"]}  # noqa: PLW2901
        if value.get("role") not in ROLES:
            role = str(value.get("role"))[:LONGEST]
            message = (
                f"has the role {role!r}, which is not one of {', '.join(ROLES)}. Use one of them."
            )
            raise _ShapeError(here, message)
        if not isinstance(value.get("content"), str):
            what = json_type(value.get("content"))
            raise _ShapeError(here, f"`content` is {what}, not a text. Write it as one.")
        found.append({"role": value["role"], "content": value["content"]})
    return found


def _verbatim(row: Document, key: str) -> Document:
    """Return a list of messages unchanged if its messages have more than role and content."""
    value = row[key]
    messages = [value] if isinstance(value, dict) else value
    if isinstance(messages, list) and any(
        message.keys() not in (PLAIN, OF_SHAREGPT) for message in messages
    ):
        return {f"{key}_messages": value}
    return {}
