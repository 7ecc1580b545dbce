"""From a path to a document that fits its schema, or to findings that say why there is none.

The stages are file, version, schema: each runs only on what passed the one before, so that one
cause gives one message. All that a stage finds is collected.
"""

import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from taskschema import jsonio, migrate, places, schema
from taskschema.columns import is_plain
from taskschema.errors import UnreadableTaskError
from taskschema.findings import Finding
from taskschema.rules import FileRule, Rule, SchemaRule, Violation, rules_of
from taskschema.text import is_encodable, printable

if TYPE_CHECKING:
    from taskschema.task import Task

__all__ = ["Hits", "Reading", "finding", "placed", "read", "read_bytes", "read_task", "spoken"]

Hits = list[tuple[Rule, Violation]]

LARGE_BYTES = 50_000_000
ROWS = {2: "Instances", 3: "instances"}


@dataclass(frozen=True, slots=True)
class Reading:
    """One file as far as it could be read.

    `document` is as it stands in the file, in `version`; None if a stage refused it.
    """

    path: Path
    raw: bytes
    document: dict[str, Any] | None
    version: int | None
    findings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """The identity that the file gives its task."""
        return self.path.stem

    def upgraded(self) -> dict[str, Any]:
        """The document in the newest version; only for a reading that has one."""
        return migrate.upgrade(self.document or {}, name=self.name, version=self.version)


def read(path: Path, root: Path) -> Reading:
    """Read one file; whatever is wrong with it becomes a finding.

    Args:
        path: the file.
        root: the folder that a link may not leave.
    """
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
            message = f"links to {path.readlink()}, which is outside of {root}. Put the file here."
            return _refused(path, b"", "link-leaves-folder", message)
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            message = "is a folder that cannot be opened. Mend its permissions."
            return _refused(path, b"", "unreadable", message)
        if not stat.S_ISREG(status.st_mode):
            return _refused(path, b"", "unreadable", "is no regular file. Put the file here.")
        if not is_encodable(path.name):
            message = "its name is not UTF-8, which no other file can refer to. Rename it."
            return _refused(path, b"", "unreadable", message)
        if status.st_size > jsonio.MAX_BYTES:
            return _refused(path, b"", "too-large", jsonio.too_large(status.st_size))
        raw = path.read_bytes()
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        return _refused(path, b"", "unreadable", f"cannot be opened: {reason}.")
    return read_bytes(path, raw)


def read_bytes(path: Path, raw: bytes) -> Reading:
    """Read what a file holds, or would hold; whatever is wrong with it becomes a finding."""
    if (proven := _proven(raw)) is not None:
        return _fitting(path, raw, *proven)
    document, faults = jsonio.parse(raw)
    if faults:
        rules = _file_rules()
        findings = (
            finding(
                rules[fault.name],
                path,
                Violation(fault.pointer, fault.message),
                (fault.line, fault.column),
            )
            for fault in faults
        )
        return Reading(path, raw, None, None, tuple(findings))
    if not isinstance(document, dict):
        message = "the file holds no JSON object, so it is no task. Move it elsewhere."
        return _refused(path, raw, "not-a-task", message)
    return _judge(path, raw, document)


def read_task(path: str | Path) -> "Task":
    """One task as a typed object, in whichever version its file is.

    Raises:
        UnreadableTaskError: the file does not parse, does not fit its schema, or has a name that
            the newest version does not take; says where and why.
    """
    from taskschema.task import Task  # noqa: PLC0415 - rules and exports do without the models

    path = Path(path)
    reading = read(path, path.parent)
    if reading.document is None:
        first = reading.findings[0]
        raise UnreadableTaskError(f"{path}:{first.line}:{first.column}: {first.message}")
    try:
        return Task.model_validate_json(orjson.dumps(reading.upgraded()))
    except ValueError as error:
        raise UnreadableTaskError(f"{path}: {error}") from error


