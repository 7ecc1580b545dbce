"""Reads a task file: a document that fits its schema, or the findings that explain why not.

The stages are file, version, schema: each runs only on what passed the one before, so that one
cause gives one message. A stage collects everything it finds.
"""

import stat
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from taskschema.core.errors import UnreadableTaskError
from taskschema.core.findings import Applicability, Finding, Fix
from taskschema.core.storage.paths import location
from taskschema.core.syntax import strict_json
from taskschema.core.text.printing import is_encodable
from taskschema.rules.registry import rules_of
from taskschema.rules.rule import FileRule, SchemaRule, Violation
from taskschema.rules.rule_findings import (
    Hit,
    locate_findings,
    make_finding,
    position_at,
    without_outranked,
)
from taskschema.schema import canonical, migrate, plain_rows, versions
from taskschema.schema.plain_rows import PlainRows, is_plain

if TYPE_CHECKING:
    from taskschema.schema.model import Task

__all__ = ["Reading", "read", "read_bytes", "read_task"]

LARGE_BYTES = 50_000_000
REWRITE = Fix(Applicability.SAFE)
ROWS = {2: "Instances", 3: "instances"}
UNSTRUCTURED = ("text", "label")


@dataclass(frozen=True, slots=True)
class Reading:
    """A file, read as far as possible.

    `document` is the content of the file, in `version`; None if a stage refused it.
    """

    path: Path
    raw: bytes
    document: dict[str, Any] | None
    version: int | None
    findings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """The name of the task: the stem of the file."""
        return self.path.stem

    def upgraded(self) -> dict[str, Any]:
        """Return the document in the newest version; only if there is a document."""
        return migrate.upgrade(self.document or {}, name=self.name, version=self.version)

    def judged(self) -> dict[str, Any]:
        """The same for read-only use: the order of keys in a row is not kept.

        Plain rows of version 2 are rows of version 3, and need no upgrade.
        """
        document = self.document or {}
        if self.version != 2 or not is_plain(rows := document["Instances"]):  # noqa: PLR2004
            return self.upgraded()
        head = {**document, "Instances": []}
        return migrate.upgrade(head, name=self.name, version=2) | {"instances": rows}


def read(path: Path, root: Path, *, only_look: bool = False) -> Reading:
    """Read one file; every problem with it becomes a finding.

    Args:
        path: the file.
        root: the folder that a link may not leave.
        only_look: for read-only use; the instances may be `PlainRows`.
    """
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
            message = f"links to {path.readlink()}, outside {root}. Replace the link with the file."
            return _refused(path, b"", "link-leaves-folder", message)
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            message = "is a folder that cannot be opened. Fix its permissions."
            return _refused(path, b"", "unreadable", message)
        if not stat.S_ISREG(status.st_mode):
            return _refused(
                path, b"", "unreadable", "is not a regular file. Replace it with a regular file."
            )
        if not is_encodable(path.name):
            message = "its name is not UTF-8, so that no other file can refer to it. Rename it."
            return _refused(path, b"", "unreadable", message)
        if status.st_size > strict_json.MAX_BYTES:
            return _refused(path, b"", "too-large", strict_json.too_large(status.st_size))
        raw = path.read_bytes()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        return _refused(path, b"", "unreadable", f"cannot be opened: {reason}.")
    return read_bytes(path, raw, only_look=only_look)


def read_bytes(path: Path, raw: bytes, *, only_look: bool = False) -> Reading:
    """Read the bytes of a file; every problem with them becomes a finding."""
    if (proven := (_looked_at(raw) if only_look else None) or _proven(raw)) is not None:
        document, version, is_canonical = proven
        return _fitting(path, raw, document, version, is_canonical=is_canonical)
    document, faults = strict_json.parse(raw)
    if faults:
        rules = _file_rules()
        findings = (
            make_finding(
                Hit(
                    rules[fault.name],
                    Violation(fault.pointer, fault.message),
                    fix=REWRITE if rules[fault.name].repair else None,
                ),
                path,
                position_at(raw, fault.line, fault.column),
            )
            for fault in faults
        )
        return Reading(path, raw, None, None, tuple(findings))
    if not isinstance(document, dict):
        message = (
            "the file does not hold a JSON object, so it is not a task. Move it out of the folder."
        )
        return _refused(path, raw, "not-a-task", message)
    return _judge(path, raw, document)


def read_task(path: str | Path) -> "Task":
    """Read one task as a typed object; its file may be in any schema version.

    Raises:
        UnreadableTaskError: the file does not parse, does not fit its schema, or has a name that
            the newest version does not allow; the message has the place.
    """
    from taskschema.schema.model import Task  # noqa: PLC0415 - slow to import

    path = location(path)
    reading = read(path, path.parent)
    if reading.document is None:
        first = reading.findings[0]
        raise UnreadableTaskError(f"{path}:{first.line}:{first.column}: {first.message}")
    try:
        return Task.model_validate_json(orjson.dumps(reading.upgraded()))
    except ValueError as error:
        raise UnreadableTaskError(f"{path}: {error}") from error


