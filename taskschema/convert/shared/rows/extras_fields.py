"""Foreign fields of a row that `extras` keep under the name of a format."""

from collections.abc import Collection

from taskschema.convert.pieces import Document

__all__ = ["split_extras", "with_extras"]


def split_extras(extras: Document, name: str, known: Collection[str]) -> tuple[Document, Document]:
    """Return the fields that extras keep under a name, and the extras without them.

    Fields in `known` have another meaning in a row, and stay in the extras.
    """
    own = extras.get(name)
    if not isinstance(own, dict) or own.keys() <= set(known):
        return {}, extras
    fields = {key: value for key, value in own.items() if key not in known}
    kept = {key: value for key, value in own.items() if key in known}
    others = {key: value for key, value in extras.items() if key != name}
    return fields, others | ({name: kept} if kept else {})


def with_extras(holder: Document, name: str, fields: Document) -> Document:
    """Return a task or instance with the fields among its extras, under a name."""
    extras = holder.get("extras", {})
    if not fields or not isinstance(extras, dict):
        return holder
    own = extras.get(name)
    return holder | {"extras": extras | {name: (own if isinstance(own, dict) else {}) | fields}}
