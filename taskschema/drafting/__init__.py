"""A new task file out of what a person says and, if they have one, a table: gaps for the rest."""

from taskschema.drafting.document import draft, drafted
from taskschema.drafting.outputs import KINDS, likely_labels
from taskschema.drafting.rows import Rows, TableOptions, UnclearColumnsError, rows_of
from taskschema.drafting.sense import require_sense
from taskschema.drafting.site import Site, site_of
from taskschema.drafting.telling import report
from taskschema.drafting.wish import METHODS, Wish

__all__ = [
    "KINDS",
    "METHODS",
    "Rows",
    "Site",
    "TableOptions",
    "UnclearColumnsError",
    "Wish",
    "draft",
    "drafted",
    "likely_labels",
    "report",
    "require_sense",
    "rows_of",
    "site_of",
]
