"""Reads untrusted YAML as plain values with places, and reports its errors.

Values are those of JSON, as PyYAML resolves them. Dates stay texts, and keys are the texts as
written. A wrong value becomes null, so that the rest can be read. Only tags that the caller
requests construct anything.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from taskschema.core.syntax.json_pointers import escape, tokens
from taskschema.core.syntax.json_scanner import fits
from taskschema.core.syntax.yaml_nodes import (
    MAPPING,
    MERGE,
    SEQUENCE,
    STANDARD,
    STRING,
    SURROGATES,
    YamlError,
    YamlFault,
    YamlNode,
    tree,
)

__all__ = ["Yaml", "YamlFault", "load"]

TEXTS_AND_HOLDERS = {MAPPING, SEQUENCE, STRING, f"{STANDARD}timestamp", f"{STANDARD}value", MERGE}
LONGEST_NUMBER = 100  # characters
NO_TAGS: Mapping[str, Callable[[Any], Any]] = {}
MAX_FAULTS = 1_000
WORDS = {"int": "number", "float": "number", "bool": "truth value", "null": "null"}
SCALARS = {STANDARD + name for name in WORDS}


class Yaml(NamedTuple):
    """A parsed document."""

    value: Any
    """None if there is no document."""
    faults: list[YamlFault]
    place_of: Callable[[str], tuple[int, int]]
    """Return line and column of a JSON Pointer's value, or of its nearest existing ancestor; a
    member is placed at its key."""


def load(raw: bytes, tags: Mapping[str, Callable[[Any], Any]] = NO_TAGS) -> Yaml:
    """Parse one document. Never raises.

    Args:
        raw: the bytes of the file.
        tags: for each tag such as `!function`, a function that constructs the tagged value.
    """
    try:
        root = tree(raw)
    except YamlError as error:
        (fault,) = error.args
        return Yaml(None, [fault], lambda _pointer: (fault.line, fault.column))
    if root is None:
        return Yaml(None, [], lambda _pointer: (1, 1))
    values = _Values(tags)
    value = values.value(root, "")
    return Yaml(value, values.faults, lambda pointer: _place(root, pointer))


class _Values:
    """Constructs the values of the nodes of one document."""

    def __init__(self, tags: Mapping[str, Callable[[Any], Any]]) -> None:
        self.tags = tags
        self.faults: list[YamlFault] = []

    def value(self, node: YamlNode, pointer: str) -> Any:
        """Return the value of a node; None, with an error, if it has none."""
        if node.tag not in self.tags and node.tag not in TEXTS_AND_HOLDERS:
            return self.scalar(node, pointer)
        if node.kind == MAPPING:
            plain: Any = self.mapping(node, pointer)
        elif node.kind == SEQUENCE:
            inner = enumerate(node.parts)
            plain = [self.value(part, f"{pointer}/{index}") for index, part in inner]
        elif SURROGATES.search(node.text):
            return self.fail(node, pointer, "contains half a surrogate pair. Write the character.")
        else:
            plain = node.text
        return self.tags[node.tag](plain) if node.tag in self.tags else plain

    def mapping(self, node: YamlNode, pointer: str) -> dict[str, Any]:
        """Return the members; a member of this mapping overrides one merged by `<<`."""
        own: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key, held in node.pairs():
            if key.kind != STRING or SURROGATES.search(key.text):
                self.fail(key, pointer, "is not a valid key. Write a text.")
                continue
            inner = pointer + escape(key.text)
            if key.tag == MERGE:
                for name, value in self.merge(held, inner):
                    merged.setdefault(name, value)
                continue
            if key.text in own:
                message = f"duplicate key `{key.text}`. Keep one of them."
                self.fail(key, inner, message, repeats=True)
            own[key.text] = self.value(held, inner)
        return merged | own

    def merge(self, node: YamlNode, pointer: str) -> Iterator[tuple[str, Any]]:
        """Yield the members of a mapping, or of each mapping of a list."""
        for other in node.parts if node.kind == SEQUENCE else [node]:
            if other.kind != MAPPING:
                self.fail(other, pointer, "is merged but is not a mapping. Merge a mapping.")
            else:
                yield from self.mapping(other, pointer).items()

    def scalar(self, node: YamlNode, pointer: str) -> Any:
        """Return the number, truth value or null of a node; None for an unknown tag."""
        import yaml  # noqa: PLC0415 - only some formats need it

        name = node.tag.removeprefix(STANDARD)
        if node.kind != STRING or node.tag not in SCALARS:
            shown = f"!!{name}" if name != node.tag else name
            return self.fail(node, pointer, f"has the unsupported tag `{shown}`. Remove it.")
        not_valid = f"is not a {WORDS[name]}. Quote it if it is a text."
        if len(node.text) > LONGEST_NUMBER:
            return self.fail(node, pointer, not_valid)
        make = getattr(yaml.constructor.SafeConstructor(), f"construct_yaml_{name}")
        try:
            made = make(yaml.ScalarNode(node.tag, node.text))
        except (ValueError, KeyError, IndexError, OverflowError):
            return self.fail(node, pointer, not_valid)
        if name in ("int", "float") and not fits(repr(made)):
            message = "does not fit 64 bits. Quote it if it is a text."
            return self.fail(node, pointer, message)
        return made

    def fail(self, node: YamlNode, pointer: str, message: str, *, repeats: bool = False) -> None:
        """Record an error; only the first `MAX_FAULTS` are kept."""
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(YamlFault(node.line, node.column, message, pointer, repeats))


def _place(root: YamlNode, pointer: str) -> tuple[int, int]:
    node, place = root, (root.line, root.column)
    for token in tokens(pointer):
        if node.kind == MAPPING:
            found = [pair for pair in node.pairs() if pair[0].text == token]
            if not found:
                break
            key, node = found[-1]
            place = key.line, key.column
        elif token.isdecimal() and int(token) < len(node.parts):
            node = node.parts[int(token)]
            place = node.line, node.column
        else:
            break
    return place
