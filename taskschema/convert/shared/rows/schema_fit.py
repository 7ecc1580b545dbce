"""Whether parts of a task fit the schema: a head, or one instance."""

from taskschema.convert.pieces import Document
from taskschema.schema.versions import NEWEST, fits

__all__ = ["SMALLEST", "fits_as_head", "fits_as_instance", "fits_without_instances"]

SMALLEST: Document = {"schema_version": NEWEST, "name": "a", "definition": [""], "instances": []}


def fits_as_head(head: Document) -> bool:
    """Whether a task could have these members besides its instances."""
    return "instances" not in head and fits(SMALLEST | head, NEWEST)


def fits_without_instances(head: Document) -> bool:
    """Whether these members and a list of instances are a task."""
    return "instances" not in head and fits(head | {"instances": []}, NEWEST)


def fits_as_instance(instance: Document, head: Document) -> bool:
    """Whether a task with this head could hold an instance."""
    format_ = {key: head[key] for key in ("answer_format",) if key in head}
    return fits(SMALLEST | format_ | {"instances": [instance]}, NEWEST)
