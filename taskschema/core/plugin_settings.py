"""What a person may say about a view, an exporter or a format: settings by name, and their check.

They come as an option of a command, as a key of a configuration, or as an argument in Python. All
are looked at in the same way; only where they are said differs in the messages.
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

BITS = 64  # of whole numbers, with their sign, in whatever is written


class Setting(NamedTuple):
    """One thing that may be said."""

    kind: type
    """`bool`, `int`, `float` or `str`."""
    what: str
    """What it says, in describe_values."""
    default: Any = None
    """What holds where it is not given; None where nothing does."""
    least: float = 0
    """Of a number."""
    most: float = inf
    """Of a number."""


def validate_setting(name: str, value: Any, setting: Setting, where: str = "") -> Any:
    """The value, where it is one that the setting can have.

    Args:
        name: of the setting.
        value: as it is given.
        setting: what is allowed. A whole number may stand where one with a point may.
        where: what the message begins with, such as `--set: `.

    Raises:
        ConfigError: it is of another type, beyond the limits, or cannot be written.
    """
    kinds = (float, int) if setting.kind is float else (setting.kind,)
    is_number = type(value) in (float, int)
    if type(value) not in kinds or (is_number and not setting.least <= value <= setting.most):
        try:
            shown = json.dumps(value, ensure_ascii=False)
        except (TypeError, ValueError, RecursionError):
            shown = f"of type {type(value).__name__}"
        message = (
            f"{where}`{name}` is {printable(shown)}, not {describe_values(setting)}. Correct it."
        )
        raise ConfigError(message)
    if isinstance(value, int) and value.bit_length() >= BITS:
        raise ConfigError(f"{where}`{name}` has more than {BITS} bits. Correct it.")
    if isinstance(value, str) and not is_encodable(value):
        raise ConfigError(f"{where}`{name}` is no UTF-8. Correct it.")
    return value


def parse_setting(value: Any, setting: Setting) -> Any:
    """What a text stands for that comes from a command line; what it cannot stand for as it is."""
    if isinstance(value, str) and setting.kind is not str:
        with suppress(ValueError, RecursionError):
            return json.loads(value)
    return value


def validate_settings(
    given: Mapping[str, Any], settings: Mapping[str, Setting], whose: str, where: str = ""
) -> dict[str, Any]:
    """All that is given, where there are such settings and the values fit them.

    Args:
        given: values by name.
        settings: those that there are.
        whose: they are, such as "view `messages`".
        where: what a message begins with.

    Raises:
        ConfigError: there is no such setting, with near misses; or a value does not fit.
    """
    require_known(given, settings, f"{where}{whose} has no setting")
    return {
        name: validate_setting(name, value, settings[name], where) for name, value in given.items()
    }


def require_known(given: Collection[str], there: Collection[str], lack: str) -> None:
    """Raise ConfigError at the first name that there is not; `lack` stands before it."""
    for name in given:
        if name not in there:
            raise ConfigError(f"{lack} `{printable(name)}`. {suggest(name, there)}")


def suggest(name: str, there: Collection[str]) -> str:
    """How to go on where a name is not among those that there are."""
    if close := near_misses(name, there):
        return f"Did you mean `{close[0]}`?"
    return f"There are {', '.join(f'`{one}`' for one in there)}." if there else "Leave it out."


def describe_values(setting: Setting) -> str:
    """What values a setting takes."""
    kinds = {bool: "true or false", str: "a text", float: "a number"}
    word = kinds.get(setting.kind, "a whole number")
    if setting.kind in (bool, str):
        return word
    end = "on" if setting.most == inf else f"to {setting.most}"
    return f"{word} from {setting.least} {end}"