def _looked_at(raw: bytes) -> tuple[dict[str, Any], int, bool] | None:
    """The result of `_proven` for a canonical file with plain rows, without one dict a row."""
    if len(raw) > strict_json.MAX_BYTES or (document := plain_rows.read(raw)) is None:
        return None
    version = versions.version_of(document)
    if version not in ROWS or not isinstance(document.get(ROWS[version]), PlainRows):
        return None
    if not versions.fits({**document, ROWS[version]: []}, version):
        return None
    kind = document["answer_format"]["kind"] if "answer_format" in document else "text"
    if version == versions.NEWEST and kind not in UNSTRUCTURED:
        return None  # plain rows lack the structure of the answers
    if not canonical.is_canonical(raw, document, version):
        return None  # unusual escapes need the other parser
    return _strictly(raw, document, version, is_canonical=True)


def _proven(raw: bytes) -> tuple[dict[str, Any], int, bool] | None:
    """Document, version and whether it is canonical, if the fast path proves it free of errors.

    None if the exact path has to read the file, which may still find nothing wrong.
    """
    document = strict_json.parse_fast(raw)
    version = versions.version_of(document) if isinstance(document, dict) else None
    if version not in ROWS or not versions.fits(document, version):
        return None
    is_canonical = canonical.is_canonical(raw, document, version)
    return _strictly(raw, document, version, is_canonical=is_canonical)


def _strictly(
    raw: bytes, document: dict[str, Any], version: int, *, is_canonical: bool
) -> tuple[dict[str, Any], int, bool] | None:
    rows = document[ROWS[version]]
    plain = {}
    if is_plain(rows):
        outputs = rows.outputs if isinstance(rows, PlainRows) else [row["output"] for row in rows]
        plain[ROWS[version]] = strict_json.RowCounts(
            3 * len(rows), 2 * len(rows) + sum(map(len, outputs))
        )
    if not strict_json.is_strict(raw, document, plain, is_laid_out=is_canonical):
        return None
    return document, version, is_canonical


def _judge(path: Path, raw: bytes, document: dict[str, Any]) -> Reading:
    version = versions.version_of(document)
    if version is None:
        message = (
            "has neither `schema_version` nor any key of a task, so it is not a task. "
            "Move it out of the folder, or add the missing keys."
        )
        return _refused(path, raw, "not-a-task", message)
    if version not in versions.VERSIONS:
        message = (
            f"schema version {version} is not supported by this release "
            f"({', '.join(map(str, versions.VERSIONS))}). Update taskschema."
        )
        unknown = Hit(_file_rules()["unknown-version"], Violation("/schema_version", message))
        return Reading(path, raw, None, None, locate_findings(path, raw, [unknown]))
    if not versions.fits(document, version):
        breaches = versions.breaches(document, version)
        return Reading(
            path,
            raw,
            None,
            version,
            locate_findings(path, raw, without_outranked(_explained(breaches))),
        )
    is_canonical = canonical.is_canonical(raw, document, version)
    return _fitting(path, raw, document, version, is_canonical=is_canonical)


def _fitting(
    path: Path, raw: bytes, document: dict[str, Any], version: int, *, is_canonical: bool
) -> Reading:
    findings = locate_findings(path, raw, _explained(versions.foreign_keys(document, version)))
    if len(raw) > LARGE_BYTES:
        message = (
            f"{len(raw):,} bytes; hosts warn above {LARGE_BYTES:,}. Consider splitting the task."
        )
        findings += (make_finding(Hit(_file_rules()["large"], Violation("", message)), path),)
    if not is_canonical:
        message = "is not in canonical form. Run `taskschema fmt`."
        hit = Hit(_file_rules()["not-canonical"], Violation("", message), fix=REWRITE)
        findings += (make_finding(hit, path),)
    return Reading(path, raw, document, version, findings)


def _explained(breaches: Iterable[versions.Breach]) -> list[Hit]:
    rules = _schema_rules()
    return [
        Hit(rules[breach.keyword], rules[breach.keyword].explain(breach)) for breach in breaches
    ]


def _refused(path: Path, raw: bytes, name: str, message: str) -> Reading:
    refusal = make_finding(Hit(_file_rules()[name], Violation("", message)), path)
    return Reading(path, raw, None, None, (refusal,))


@cache
def _file_rules() -> dict[str, FileRule]:
    return {rule.name: rule for rule in rules_of(FileRule)}


@cache
def _schema_rules() -> dict[str, SchemaRule]:
    return {keyword: rule for rule in rules_of(SchemaRule) for keyword in rule.keywords}
