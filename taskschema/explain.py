"""What a rule or a field of the schema means, in words."""

import inspect
import json
import sys
from collections.abc import Iterator
from typing import Any

from taskschema import schema
from taskschema.errors import UnknownSubjectError
from taskschema.rules import FileRule, Rule, WaiverRule, all_rules
from taskschema.text import near_misses

__all__ = ["explanation"]


def explanation(subject: str) -> str:
    """The documentation of a rule, by code or name, or of a field, by its path with dots.

    Raises:
        UnknownSubjectError: there is neither; it names near misses.
    """
    rules = all_rules()
    for rule in rules:
        if subject.upper() == rule.code or subject.lower() == rule.name:
            return _of_rule(rule)
    newest = schema.load(schema.NEWEST)
    if field := _field(newest, subject.split(".")):
        return _of_field(subject, field)
    known = [*(rule.code for rule in rules), *(rule.name for rule in rules), *_paths(newest, "")]
    meant = near_misses(subject, known)
    cure = f"Did you mean {' or '.join(meant)}?" if meant else "Codes are like INS002."
    raise UnknownSubjectError(f"explain: there is no rule and no field {subject!r}. {cure}")


def _of_rule(rule: Rule) -> str:
    module = next(
        module
        for name, module in sys.modules.items()
        if name.startswith("taskschema.rules.") and getattr(module, "RULE", None) is rule
    )
    head = f"{rule.code} {rule.name} ({rule.severity}, since {rule.since})"
    body = inspect.cleandoc(module.__doc__ or "")
    good, bad = (_example(rule, value) for value in _cases(rule))
    return f"{head}\n\n{body}\n\nBad:\n{bad}\n\nGood:\n{good}"


def _cases(rule: Rule) -> tuple[Any, Any]:
    return getattr(rule, "good", None), getattr(rule, "bad", None)


def _example(rule: Rule, value: Any) -> str:
    if isinstance(rule, FileRule):
        return "  (shown by no text)" if value is None else f"  {value!r}"
    if isinstance(rule, WaiverRule):
        return "\n".join(f"  {line}" for line in value.splitlines())
    if not value:
        return "  (the rest of a task, without that)"
    return "\n".join(
        f"  {json.dumps(key)}: "
        + ("(left out)" if part is None else json.dumps(part, ensure_ascii=False))
        for key, part in value.items()
    )


def _of_field(path: str, field: dict[str, Any]) -> str:
    lines = [path, "", field.get("description", "")]
    if "enum" in field:
        lines += ["", "One of: " + ", ".join(map(str, field["enum"]))]
    if "examples" in field:
        lines += ["", f"Example: {json.dumps(field['examples'][0], ensure_ascii=False)}"]
    inner = _properties(field)
    if inner:
        lines += ["", "Keys: " + ", ".join(inner)]
    return "\n".join(lines)


def _field(node: dict[str, Any], path: list[str]) -> dict[str, Any] | None:
    for key in path:
        node = _properties(node).get(key, {})
        if not node:
            return None
    return node


def _properties(node: dict[str, Any]) -> dict[str, Any]:
    """The fields of an object, of the items of a list, or of the values of a mapping."""
    for inner in (node, node.get("items"), node.get("additionalProperties")):
        if isinstance(inner, dict) and "$ref" in inner:
            name = inner["$ref"].rpartition("/")[2]
            properties: dict[str, Any] = schema.load(schema.NEWEST)["$defs"][name]["properties"]
            return properties
        if isinstance(inner, dict) and "properties" in inner:
            found: dict[str, Any] = inner["properties"]
            return found
    return {}


def _paths(node: dict[str, Any], prefix: str) -> Iterator[str]:
    for key, inner in _properties(node).items():
        yield prefix + key
        yield from _paths(inner, f"{prefix}{key}.")
