"""Options that only some formats take: none of them is passed over in silence."""

import json
from collections.abc import Mapping

from taskschema.endpoints import formats
from taskschema.errors import ConfigError
from taskschema.formats import Format, Options, Setting
from taskschema.text import near_misses

__all__ = ["require_taken"]

KINDS = {bool: "true or false", int: "a whole number", str: "a text"}


def require_taken(options: Options, reader: tuple[str, Format], writer: tuple[str, Format]) -> None:
    """Raise ConfigError where an option is given that neither of the two formats takes."""
    concerned = dict((reader, writer))
    nobody = (
        f"neither {reader[0]} nor {writer[0]}" if len(concerned) > 1 else f"not even {reader[0]}"
    )
    everyone = formats()
    for name in sorted(frozenset().union(*(format_.takes for format_ in everyone.values()))):
        is_given = getattr(options, name) != getattr(Options(), name)
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
    for key, value in options.configuration.items():
        if key not in known:
            raise ConfigError(f"--config: {nobody} takes `{key}`. {_cure(key, known)}")
        kind = known[key].kind
        if type(value) is not kind:
            shown = json.dumps(value, ensure_ascii=False)
            raise ConfigError(f"--config: `{key}` is {shown}, not {KINDS[kind]}. Correct it.")


def _cure(key: str, known: Mapping[str, Setting]) -> str:
    if close := near_misses(key, known):
        return f"Did you mean `{close[0]}`?"
    return f"They take {', '.join(f'`{name}`' for name in known)}." if known else "Leave it out."
