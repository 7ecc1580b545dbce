"""What an exporter says of itself: its module's docstring, its views, its settings."""

import inspect
import sys
from collections.abc import Iterator

from taskschema.exporters import Exporter
from taskschema.view_documentation import EXPORTERS, setting_lines, views

__all__ = ["brief", "paragraphs", "views_of"]


def brief(name: str) -> str:
    """The first sentence of the docstring, without its full stop."""
    return next(_prose(name)).partition("\n")[0].removesuffix(".")


def views_of(exporter: Exporter) -> tuple[str, ...]:
    """The views that it takes."""
    return tuple(views()) if exporter.views is None else exporter.views


def paragraphs(name: str, exporter: Exporter) -> Iterator[str]:
    """The docstring's paragraphs, then views, settings and what is needed, as Markdown."""
    yield from _prose(name)
    if taken := views_of(exporter):
        which = " or ".join(f"`{view}`" for view in taken)
        unasked = f"`{exporter.view}` if not given" if exporter.view else "none if not given"
        said = "any view" if exporter.views is None else which
        yield f"`--view` takes {said}; {unasked}."
    else:
        yield "It writes tasks as they are, and takes no `--view`."
    if exporter.settings:
        yield "Settings beside those of a view:" if taken else "Settings:"
        yield setting_lines(exporter.settings)
    if exporter.extra:
        install = f'pip install "taskschema[{exporter.extra}]"'
        yield f"It needs the extra `{exporter.extra}`: `{install}`."


def _prose(name: str) -> Iterator[str]:
    module = sys.modules[f"{EXPORTERS}.{name}"]
    yield from inspect.cleandoc(module.__doc__ or "").split("\n\n")
