"""What a person said about a view, where it is fit to be used."""

from math import inf
from typing import Any

from taskschema.errors import ConfigError
from taskschema.views import Options, View

__all__ = ["given"]


def given(view: View, name: str, options: Options, limits: tuple[float, float] = (0, inf)) -> Any:
    """A setting as it is given, or as it is by default; numbers between two limits, them included.

    Raises:
        ConfigError: it is of another type than its default, or beyond the limits. A whole number
            may stand where the default has a point.
    """
    value, default = view.setting(options, name), view.settings[name].default
    kinds = (int, float) if type(default) is float else (type(default),)
    least, most = limits
    if type(value) in kinds and (isinstance(value, (bool, str)) or least <= value <= most):
        return value
    words = {bool: "true or false", str: "a text", float: "a number"}
    word = words.get(type(default), "a whole number")
    if isinstance(default, (bool, str)):
        limit = ""
    else:
        limit = f" of at least {least}" if most == inf else f" from {least} to {most}"
    message = f"`{name}` is {value!r}. Write {word}{limit}."
    raise ConfigError(message)
