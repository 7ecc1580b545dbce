"""How a structured answer is written as the strings of `output`."""

import json
from typing import Any

__all__ = ["render"]


def render(answer_format: dict[str, Any], answer: Any) -> list[str]:
    """The alternatives that `output` lists for an `answer`.

    Args:
        answer_format: of kind `set`, `fields` or `choices`.
        answer: fits that kind; for `fields` it has every field of the format.
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
