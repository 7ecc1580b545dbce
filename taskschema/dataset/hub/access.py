"""Which hub is spoken to, about which repository, and with which token."""

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
    """Refuse where huggingface_hub is missing or too old for what is asked of it here."""
    from packaging.version import Version  # noqa: PLC0415

    try:
        installed = version(LIBRARY)
    except PackageNotFoundError as error:
        raise DestinationError(f"push needs {LIBRARY}. Install it: {INSTALL}") from error
    if Version(installed) < Version(OLDEST):
        have = f"{LIBRARY} {OLDEST} or later, and {installed} is installed"
        raise DestinationError(f"push needs {have}. Upgrade it: {INSTALL}")


def find_token(file: Path | None = None) -> str | None:
    """The token in a file; else that of HF_TOKEN or of an earlier `hf auth login`, or None."""
    if file is None:
        import huggingface_hub

        token, where = huggingface_hub.get_token(), "HF_TOKEN or the stored token"
    else:
        where = str(file)
        try:
            token = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is no text"
            raise ConfigError(f"{file}: no token can be read: {reason}.") from error
        if not token:
            raise ConfigError(f"{file}: is empty. Put the token there, and nothing else.")
    if token and not (token.isascii() and token.isprintable() and " " not in token):
        raise ConfigError(f"{where}: holds more than a token. A token is one word.")
    return token


def checked_id(repo_id: str) -> str:
    """The name of a repository, with that of its owner."""
    from huggingface_hub.errors import HFValidationError
    from huggingface_hub.utils import validate_repo_id  # type: ignore[attr-defined]

    try:
        validate_repo_id(repo_id)
        if repo_id.count("/") == 1:
            return repo_id
    except HFValidationError:
        pass  # of the many lines it has, one is enough
    raise ConfigError(
        f"{printable(repo_id)!r} names no repository. Write its owner and its name, such as "
        "my-team/my-tasks."
    )


def checked_endpoint(endpoint: str) -> str:
    """The address of a hub; one with a password in it would end up in logs."""
    try:
        parts = urlsplit(endpoint)
        valid = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        valid = False
    if not valid or not endpoint.isprintable():
        raise ConfigError(f"{printable(endpoint)!r} is no address of a hub, such as {PUBLIC_HUB}.")
    if parts.username or parts.password:
        raise ConfigError("the address of the hub holds a password. Use HF_TOKEN or --token-file.")
    return endpoint.rstrip("/")
