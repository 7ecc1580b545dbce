"""Tables, texts and images of MultiModalQA, and the attachments that they become.

A text becomes a plain text file, a table a JSON file; an image stays unchanged. The title becomes
`alt` of the attachment, the page of origin its `url`. Other fields of a document are kept by the
name of its attachment under `extras.multimodalqa.documents` of the task.
"""

import re
from hashlib import sha256
from pathlib import PurePosixPath
from typing import NamedTuple

import orjson

from taskschema.convert.formats.multimodalqa.files import is_plain
from taskschema.convert.pieces import Document
from taskschema.convert.shared.rows.row_fields import json_type as kind_of
from taskschema.convert.shared.rows.row_fields import other_fields
from taskschema.core.syntax import strict_json
from taskschema.core.text.slugs import LONGEST, slug

__all__ = [
    "AttachedDocument",
    "attachment_of",
    "bytes_of",
    "fault",
    "is_image",
    "name_of",
    "payload_of",
    "row_of",
]

PAYLOADS = {"tables": "table", "texts": "text", "images": "path"}
TYPES = {"tables": dict, "texts": str, "images": str}
EXPECTED = {"tables": "an object", "texts": "a text", "images": "the name of a file"}
# A file that ends in `.json` would be read as a task; one line of JSON is valid JSON Lines.
MEDIA = {"tables": ("application/json", ".jsonl"), "texts": ("text/plain", ".txt")}
IMAGES = {
    **dict.fromkeys((".jpg", ".jpeg"), "image/jpeg"),
    **dict.fromkeys((".tif", ".tiff"), "image/tiff"),
    ".svg": "image/svg+xml",
}
UNKNOWN = "application/octet-stream"
SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")
ROWS = "table_rows"
DIGITS = 12  # hexadecimal, of the digest in a name


class AttachedDocument(NamedTuple):
    """A document as an attachment of a task."""

    entry: Document
    """The value in `attachments` of the task."""
    own: Document
    """Fields of the document that the entry has no place for."""


def name_of(id_: str) -> str:
    """Return the name of an attachment: the id of the document if that is a valid name."""
    plain = slug(id_)
    if plain == id_:
        return id_
    return f"{slug(id_, LONGEST - DIGITS - 1)}-{sha256(id_.encode()).hexdigest()[:DIGITS]}"


def fault(kind: str, row: Document) -> tuple[str, str] | None:
    """Return pointer and message of the first problem of a document."""
    id_, key = row.get("id"), PAYLOADS[kind]
    if not isinstance(id_, str) or not id_:
        return "/id", f"`id` is {kind_of(id_)}, not a text that names the document. Write one."
    value = row.get(key)
    if not isinstance(value, TYPES[kind]):
        return f"/{key}", f"`{key}` is {kind_of(value)}, not {EXPECTED[kind]}. Write it as one."
    if kind == "images" and not is_plain(row[key]):
        message = f"`path` is {value!r}, not a path inside the folder of images. Correct it."
        return f"/{key}", message
    return None


def attachment_of(kind: str, row: Document) -> AttachedDocument:
    """Return a valid document as an attachment."""
    name, key = name_of(row["id"]), PAYLOADS[kind]
    media, suffix = _media(row[key]) if kind == "images" else MEDIA[kind]
    entry = {"media_type": media, "path": f"attachments/{kind}/{name}{suffix}"}
    known = ["id"] if row["id"] == name else []
    if kind != "images" or row[key] == name + suffix:
        known.append(key)
    if isinstance(row.get("url"), str) and row["url"]:
        entry["url"] = row["url"]
        known.append("url")
    if isinstance(row.get("title"), str):
        entry["alt"] = row["title"]
        known.append("title")
    return AttachedDocument(entry, other_fields(row, tuple(known)))


def row_of(kind: str, name: str, entry: Document, own: Document) -> Document:
    """Return the document of an attachment, still without its text or table."""
    id_ = own.get("id")
    row = {
        **({"title": entry["alt"]} if "alt" in entry else {}),
        **({"url": entry["url"]} if "url" in entry else {}),
        "id": id_ if isinstance(id_, str) and id_ and name_of(id_) == name else name,
    }
    if kind == "images":
        path = own.get("path")
        suffix = _suffix(entry.get("path", ""))
        row["path"] = path if isinstance(path, str) and is_plain(path) else name + suffix
    known = {*row, PAYLOADS[kind]}
    return row | {key: value for key, value in own.items() if key not in known}


def bytes_of(kind: str, row: Document) -> bytes:
    """Return the content of the file of a table or a text."""
    if kind == "texts":
        return str(row["text"]).encode()
    return orjson.dumps(row["table"], option=orjson.OPT_APPEND_NEWLINE)


def is_image(entry: Document) -> bool:
    """Return whether an attachment is an image or was read as one."""
    path = entry.get("path", "")
    return bool(path) and (
        entry["media_type"].startswith("image/") or path.startswith("attachments/images/")
    )


def payload_of(media_type: str, raw: bytes) -> tuple[str, Document] | None:
    """Return the kind of a text or table file and its content; None if it would not read back."""
    if media_type == MEDIA["texts"][0]:
        try:
            return "texts", {"text": raw.decode()}
        except UnicodeDecodeError:
            return None
    if media_type == MEDIA["tables"][0]:
        table, faults = strict_json.parse(raw)
        if not faults and isinstance(table, dict) and ROWS in table:
            found = {"table": table}
            return ("tables", found) if bytes_of("tables", found) == raw else None
    return None


def _media(path: str) -> tuple[str, str]:
    suffix = _suffix(path)
    lower = suffix.lower()
    return IMAGES.get(lower, f"image/{lower[1:]}" if lower else UNKNOWN), suffix


def _suffix(path: str) -> str:
    suffix = PurePosixPath(path).suffix
    return suffix if SUFFIX.fullmatch(suffix) else ""
