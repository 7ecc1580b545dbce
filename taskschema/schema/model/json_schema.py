"""Generates the published JSON Schema of the newest version from the models.

The output of pydantic is made readable: optional keys do not allow `null`, and titles are removed.
Conditions on `answer_format.kind` are written with `if` and `then`, so that a validator reports the
wrong key and not only that no alternative matches.
"""

from typing import Any, get_args

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from taskschema.schema.model.answers import ChoicesAnswer, FieldsAnswer, SetAnswer
from taskschema.schema.model.task import Task
from taskschema.schema.versions import NEWEST
from taskschema.schema.vocabulary import Kind, terms

__all__ = ["schema"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NOTHING: dict[str, Any] = {"not": {}}  # like `false`, whose errors jsonschema places at the parent
TERMS: tuple[Kind, ...] = get_args(Kind)
ROWS = ("instances", "positive_demonstrations", "negative_demonstrations")
ANSWERS = {
    "set": (SetAnswer, "The acceptable answers, each a set of strings."),
    "fields": (FieldsAnswer, "The acceptable values of each field, by its name."),
    "choices": (ChoicesAnswer, "All options with their scores."),
}


class _InOrder(GenerateJsonSchema):
    """A generator that keeps keys in the order of the models, in examples too."""

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:
        del parent_key
        return value


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that accepts what `Task` accepts, in a fixed order."""
    raw = _tidy(Task.model_json_schema(by_alias=True, schema_generator=_InOrder))
    definitions = raw.pop("$defs")
    for row in ("Instance", "Demonstration"):
        answer = definitions[row]["properties"]["answer"]
        definitions[row]["properties"]["answer"] = {
            "description": answer["description"],
            "type": ["array", "object"],
            "examples": answer["examples"],
        }
    for kind, (shape, description) in ANSWERS.items():
        adapted = TypeAdapter[Any](shape).json_schema()
        adapted.pop("$defs", None)
        definitions[f"{kind.capitalize()}Answer"] = {"description": description, **_tidy(adapted)}
    definitions["AnswerFormat"]["allOf"] = [
        _keys_of_kind(kind) for kind in ("text", "label", "set", "fields", "choices")
    ]
    # Editors complete these terms; a rule checks whether a term is one of them.
    for term in TERMS:
        raw["properties"][term]["items"]["examples"] = list(terms(term))
    # `patternProperties` accepts keys that match no pattern, so the names are checked separately.
    attachments = raw["properties"]["attachments"]
    ((pattern, attachment),) = attachments.pop("patternProperties").items()
    attachments["propertyNames"]["pattern"] = pattern
    attachments["additionalProperties"] = attachment
    definitions["Attachment"] |= {
        "if": {"not": {"required": ["path"]}},
        "then": {"required": ["url"]},
    }
    return {
        "$schema": DIALECT,
        "$id": f"urn:taskschema:task.v{NEWEST}",
        "title": f"taskschema task, version {NEWEST}",
        **raw,
        "allOf": [_answers_of_kind(kind) for kind in ("text", *ANSWERS)],
        "$defs": dict(sorted(definitions.items())),
    }


def _keys_of_kind(kind: str) -> dict[str, Any]:
    """Return the condition on the other keys of an answer format of this kind."""
    needed = {"set": ["separator"], "fields": ["fields"]}.get(kind, [])
    allowed = {*needed, *(["labels"] if kind == "label" else [])}
    then: dict[str, Any] = {"required": needed} if needed else {}
    foreign = [key for key in ("labels", "separator", "fields") if key not in allowed]
    then["properties"] = dict.fromkeys(foreign, NOTHING)
    return {
        "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
        "then": then,
    }


def _answers_of_kind(kind: str) -> dict[str, Any]:
    """Return the condition on `answer` of this kind; `text` means all kinds without `answer`."""
    structured = kind in ANSWERS
    kinds = [kind] if structured else ["text", "label"]
    condition: dict[str, Any] = {
        "properties": {"answer_format": {"properties": {"kind": {"enum": kinds}}}}
    }
    if structured:
        condition["properties"]["answer_format"]["required"] = ["kind"]
        condition["required"] = ["answer_format"]
    answer = {"$ref": f"#/$defs/{kind.capitalize()}Answer"} if structured else NOTHING
    rows: dict[str, Any] = {}
    for name in ROWS:
        row: dict[str, Any] = {"properties": {"answer": answer}}
        if structured and name == "instances":
            row["required"] = ["answer"]
        rows[name] = {"items": row}
    return {"if": condition, "then": {"properties": rows}}


def _tidy(node: Any) -> Any:
    """Return the schema without generated titles, `null` alternatives and defaults."""
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    alternatives = [part for part in node.get("anyOf", ()) if part != {"type": "null"}]
    if len(alternatives) == 1:
        node = {**{k: v for k, v in node.items() if k != "anyOf"}, **alternatives[0]}
    out: dict[str, Any] = {}
    for key in sorted(node, key=_rank):
        value = node[key]
        if key in ("properties", "$defs"):
            out[key] = {name: _tidy(part) for name, part in value.items()}
        elif key == "examples":
            out[key] = value
        elif key == "prefixItems" or key not in ("title", "default"):
            out[key] = _tidy(value)
    return out


def _rank(key: str) -> tuple[int, str]:
    """Return a sort key that puts the description first and the examples last."""
    order = ("description", "type", "required", "properties", "additionalProperties")
    if key in order:
        return order.index(key), key
    return (len(order) + 1 if key == "examples" else len(order)), ""
