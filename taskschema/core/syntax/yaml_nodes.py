"""The node tree of a YAML document: each value with its tag, text and place.

The tree is built from the events of PyYAML, with limits checked at every event: neither nesting nor
aliases can exhaust memory.
"""

import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from taskschema.core.syntax.json_pointers import place_of
from taskschema.core.syntax.json_scanner import MAX_DEPTH

if TYPE_CHECKING:
    from yaml import Mark

__all__ = [
    "MAPPING",
    "MERGE",
    "SEQUENCE",
    "STANDARD",
    "STRING",
    "YamlError",
    "YamlFault",
    "YamlNode",
    "tree",
]

MAX_BYTES = 5_000_000
VALUE = 20  # characters that a value adds to the weight
MAX_WEIGHT = 1_000_000 * VALUE  # of a document with all aliases expanded
STANDARD = "tag:yaml.org,2002:"
MERGE = f"{STANDARD}merge"
STRING, MAPPING, SEQUENCE = f"{STANDARD}str", f"{STANDARD}map", f"{STANDARD}seq"
SURROGATES = re.compile("[\ud800-\udfff]")
FIXES = {
    "cannot start any token": "Indent with spaces, and quote a text that starts with a mark.",
    "mapping values are not allowed here": "Quote a text that contains a colon and a space.",
    "could not find expected ':'": "Put a colon and a space after the key.",
    "expected <block end>": "Indent all lines of a level equally.",
    "while scanning a quoted scalar": "Close the text with the quotation mark that opens it.",
}


@dataclass(frozen=True, slots=True)
class YamlFault:
    """An error in a document; the message includes how to fix it."""

    line: int
    """1-based."""
    column: int
    """1-based, in code points."""
    message: str
    pointer: str = ""
    """The JSON Pointer (RFC 6901) of the wrong value; empty for the whole document."""
    repeats: bool = False
    """Whether the error is a duplicate key; the last value is then used."""


class YamlError(Exception):
    """A document cannot be read; the argument is its `YamlFault`."""


@dataclass(slots=True)
class YamlNode:
    """A value: a text, a sequence, or a mapping as alternating keys and values."""

    tag: str
    line: int
    column: int
    text: str = ""
    parts: list["YamlNode"] = field(default_factory=list)
    depth: int = 1
    weight: int = VALUE
    """Characters of all texts in it, plus `VALUE` for each value."""
    is_open: bool = True
    kind: str = SEQUENCE

    def pairs(self) -> list[tuple["YamlNode", "YamlNode"]]:
        """Return the keys and values of a mapping."""
        return list(zip(self.parts[::2], self.parts[1::2], strict=True))


def tree(raw: bytes) -> YamlNode | None:
    """Return the root of a single document; None if it is empty.

    Raises:
        YamlError: the bytes are not a single YAML document, or it is too large.
    """
    import yaml  # noqa: PLC0415 - only some formats need it

    if len(raw) > MAX_BYTES:
        raise YamlError(YamlFault(1, 1, f"has more than {MAX_BYTES:,} bytes. Split it."))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode()
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8. Save the file as UTF-8."
        raise YamlError(YamlFault(*place_of(before, len(before)), message)) from None
    resolve = partial(yaml.SafeLoader("").resolve, yaml.ScalarNode)
    builder = _TreeBuilder(resolve)
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise YamlError(_yaml_fault(error)) from None
    except yaml.reader.ReaderError as error:
        message = f"contains the character U+{error.character:04X}. Write it as an escape."
        raise YamlError(YamlFault(*place_of(text, error.position), message)) from None
    except (ValueError, OverflowError) as error:
        message = f"not valid YAML from here: {error}. Correct it."
        raise YamlError(YamlFault(*builder.last, message)) from None
    return builder.root


def _yaml_fault(error: Any) -> YamlFault:
    mark = error.problem_mark or error.context_mark
    context = f"{error.context}: " if error.context else ""
    problem = f"{context}{error.problem or 'not valid YAML'}"
    fix = next((fix for words, fix in FIXES.items() if words in problem), "Correct it here.")
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return YamlFault(line, column, f"{problem}. {fix}")


class _TreeBuilder:
    """Builds the tree from events."""

    def __init__(self, resolve: Any) -> None:
        self.resolve = resolve
        self.root: YamlNode | None = None
        self.open: list[YamlNode] = []
        self.anchors: dict[str, YamlNode] = {}
        self.last = (1, 1)

    def take(self, event: Any) -> None:
        """Add the next event; raises YamlError."""
        name = type(event).__name__
        line, column = self.last = _place(event.start_mark)
        if name == "DocumentStartEvent" and self.root:
            self.fail("a second document starts here. Keep one document per file.")
        elif name == "AliasEvent":
            node = self.anchors.get(event.anchor)
            if node is None:
                self.fail(f"`*{event.anchor}` has no anchor before it. Define the anchor first.")
            elif node.is_open:
                self.fail(f"`*{event.anchor}` refers to a value that contains it. Write it out.")
            else:
                self.place(node)
        elif name == "ScalarEvent":
            tag = event.tag
            if tag in (None, "!"):
                tag = self.resolve(event.value, event.implicit)
            node = YamlNode(tag, line, column, _joined(event.value), kind=STRING, is_open=False)
            node.weight += len(node.text)
            self.name(event.anchor, node)
            self.place(node)
        elif name in ("MappingStartEvent", "SequenceStartEvent"):
            kind = MAPPING if name == "MappingStartEvent" else SEQUENCE
            tag = kind if event.tag in (None, "!") else event.tag
            node = YamlNode(tag, line, column, kind=kind)
            self.name(event.anchor, node)
            self.open.append(node)
            if len(self.open) > MAX_DEPTH:
                self.fail(f"is nested deeper than {MAX_DEPTH} levels. Flatten it.")
        elif name in ("MappingEndEvent", "SequenceEndEvent"):
            node = self.open.pop()
            node.is_open = False
            self.place(node)

    def name(self, anchor: str | None, node: YamlNode) -> None:
        """Store a node by its anchor; a later anchor of the same name replaces it."""
        if anchor:
            self.anchors[anchor] = node

    def place(self, node: YamlNode) -> None:
        """Add a finished value to its container."""
        if not self.open:
            self.root = node
            return
        holder = self.open[-1]
        holder.parts.append(node)
        holder.depth = max(holder.depth, node.depth + 1)
        holder.weight += node.weight
        if holder.depth + len(self.open) - 1 > MAX_DEPTH:
            self.fail(f"is nested deeper than {MAX_DEPTH} levels. Flatten it.")
        if holder.weight > MAX_WEIGHT:
            self.fail("aliases repeat too much. Write out fewer copies.")

    def fail(self, message: str) -> None:
        """Raise an error at this place."""
        raise YamlError(YamlFault(*self.last, message))


def _place(mark: "Mark") -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


def _joined(text: str) -> str:
    """Return the text with surrogate pairs, as left by JSON escapes, joined to characters."""
    if SURROGATES.search(text):
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    return text
