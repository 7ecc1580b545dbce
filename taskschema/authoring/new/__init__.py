"""A new task file out of what a person says and, if they have one, a table: gaps for the rest."""

from taskschema.authoring.new.document import draft, drafted
from taskschema.authoring.new.outputs import KINDS, likely_labels
from taskschema.authoring.new.request import METHODS, DraftRequest
from taskschema.authoring.new.rows import TableOptions, TableRows, UnclearColumnsError, rows_of
from taskschema.authoring.new.summary import report
from taskschema.authoring.new.target import DraftTarget, target_of
from taskschema.authoring.new.validation import require_sense

__all__ = [
    "KINDS",
    "METHODS",
    "DraftRequest",
    "DraftTarget",
    "TableOptions",
    "TableRows",
    "UnclearColumnsError",
    "draft",
    "drafted",
    "likely_labels",
    "report",
    "require_sense",
    "rows_of",
    "target_of",
]
