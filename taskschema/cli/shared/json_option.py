"""Options whose value is a JSON object."""

import json
from typing import Any

from taskschema.core.errors import ConfigError

__all__ = ["json_object"]


def json_object(text: str, option: str) -> dict[str, Any]:
    """Parse a JSON object.

    Raises:
        ConfigError: it holds none.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{option}: is not JSON: {error}.") from error
    if not isinstance(value, dict):
        raise ConfigError(f'{option}: is not a JSON object. Write it as {{"key": value}}.')
    return value
