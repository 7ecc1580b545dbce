"""Checks that the formats of a conversion take the options given for them."""

from collections.abc import Mapping

from taskschema.convert.format import FORMATS, ConvertOptions, Format
from taskschema.core.errors import ConfigError
from taskschema.core.plugin_settings import fit, require_known

__all__ = ["require_accepted"]


def require_accepted(options: ConvertOptions, formats: Mapping[str, Format]) -> None:
    """Raise ConfigError at the first option that none of the formats takes.

    Args:
        options: the options.
        formats: of the source and the target, by name; one if they are the same.
    """
    names = " nor ".join(formats)
    neither_takes = f"neither {names} takes" if len(formats) > 1 else f"{names} does not take"
    every = FORMATS.load_all()
    for name in sorted(frozenset().union(*(format_.takes for format_ in every.values()))):
        is_given = getattr(options, name) != getattr(ConvertOptions(), name)
        if is_given and not any(name in format_.takes for format_ in formats.values()):
            others = ", ".join(key for key, format_ in every.items() if name in format_.takes)
            flag = f"--{name.replace('_', '-')}"
            raise ConfigError(f"{flag}: {neither_takes} it. These do: {others}.")
    if any(format_.settings is None for format_ in formats.values()):
        return
    known = {
        key: setting
        for format_ in formats.values()
        for key, setting in (format_.settings or {}).items()
    }
    require_known(options.configuration, known, f"--config: {neither_takes}")
    for key, value in options.configuration.items():
        fit(key, value, known[key], "--config: ")
