"""The endpoint, repository id and token of requests to a hub."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlsplit

from taskschema.core.errors import ConfigError, DestinationError
from taskschema.core.text.printing import printable

__all__ = ["PUBLIC_HUB", "checked_endpoint", "checked_id", "find_token", "require_library"]

PUBLIC_HUB = "https://huggingface.co"
LIBRARY, OLDEST = "huggingface_hub", "0.30"
INSTALL = 'pip install --upgrade "taskschema[hf]"'


def require_library() -> None:
    """Require a recent huggingface_hub.

    Raises:
        DestinationError: it is missing or too old.
    """
    from packaging.version import Version  # noqa: PLC0415

    try:
        installed = version(LIBRARY)
    except PackageNotFoundError as error:
        raise DestinationError(f"push needs {LIBRARY}. Install it: {INSTALL}") from error
    if Version(installed) < Version(OLDEST):
        found = f"{LIBRARY} {OLDEST} or later, but {installed} is installed"
        raise DestinationError(f"push needs {found}. Upgrade it: {INSTALL}")


def find_token(file: Path | None = None) -> str | None:
    """Return the token in a file, in HF_TOKEN or of an earlier `hf auth login`; else None.

    Raises:
        ConfigError: the file cannot be read, or it does not hold a token.
    """
    if file is None:
        import huggingface_hub

        token, where = huggingface_hub.get_token(), "HF_TOKEN or the stored token"
    else:
        where = str(file)
        try:
            token = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
            raise ConfigError(f"{file}: the token cannot be read: {reason}.") from error
        if not token:
            raise ConfigError(f"{file}: is empty. Write only the token into it.")
    if token and not (token.isascii() and token.isprintable() and " " not in token):
        raise ConfigError(f"{where}: holds more than a token. A token is a single ASCII word.")
    return token


def checked_id(repo_id: str) -> str:
    """Return a repository id, `OWNER/NAME`.

    Raises:
        ConfigError: it is not valid.
    """
    from huggingface_hub.errors import HFValidationError
    from huggingface_hub.utils import validate_repo_id  # type: ignore[attr-defined]

    try:
        validate_repo_id(repo_id)
        if repo_id.count("/") == 1:
            return repo_id
    except HFValidationError:
        pass  # its message has many lines; ours has one
    raise ConfigError(
        f"{printable(repo_id)!r} is not a repository id. Write OWNER/NAME, e.g. my-team/my-tasks."
    )


def checked_endpoint(endpoint: str) -> str:
    """Return the URL of a hub without a trailing slash.

    Raises:
        ConfigError: it is not a URL, or it holds a password, which would end up in logs.
    """
    try:
        parts = urlsplit(endpoint)
        valid = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        valid = False
    if not valid or not endpoint.isprintable():
        raise ConfigError(f"{printable(endpoint)!r} is not the URL of a hub, e.g. {PUBLIC_HUB}.")
    if parts.username or parts.password:
        raise ConfigError("the URL of the hub holds a password. Use HF_TOKEN or --token-file.")
    return endpoint.rstrip("/")
