"""The options of an export, looked at before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from taskschema.core.errors import ConfigError
from taskschema.core.plugin_settings import BITS, Setting, parse_setting, validate_settings
from taskschema.core.text.printing import is_encodable, printable
from taskschema.dataset.filters import Filters
from taskschema.export.exporter import Exporter, ExportOptions
from taskschema.views.tokenizers import Words
from taskschema.views.view import Tokenizer, View, view_of

__all__ = ["made_with", "validated"]

USUAL, ALL = ExportOptions(), Filters()


def validated(
    kind: str, exporter: Exporter, options: ExportOptions, *, is_sampled: bool = False
) -> ExportOptions:
    """The options with every setting of its type; a text is read as what is meant.

    Raises:
        ConfigError: there is no such view or setting, the exporter does not take it, or a value is
            of another type.
    """
    names = tuple(sorted({*options.views}))
    for name in names:
        _require_taken(kind, exporter, name)
    if len(names) > 1 and not exporter.takes_several:
        raise ConfigError(f"--view: export {kind} writes one view. Give one of them.")
    views = _views(exporter, names)
    whose = " and ".join(f"view `{name}`" for name in views) or f"export {kind}"
    if options.tokenizer is not None and not any(view.counts_tokens for view in views.values()):
        raise ConfigError(f"--tokenizer: {whose} counts no tokens. Leave it out.")
    known = _settings(exporter, views)
    if options.seed and not views and not is_sampled:
        raise ConfigError(f"--seed: export {kind} draws nothing. Leave it out.")
    given = {
        key: parse_setting(value, known[key]) if key in known else value
        for key, value in options.settings.items()
    }
    whose = f"{whose} of export {kind}" if views else whose
    settings = validate_settings(given, known, whose, "--set: ")
    for view in views.values():
        # What is said of all views must suit each of them.
        own = {name: value for name, value in settings.items() if name in view.settings}
        validate_settings(own, view.settings, whose, "--set: ")
    return replace(options, views=names, settings=settings)


def _views(exporter: Exporter, names: Sequence[str]) -> dict[str, View]:
    asked = names or ((exporter.view,) if exporter.view else ())
    return {name: view_of(name) for name in asked}


def _settings(exporter: Exporter, views: Mapping[str, View]) -> dict[str, Setting]:
    """All settings that there are, those of one of several views by its name too."""
    known = dict(exporter.settings)
    for view in views.values():
        known |= view.settings
    if len(views) > 1:
        for name, view in views.items():
            known |= {f"{name}.{key}": one for key, one in view.settings.items()}
    return known


def made_with(
    exporter: Exporter,
    options: ExportOptions,
    track: str | None,
    splits: Sequence[str],
    filters: Filters,
) -> dict[str, Any]:
    """What was asked for, where it is not the default: enough to make an export again.

    Args:
        exporter: that writes it.
        options: as `looked_at` gives them.
        track: the one that was asked for.
        splits: those that were asked for.
        filters: of tasks and instances.

    Returns:
        Values as JSON has them. A tokenizer is the sha256 of its file, or the name of its class.
    """
    known = _settings(exporter, _views(exporter, options.views))
    views = [name for name in options.views if options.views != (exporter.view,)]
    settings = {
        name: value
        for name, value in sorted(options.settings.items())
        if value != known[name].default
    }
    wanted = {
        field.name: getattr(filters, field.name)
        for field in fields(Filters)
        if field.name != "seed" and getattr(filters, field.name) != getattr(ALL, field.name)
    }
    if filters.max_instances and filters.seed != options.seed:
        wanted["seed"] = filters.seed
    made = {
        "view": (views if len(views) > 1 else views[0]) if views else None,
        "seed": options.seed or None,
        "settings": settings or None,
        "tokenizer": _known_by(options.tokenizer),
        "track": track,
        "splits": sorted(set(splits)) or None,
        "filters": wanted or None,
        "evaluation_split": options.evaluation_split or None,
        "shard_size": options.shard_size if options.shard_size != USUAL.shard_size else None,
    }
    return {name: _plain(value) for name, value in made.items() if value is not None}


def _known_by(tokenizer: Tokenizer | None) -> str | None:
    if tokenizer is None or isinstance(tokenizer, Words):
        return None
    kind = type(tokenizer)
    return getattr(tokenizer, "sha256", None) or f"{kind.__module__}.{kind.__qualname__}"


def _plain(value: Any) -> Any:
    """The value as JSON has it, where texts are UTF-8 and numbers have 64 bits."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, int) and value.bit_length() >= BITS:
        return str(value)
    return printable(value) if isinstance(value, str) and not is_encodable(value) else value


def _require_taken(kind: str, exporter: Exporter, view: str) -> None:
    if exporter.views == ():
        raise ConfigError(f"--view: export {kind} writes tasks as they are. Leave it out.")
    view_of(view, "--view: ")
    if exporter.views is not None and view not in exporter.views:
        taken = " or ".join(f"`{name}`" for name in exporter.views)
        raise ConfigError(f"--view: export {kind} does not take `{view}`. Give {taken}.")
