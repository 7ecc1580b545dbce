"""Strict JSON parser: UTF-8, no duplicate keys, nothing that parsers read differently.

There are two paths. The fast path accepts only bytes that it can prove to be strict JSON. All other
bytes take the exact path through the standard library, which reports every error with its place.
Both paths give the same result for every input.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson
import stringzilla

from taskschema.core.syntax.json_pointers import place_of
from taskschema.core.syntax.json_scanner import MAX_DEPTH, JsonFault, fits, is_integer, scan

__all__ = [
    "MAX_BYTES",
    "ONE_TASK",
    "JsonFault",
    "RowCounts",
    "is_strict",
    "parse",
    "parse_exactly",
    "parse_fast",
    "too_large",
]

MAX_BYTES = 100_000_000
ONE_TASK = "One file holds one task."
"""Part of the message about text after the end of a document."""

JSON_SPACE = " \t\n\r"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
ESCAPE = re.compile(rb"\\.", re.DOTALL)
SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")


class RowCounts(NamedTuple):
    """The number of keys in a list of plain objects, and of strings that are not keys."""

    keys: int
    texts: int


def parse(raw: bytes) -> tuple[Any, list[JsonFault]]:
    """Return the document, or None and the errors in the bytes. Never raises."""
    document = parse_fast(raw)
    if isinstance(document, dict) and is_strict(raw, document, {}):
        return document, []
    return parse_exactly(raw)


def parse_fast(raw: bytes) -> Any:
    """Return the document of bytes that may be strict JSON; None if they surely are not."""
    if len(raw) > MAX_BYTES:
        return None
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None


def is_strict(
    raw: bytes,
    document: dict[str, Any],
    rows: Mapping[str, RowCounts],
    *,
    is_laid_out: bool = False,
) -> bool:
    """Return whether bytes are certainly strict JSON, given the document the fast parser returned.

    A duplicate key is twice in the bytes and once in the document, so counting keys, or all
    strings, is enough. Members known to be lists of plain objects are not walked: strings and lists
    of strings have neither depth nor numbers.

    Args:
        raw: the bytes.
        document: the document that the fast parser returned.
        rows: the counts of each member that is a list of plain objects.
        is_laid_out: whether a colon and one space follow every key, as in canonical form.
    """
    level = [value for key, value in document.items() if key not in rows]
    keys = len(document) + sum(held.keys for held in rows.values())
    texts = sum(held.texts for held in rows.values())
    for _ in range(MAX_DEPTH - 1):
        kinds = list(map(type, level))
        if float in kinds:
            return False  # it may be an integer that the parser could not hold
        texts += kinds.count(str)
        keys += sum(len(value) for value in level if type(value) is dict)
        level = [
            part
            for value in level
            if type(value) is dict or type(value) is list
            for part in (value.values() if type(value) is dict else value)
        ]
        if not level:
            # A text may contain what looks like the end of a key; then all strings are counted.
            return (is_laid_out and stringzilla.count(raw, b'": ') == keys) or (
                _quotation_marks(raw) == 2 * (keys + texts)
            )
    return False


def _quotation_marks(raw: bytes) -> int:
    """Count the quotation marks that delimit strings, in bytes that the fast parser accepts."""
    marks = raw.count(b'"')
    if stringzilla.find(raw, b'\\"') < 0:
        return marks
    return marks - ESCAPE.findall(raw).count(b'\\"')


def too_large(size: int) -> str:
    """Return the message about a file with too many bytes."""
    return f"{size:,} bytes; a task file has at most {MAX_BYTES:,}. Split the task into several."


def parse_exactly(raw: bytes) -> tuple[Any, list[JsonFault]]:
    """Return the same result as `parse`, always by the slow path."""
    if len(raw) > MAX_BYTES:
        return None, [JsonFault("too-large", 1, 1, too_large(len(raw)))]
    faults = []
    if raw.startswith(BYTE_ORDER_MARK):
        raw = raw[len(BYTE_ORDER_MARK) :]
        message = "starts with a byte order mark. Save it as UTF-8 without one."
        faults.append(JsonFault("byte-order-mark", 1, 1, message))
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        return None, [*faults, _not_utf8(raw, error)]
    document, found = _read(text)
    faults += found
    return (None, faults) if faults else (document, [])


def _deeper_than(document: Any, limit: int) -> bool:
    level = [document] if isinstance(document, (dict, list)) else []
    for _ in range(limit):
        if not level:
            return False
        level = [
            part
            for value in level
            for part in (value.values() if type(value) is dict else value)
            if type(part) is dict or type(part) is list
        ]
    return bool(level)


def _not_utf8(raw: bytes, error: UnicodeDecodeError) -> JsonFault:
    before = raw[: error.start].decode()
    line, column = place_of(before, len(before))
    message = f"byte 0x{raw[error.start]:02x} is not UTF-8 here"
    if raw.startswith(UTF_16_MARKS):
        message = "the file is UTF-16"
    return JsonFault("not-utf8", line, column, f"{message}. Save the file as UTF-8.")


def _read(text: str) -> tuple[Any, list[JsonFault]]:
    """Parse decoded text, and scan it for errors that the standard library accepts."""
    suspicious = bool(SURROGATE_ESCAPE.search(text))

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal suspicious
        read = dict(pairs)
        suspicious |= len(read) != len(pairs)
        return read

    def number(literal: str) -> float:
        nonlocal suspicious
        if not fits(literal):
            suspicious = True
            return 0
        return int(literal) if is_integer(literal) else float(literal)

    try:
        document = json.loads(
            text,
            object_pairs_hook=members,
            parse_int=number,
            parse_float=number,
            parse_constant=number,
        )
    except json.JSONDecodeError as error:
        return None, [_not_json(text, error)]
    except RecursionError:
        suspicious, document = True, None
    faults = scan(text) if suspicious or _deeper_than(document, MAX_DEPTH) else []
    return (None, faults) if faults else (document, [])


def _not_json(text: str, error: json.JSONDecodeError) -> JsonFault:
    line, column = place_of(text, error.pos)
    return JsonFault("invalid-json", line, column, f"not JSON: {_reason(text, error)}")


def _reason(text: str, error: json.JSONDecodeError) -> str:
    """Return the error and its fix in our words; those of the parser differ by Python version."""
    if not text.strip(JSON_SPACE):
        return "the file is empty. Write a task, or remove the file."
    if error.msg.startswith("Unterminated string"):
        return "a string starts here and does not end. Close it with a quotation mark."
    if error.pos >= len(text.rstrip(JSON_SPACE)):
        return "the file ends too early. Close all brackets, or get the whole file."
    found = text[error.pos]
    if error.msg == "Extra data":
        return f"found {found!r} after the end of the document. {ONE_TASK}"
    if error.msg.startswith("Invalid control character"):
        return f"found {found!r} inside a string. Close the string, or write it as an escape."
    if "escape" in error.msg:
        return "a backslash that starts no escape. Write two backslashes for one in the text."
    if error.msg.startswith("Expecting ':'"):
        expected, otherwise = "a colon", "Add it here."
    elif error.msg.startswith("Expecting ','"):
        expected, otherwise = "a comma or a closing bracket", "Add it before this."
    else:
        expected = "a key" if "property name" in error.msg else "a value"
        otherwise = "Write keys and texts in double quotes."
    return f"expected {expected}, found {found!r}. {_how_to_fix(text, error.pos, otherwise)}"


def _how_to_fix(text: str, at: int, otherwise: str) -> str:
    """Return the fix for common mistakes in place of a key, a value or a comma."""
    found, before = text[at], text[:at].rstrip(JSON_SPACE)[-1:]
    if before == "," and found in "}],":
        return "Remove the comma before it, or add the next item."
    if before == ":" and found in "}],":
        return "Write the value, or remove the key."
    if found == ",":
        return "Remove the comma, or add the missing item."
    if found in "'\u2018\u2019\u201c\u201d\u00ab":
        return 'Write keys and texts in plain double quotes: ".'
    if found in "/#":
        return "JSON has no comments; remove it."
    if found in "TFN":
        return "Write true, false or null in lower case."
    if found == "." or (found.isdigit() and before == "0"):
        return "Write numbers like 7 or 0.5."
    return otherwise
