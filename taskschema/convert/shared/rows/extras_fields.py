"""`extras` beside foreign fields: what a row says in fields of its own, and what it carries."""

from collections.abc import Collection

from taskschema.convert.pieces import Document

__all__ = ["with_extras", "split_extras"]


def split_extras(extras: Document, name: str, known: Collection[str]) -> tuple[Document, Document]:
    """The fields kept under a name that a row can have, and the extras without them.

    Fields that are known mean something else in a row, and stay where they are.
    """
    own = extras.get(name)
    if not isinstance(own, dict) or own.keys() <= set(known):
        return {}, extras
    fields = {key: value for key, value in own.items() if key not in known}
    kept = {key: value for key, value in own.items() if key in known}
    others = {key: value for key, value in extras.items() if key != name}
    return fields, others | ({name: kept} if kept else {})


def with_extras(holder: Document, name: str, fields: Document) -> Document:
    """The task or instance with the fields among its extras again."""
    extras = holder.get("extras", {})
    if not fields or not isinstance(extras, dict):
        return holder
    own = extras.get(name)
    return holder | {"extras": extras | {name: (own if isinstance(own, dict) else {}) | fields}}
