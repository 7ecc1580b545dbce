"""Options of an export that differ from the defaults, for its manifest and its README.

Together with the tasks they are enough to repeat the export.
"""

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from taskschema.core.plugin_settings import BITS, Setting
from taskschema.core.text.markdown import fence, inline
from taskschema.core.text.printing import is_encodable, printable
from taskschema.dataset.filters import Filters
from taskschema.export.exporter import Exporter
from taskschema.export.request import ExportRequest
from taskschema.views.tokenizers import Words
from taskschema.views.view import Tokenizer

__all__ = ["changed_options", "options_section"]

DEFAULTS = {field.name: field.default for field in fields(ExportRequest)}
NO_FILTERS = Filters()
# The keys of the manifest whose flag has another name.
FLAGS = {"splits": "split", "categories": "category", "languages": "language"}
SHA256_DIGITS = 64


def changed_options(
    request: ExportRequest, exporter: Exporter, settings: Mapping[str, Setting]
) -> dict[str, Any]:
    """Return the options that differ from the defaults, as JSON values for the manifest.

    Args:
        request: as `plan_export` validates it.
        exporter: the exporter of the request.
        settings: all settings of the exporter and its views, with their defaults.

    Returns:
        Option names and values. A tokenizer is the sha256 of its file, or the name of its class.
    """
    views = [name for name in request.views if request.views != (exporter.view,)]
    given = {
        name: value
        for name, value in sorted(request.settings.items())
        if value != settings[name].default
    }
    options = {
        "view": (views if len(views) > 1 else views[0]) if views else None,
        "seed": request.seed or None,
        "settings": given or None,
        "tokenizer": _tokenizer_id(request.tokenizer),
        "track": request.track,
        "splits": sorted(set(request.splits)) or None,
        "filters": _filters(request) or None,
        "evaluation_split": request.evaluation_split or None,
        "shard_size": (
            request.shard_size if request.shard_size != DEFAULTS["shard_size"] else None
        ),
    }
    return {name: _json_value(value) for name, value in options.items() if value is not None}


def _filters(request: ExportRequest) -> dict[str, Any]:
    filters = request.filters
    given = {
        field.name: getattr(filters, field.name)
        for field in fields(Filters)
        if field.name != "seed" and getattr(filters, field.name) != getattr(NO_FILTERS, field.name)
    }
    if filters.max_instances and filters.seed != request.seed:
        given["seed"] = filters.seed
    return given


def _tokenizer_id(tokenizer: Tokenizer | None) -> str | None:
    if tokenizer is None or isinstance(tokenizer, Words):
        return None
    kind = type(tokenizer)
    return getattr(tokenizer, "sha256", None) or f"{kind.__module__}.{kind.__qualname__}"


def _json_value(value: Any) -> Any:
    """Return the value for JSON with valid UTF-8 and 64-bit integers."""
    if isinstance(value, dict):
        return {key: _json_value(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_json_value(part) for part in value]
    if isinstance(value, int) and value.bit_length() >= BITS:
        return str(value)
    return printable(value) if isinstance(value, str) and not is_encodable(value) else value


def options_section(changed: Mapping[str, Any]) -> str:
    """Return Markdown with the command-line options that repeat an export.

    Args:
        changed: the return value of `changed_options`.

    Returns:
        A paragraph after an empty line; empty if every option has its default.
    """
    options = " ".join(_flags(changed))
    if not options:
        return ""
    notes = "".join(f"\n{note}\n" for note in _notes(changed))
    return f"\nIt was exported with these options:\n\n{fence(options)}\n{notes}"


def _notes(changed: Mapping[str, Any]) -> Iterator[str]:
    """Yield sentences about values that no option can set."""
    tokenizer = changed.get("tokenizer", "")
    if len(tokenizer) == SHA256_DIGITS:
        yield f"The sha256 of the tokenizer's `FILE` is `{tokenizer}`."
    elif tokenizer:
        yield f"The tokenizer was {inline(tokenizer)}."
    if "seed" in (filters := changed.get("filters", {})):
        yield f"Instances were sampled with the seed {filters['seed']}."


def _flags(changed: Mapping[str, Any]) -> Iterator[str]:
    for name, value in changed.items():
        flag = f"--{FLAGS.get(name, name).replace('_', '-')}"
        match name:
            case "filters":
                yield from _flags({key: one for key, one in value.items() if key != "seed"})
            case "settings":
                yield from (f"--set {_quoted(f'{key}={_text(one)}')}" for key, one in value.items())
            case "where":
                yield from (f"{flag} {_quoted('='.join(pair))}" for pair in value)
            case "tokenizer":
                yield f"{flag} FILE"
            case "evaluation_split":
                yield flag
            case _:
                values = value if isinstance(value, list) else [value]
                yield from (f"{flag} {_quoted(_text(one))}" for one in values)


def _quoted(text: str) -> str:
    return shlex.quote(printable(text))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
