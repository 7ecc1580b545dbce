"""Options that only some formats take: none of them is passed over in silence."""

from taskschema.convert.format import FORMATS, ConvertOptions, Format
from taskschema.core.errors import ConfigError
from taskschema.core.plugin_settings import require_known, validate_setting

__all__ = ["require_taken"]


def require_taken(
    options: ConvertOptions, reader: tuple[str, Format], writer: tuple[str, Format]
) -> None:
    """Raise ConfigError where an option is given that neither of the two formats takes."""
    concerned = dict((reader, writer))
    nobody = (
        f"neither {reader[0]} nor {writer[0]}" if len(concerned) > 1 else f"not even {reader[0]}"
    )
    everyone = FORMATS.load_all()
    for name in sorted(frozenset().union(*(format_.takes for format_ in everyone.values()))):
        is_given = getattr(options, name) != getattr(ConvertOptions(), name)
        if is_given and not any(name in format_.takes for format_ in concerned.values()):
            others = ", ".join(key for key, format_ in everyone.items() if name in format_.takes)
            flag = f"--{name.replace('_', '-')}"
            raise ConfigError(f"{flag}: {nobody} takes it. These do: {others}.")
    if any(format_.settings is None for format_ in concerned.values()):
        return
    known = {
        key: setting
        for format_ in concerned.values()
        for key, setting in (format_.settings or {}).items()
    }
    require_known(options.configuration, known, f"--config: {nobody} takes")
    for key, value in options.configuration.items():
        validate_setting(key, value, known[key], "--config: ")
