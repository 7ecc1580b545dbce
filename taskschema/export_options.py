"""The options of an export, looked at before anything is written."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from taskschema import plugins
from taskschema.errors import ConfigError
from taskschema.exporters import Exporter, Options
from taskschema.text import is_encodable, near_misses, printable
from taskschema.views import Setting, View

__all__ = ["looked_at"]

VIEWS = "taskschema.views"
KINDS = {
    bool: "true or false",
    int: "a whole number from 0 on, of at most 18 digits",
    float: "a number from 0 on",
    str: "a text",
}
MOST = 10**18 - 1  # it must fit where an export tells of its settings


def looked_at(
    kind: str, exporter: Exporter, options: Options, *, is_sampled: bool = False
) -> Options:
    """The options with every setting of its type; a text is read as what is meant.

    Raises:
        ConfigError: there is no such view or setting, the exporter does not take it, or a value is
            of another type.
    """
    known = dict(exporter.settings)
    name = options.view or exporter.view
    if options.view:
        _require_taken(kind, exporter, options.view)
    if name:
        view: View = plugins.load(VIEWS, name, "VIEW")
        known |= view.settings
    elif options.tokenizer is not None:
        raise ConfigError(f"--tokenizer: export {kind} counts no tokens. Leave it out.")
    elif options.seed and not is_sampled:
        raise ConfigError(f"--seed: export {kind} draws nothing. Leave it out.")
    whose = f"view `{name}` of export {kind}" if name else f"export {kind}"
    settings = {}
    for key, value in options.settings.items():
        if key not in known:
            raise ConfigError(
                f"--set: {whose} has no setting `{printable(key)}`. {_cure(key, known)}"
            )
        settings[key] = _typed(key, value, known[key])
    return replace(options, settings=settings)


def _require_taken(kind: str, exporter: Exporter, view: str) -> None:
    if exporter.views == ():
        raise ConfigError(f"--view: export {kind} writes tasks as they are. Leave it out.")
    if view not in (names := plugins.names(VIEWS)):
        raise ConfigError(f"--view: there is no view `{printable(view)}`. {_cure(view, names)}")
    if exporter.views is not None and view not in exporter.views:
        taken = " or ".join(f"`{name}`" for name in exporter.views)
        raise ConfigError(f"--view: export {kind} does not take `{view}`. Give {taken}.")


def _typed(key: str, value: Any, setting: Setting) -> Any:
    """The value as the type of the default, which a text may spell."""
    wanted = type(setting.default)
    if isinstance(value, str) and wanted is not str:
        with suppress(ValueError, RecursionError):  # what is no such value is shown as it is given
            value = json.loads(value)
    kinds = (int, float) if wanted is float else (wanted,)
    is_number = isinstance(value, (int, float))
    if type(value) not in kinds or (is_number and not 0 <= value <= MOST):
        shown = json.dumps(value, ensure_ascii=False, default=str)
        raise ConfigError(f"--set: `{key}` is {shown}, not {KINDS[wanted]}. Correct it.")
    if isinstance(value, str) and not is_encodable(value):
        raise ConfigError(f"--set: `{key}` is no UTF-8. Correct it.")
    return value


def _cure(name: str, known: Iterable[str] | Mapping[str, Any]) -> str:
    if close := near_misses(name, known):
        return f"Did you mean `{close[0]}`?"
    return f"There are {', '.join(f'`{one}`' for one in known)}." if known else "Leave it out."
