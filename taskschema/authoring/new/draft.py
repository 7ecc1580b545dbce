"""Drafts a new task file, from the request to the file on disk.

request -> target (path and name) -> rows of the table -> document -> file
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

import orjson

from taskschema.authoring.new.document import draft_document
from taskschema.authoring.new.request import DraftRequest, TableOptions
from taskschema.authoring.new.table import TableRows, read_table
from taskschema.authoring.new.target import DraftTarget, target_of
from taskschema.authoring.new.validation import require_valid
from taskschema.collection.reading import read_bytes
from taskschema.convert.rows import UnclearColumnsError
from taskschema.core.errors import SourceError
from taskschema.core.findings import Finding
from taskschema.core.storage.atomic_files import write_atomically
from taskschema.core.storage.git_process import person
from taskschema.schema import canonical
from taskschema.schema.versions import NEWEST

__all__ = ["CreatedDraft", "Dialog", "create_draft"]


class Dialog(Protocol):
    """Asks the user for everything that a request leaves open."""

    def choose_columns(self, error: UnclearColumnsError, options: TableOptions) -> TableOptions:
        """Return the options with the columns of the inputs and of the outputs."""

    def complete(self, request: DraftRequest, rows: TableRows | None) -> DraftRequest:
        """Return the request with the answers of the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatedDraft:
    """A task file that was written, and what it was made from."""

    target: DraftTarget
    request: DraftRequest
    rows: TableRows | None
    """The rows of the table; None without a table."""
    document: dict[str, Any]
    data: bytes
    """The content of the file."""


def create_draft(
    request: DraftRequest,
    *,
    report: Callable[[Iterable[Finding]], None],
    dialog: Dialog | None = None,
) -> CreatedDraft:
    """Write a new task file with everything that is known, and placeholders for the rest.

    Args:
        request: the options of the user.
        report: receives the findings of the table before the document is made.
        dialog: asks for what the request leaves open; without one, that becomes placeholders.

    Raises:
        ConfigError: the name or another option is invalid, or options contradict each other.
        DestinationError: the name is taken, or the file cannot be written.
        SourceError: the table cannot be read, or has no usable rows.
        UnclearColumnsError: the columns of the table are unclear, and there is no dialog.
    """
    target = target_of(request.name, request.collection)
    require_valid(request)
    rows = None
    if request.table is not None:
        rows = _read_table(request.table, target.name, request.table_options, dialog)
    if request.contributor is None:
        request = replace(request, contributor=person(target.path.parent))
    if dialog is not None:
        request = dialog.complete(request, rows)
    if rows is not None:
        report(rows.findings)
        _require_instances(rows)
    document = draft_document(target, request, rows)
    _require_schema(document, target)
    data = canonical.dumps(document, NEWEST)
    write_atomically(target.path, data)
    return CreatedDraft(target=target, request=request, rows=rows, document=document, data=data)


def _read_table(source: str, name: str, options: TableOptions, dialog: Dialog | None) -> TableRows:
    """Read a table, and ask for its columns until they are clear."""
    while True:
        try:
            return read_table(source, name, options)
        except UnclearColumnsError as error:
            if dialog is None:
                raise
            options = dialog.choose_columns(error, options)


def _require_instances(rows: TableRows) -> None:
    if not rows.instances:
        raise SourceError("the table has no usable row. Fix the table, or start without --from.")


def _require_schema(document: dict[str, Any], target: DraftTarget) -> None:
    reading = read_bytes(target.path, orjson.dumps(document))
    if reading.document is None:
        first = reading.findings[0]
        raise SourceError(f"{first.pointer}: {first.message}")
