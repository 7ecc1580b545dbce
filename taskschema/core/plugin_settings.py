"""Settings of views, exporters and formats: declaration, parsing and validation.

A setting may come from a command line option, from a configuration, or from a Python argument. All
are validated here in the same way; messages differ only in the place that they name.
"""

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from math import inf
from typing import Any, NamedTuple

from taskschema.core.errors import ConfigError
from taskschema.core.text.near_misses import near_misses
from taskschema.core.text.printing import is_encodable, printable

__all__ = [
    "BITS",
    "Setting",
    "describe_values",
    "parse_setting",
    "require_known",
    "suggest",
    "validate_setting",
    "validate_settings",
]

BITS = 64  # of a signed whole number, the largest that every output format can hold


class Setting(NamedTuple):
    """The declaration of one setting."""

    kind: type
    """The type of its values: `bool`, `int`, `float` or `str`."""
    what: str
    """A description for help texts and documentation."""
    default: Any = None
    """The value if none is given; None if there is no default."""
    least: float = 0
    """The lowest allowed number."""
    most: float = inf
    """The highest allowed number."""


def validate_setting(name: str, value: Any, setting: Setting, where: str = "") -> Any:
    """Return the value if the setting allows it.

    Args:
        name: the name of the setting.
        value: the given value; a `float` setting also takes a whole number.
        setting: the declaration.
        where: the start of messages, such as `--set: `.

    Raises:
        ConfigError: the value has another type, is out of range, or cannot be written.
    """
    kinds = (float, int) if setting.kind is float else (setting.kind,)
    is_number = type(value) in (float, int)
    if type(value) not in kinds or (is_number and not setting.least <= value <= setting.most):
        try:
            shown = json.dumps(value, ensure_ascii=False)
        except (TypeError, ValueError, RecursionError):
            shown = f"of type {type(value).__name__}"
        allowed = describe_values(setting)
        raise ConfigError(f"{where}`{name}` is {printable(shown)}, not {allowed}. Correct it.")
    if isinstance(value, int) and value.bit_length() >= BITS:
        raise ConfigError(f"{where}`{name}` has more than {BITS} bits. Correct it.")
    if isinstance(value, str) and not is_encodable(value):
        raise ConfigError(f"{where}`{name}` is not UTF-8. Correct it.")
    return value


def validate_settings(
    given: Mapping[str, Any], settings: Mapping[str, Setting], whose: str, where: str = ""
) -> dict[str, Any]:
    """Return the given values if all of them are known settings with allowed values.

    Args:
        given: values by name.
        settings: the declared settings by name.
        whose: the owner of the settings in messages, such as "view `messages`".
        where: the start of messages.

    Raises:
        ConfigError: a setting is unknown, with near misses, or a value is not allowed.
    """
    require_known(given, settings, f"{where}{whose} has no setting")
    return {
        name: validate_setting(name, value, settings[name], where) for name, value in given.items()
    }


def parse_setting(value: Any, setting: Setting) -> Any:
    """Parse a command line text as a value of a setting; return any other value unchanged."""
    if isinstance(value, str) and setting.kind is not str:
        with suppress(ValueError, RecursionError):
            return json.loads(value)
    return value


def require_known(given: Collection[str], known: Collection[str], missing: str) -> None:
    """Raise ConfigError at the first unknown name; the message starts with `missing`."""
    for name in given:
        if name not in known:
            raise ConfigError(f"{missing} `{printable(name)}`. {suggest(name, known)}")


def suggest(name: str, known: Collection[str]) -> str:
    """Return the next step for an unknown name: the nearest known name, or all of them."""
    if close := near_misses(name, known):
        return f"Did you mean `{close[0]}`?"
    return f"Use one of {', '.join(f'`{one}`' for one in known)}." if known else "Remove it."


def describe_values(setting: Setting) -> str:
    """Return the allowed values of a setting in words, such as `a whole number from 0 to 9`."""
    if setting.kind is bool:
        return "true or false"
    if setting.kind is str:
        return "a text"
    noun = "a number" if setting.kind is float else "a whole number"
    if setting.most == inf:
        return f"{noun} of at least {setting.least}"
    return f"{noun} from {setting.least} to {setting.most}"
