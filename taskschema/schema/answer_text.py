"""Renders structured answers as the strings of `output`."""

import json
from typing import Any

__all__ = ["render"]


def render(answer_format: dict[str, Any], answer: Any) -> list[str]:
    """Return the strings of `output` for a structured `answer`.

    Args:
        answer_format: an answer format of kind `set`, `fields` or `choices`.
        answer: an answer of this kind; for `fields`, with all fields of the format.
    """
    match answer_format["kind"]:
        case "set":
            return [answer_format["separator"].join(members) for members in answer]
        case "fields":
            first = {name: answer[name][0] for name in answer_format["fields"]}
            return [json.dumps(first, ensure_ascii=False, separators=(",", ":"))]
        case _:
            best = max(choice["score"] for choice in answer)
            return [choice["text"] for choice in answer if choice["score"] == best]