def _proven(raw: bytes) -> tuple[dict[str, Any], int] | None:
    """Document and version of what is strict JSON and fits its schema, by the shortest proof.

    None where the long way has to look, which may still find nothing wrong.
    """
    document = jsonio.parse_fast(raw)
    version = schema.version_of(document) if isinstance(document, dict) else None
    if version not in ROWS or not schema.fits(document, version):
        return None
    key = ROWS[version]
    plain = {key: _strings(document[key])} if is_plain(document[key]) else {}
    return (document, version) if jsonio.is_strict(raw, document, plain) else None


def _strings(rows: Sequence[dict[str, Any]]) -> int:
    """How many strings plain rows hold: three keys, the id, the input and the outputs."""
    return 5 * len(rows) + sum(len(row["output"]) for row in rows)


def finding(
    rule: Rule, path: Path, violation: Violation, place: tuple[int, int] = (1, 1)
) -> Finding:
    """A violation of a rule as a finding at a line and column; the start of the file by default."""
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=violation.severity or rule.severity,
        path=printable(path.as_posix()),
        pointer=violation.pointer,
        line=place[0],
        column=place[1],
        message=printable(violation.message),
    )


def placed(
    path: Path, raw: bytes, hits: Hits, rows: tuple[str, Sequence[str]] | None = None
) -> tuple[Finding, ...]:
    """Findings with line and column, for violations whose pointers lead into the file itself.

    `rows` is what `places.locate` takes to find rows fast.
    """
    if not hits:
        return ()
    found = places.locate(raw.decode(), {violation.pointer for _, violation in hits}, rows)
    return tuple(
        finding(rule, path, violation, found[violation.pointer]) for rule, violation in hits
    )


def _judge(path: Path, raw: bytes, document: dict[str, Any]) -> Reading:
    version = schema.version_of(document)
    if version is None:
        message = (
            "has neither `schema_version` nor any key of a task, so it is no task. "
            "Move it elsewhere, or add what is missing."
        )
        return _refused(path, raw, "not-a-task", message)
    if version not in schema.VERSIONS:
        message = (
            f"schema version {version} is none that this release reads "
            f"({', '.join(map(str, schema.VERSIONS))}). Update taskschema, or correct it."
        )
        unknown = (_file_rules()["unknown-version"], Violation("/schema_version", message))
        return Reading(path, raw, None, None, placed(path, raw, [unknown]))
    if not schema.fits(document, version):
        breaches = schema.breaches(document, version)
        return Reading(path, raw, None, version, placed(path, raw, spoken(_explained(breaches))))
    return _fitting(path, raw, document, version)


def _fitting(path: Path, raw: bytes, document: dict[str, Any], version: int) -> Reading:
    findings = placed(path, raw, _explained(schema.foreign_keys(document, version)))
    if len(raw) > LARGE_BYTES:
        message = f"{len(raw):,} bytes; hosts warn above {LARGE_BYTES:,}. Consider splitting it."
        findings += (finding(_file_rules()["large"], path, Violation("", message)),)
    return Reading(path, raw, document, version, findings)


def _explained(breaches: Iterable[schema.Breach]) -> Hits:
    rules = _schema_rules()
    return [(rules[breach.keyword], rules[breach.keyword].explain(breach)) for breach in breaches]


def spoken(hits: Hits) -> Hits:
    """One of a rule at each pointer, without those that another rule outranks there."""
    hits = list({(hit[0].code, hit[1].pointer): hit for hit in reversed(hits)}.values())[::-1]
    silent = {(code, violation.pointer) for rule, violation in hits for code in rule.outranks}
    return [hit for hit in hits if (hit[0].code, hit[1].pointer) not in silent]


def _refused(path: Path, raw: bytes, name: str, message: str) -> Reading:
    refusal = finding(_file_rules()[name], path, Violation("", message))
    return Reading(path, raw, None, None, (refusal,))


@cache
def _file_rules() -> dict[str, FileRule]:
    return {rule.name: rule for rule in rules_of(FileRule)}


@cache
def _schema_rules() -> dict[str, SchemaRule]:
    return {keyword: rule for rule in rules_of(SchemaRule) for keyword in rule.keywords}
