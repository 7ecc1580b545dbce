"""Errors of a hub as one-line messages with a next step."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from taskschema.core.errors import DestinationError
from taskschema.core.text.printing import printable

__all__ = ["LOG_IN", "UNAUTHORISED", "ErrorTranslator"]

NOT_A_HUB = "does not answer like a hub. Check --endpoint and HF_ENDPOINT."
LOG_IN = "Log in with `hf auth login`, set HF_TOKEN, or give --token-file FILE."
AGAIN = "Push again; uploaded files are not sent twice."
LONGEST_REASON = 200  # characters of the reason that the hub gives
UNAUTHORISED, FORBIDDEN, MISSING, CHANGED, BUSY, BROKEN = 401, 403, 404, 412, 429, 500


@dataclass(frozen=True, slots=True)
class ErrorTranslator:
    """Turns errors of requests about one repository into one-line messages."""

    endpoint: str
    repo_id: str
    has_token: bool

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Turn errors of huggingface_hub and the libraries below it into a `DestinationError`."""
        from huggingface_hub.errors import HfHubHTTPError

        # Releases of huggingface_hub use different HTTP libraries, whose errors are these bases.
        errors: Any = (*HfHubHTTPError.__bases__, OSError, RuntimeError, ValueError)
        logger = logging.getLogger("huggingface_hub")
        level = logger.level
        if "HF_HUB_VERBOSITY" not in os.environ:
            # It logs each retry with a signed URL, which must stay secret.
            logger.setLevel(logging.ERROR)
        try:
            yield
        except errors as error:
            raise DestinationError(self._message(error)) from error
        except (KeyError, TypeError, AttributeError) as error:
            raise DestinationError(f"{self.endpoint}: {NOT_A_HUB}") from error
        finally:
            logger.setLevel(level)

    def _message(self, error: BaseException) -> str:
        """Return the cause and the next step."""
        cause: BaseException | None = error
        while cause is not None and getattr(cause, "response", None) is None:
            cause = cause.__cause__
        if cause is not None:
            return self._refusal(cause)
        if isinstance(error, OSError) and error.filename:
            return f"{error.filename}: cannot be read: {error.strerror}. Export and push again."
        reason = _first_line(error).rstrip(".")
        if type(error).__name__.endswith("JSONDecodeError"):
            return f"{self.endpoint}: {NOT_A_HUB}"
        if isinstance(error, ValueError):
            return f"{self.repo_id}: push failed: {reason}."
        if isinstance(error, RuntimeError):
            why = f"{reason}: {_first_line(error.__cause__)}" if error.__cause__ else reason
            return f"{self.repo_id}: push failed: {why.rstrip('.')}. {AGAIN}"
        return f"{self.endpoint}: cannot be reached: {reason}. {AGAIN}"

    def _refusal(self, error: Any) -> str:
        status = error.response.status_code
        message = _first_line(getattr(error, "server_message", None) or "")
        reason = f": {message.rstrip('.')}" if message else ""
        if status == UNAUTHORISED and self.has_token:
            return f"{self.endpoint}: does not accept the token{reason}. Create a new one."
        if status in (UNAUTHORISED, FORBIDDEN):
            if not self.has_token:
                return f"{self.repo_id}: is not public{reason}. {LOG_IN}"
            return (
                f"{self.repo_id}: {self.endpoint} refuses the token{reason}. "
                "Use one with write permission, or another namespace."
            )
        if status == MISSING:
            return f"{self.repo_id}: {self.endpoint} does not find the repository{reason}."
        if status == CHANGED:
            return f"{self.repo_id}: someone else changed it during the push. Push again."
        if status == BUSY or status >= BROKEN:
            return f"{self.endpoint}: answers {status}{reason}. Push again later."
        return f"{self.repo_id}: {self.endpoint} answers {status}{reason}."


def _first_line(error: object) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if not lines and isinstance(error, BaseException):
        return type(error).__name__
    return printable(lines[0])[:LONGEST_REASON] if lines else ""
