"""The options of one view of an export."""

from taskschema.export.plan import ExportPlan
from taskschema.views.view import ViewOptions, view_of

__all__ = ["view_options"]


def view_options(name: str, plan: ExportPlan) -> ViewOptions:
    """Return the seed, tokenizer and settings of a view; `VIEW.NAME` overrides `NAME`."""
    view, request = view_of(name), plan.request
    given = request.settings
    settings = {key: given[key] for key in view.settings if key in given}
    settings |= {key: given[own] for key in view.settings if (own := f"{name}.{key}") in given}
    tokenizer = request.tokenizer if view.counts_tokens else None
    return ViewOptions(seed=request.seed, tokenizer=tokenizer, settings=settings)
