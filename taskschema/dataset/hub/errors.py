"""What goes wrong between here and a hub, told in one line that says how to go on."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from taskschema.core.errors import DestinationError
from taskschema.core.text.printing import printable

__all__ = ["LOG_IN", "UNAUTHORISED", "Teller"]

STRANGE = "does not answer as a hub does. Look at --endpoint and HF_ENDPOINT."
LOG_IN = "Log in with `hf auth login`, set HF_TOKEN, or name a file: --token-file FILE"
AGAIN = "Push again; what has arrived is not sent a second time."
LONGEST_REASON = 200  # characters of what the hub says of a refusal
UNAUTHORISED, FORBIDDEN, MISSING, CHANGED, BUSY, BROKEN = 401, 403, 404, 412, 429, 500


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells of the failures of one repository."""

    endpoint: str
    repo_id: str
    has_token: bool

    @contextmanager
    def in_one_line(self) -> Iterator[None]:
        """Turn whatever fails in huggingface_hub, or below it, into a `DestinationError`."""
        from huggingface_hub.errors import HfHubHTTPError

        # Releases of huggingface_hub differ in the library that fails; its errors are the bases.
        fault: Any = (*HfHubHTTPError.__bases__, OSError, RuntimeError, ValueError)
        logger = logging.getLogger("huggingface_hub")
        level = logger.level
        if "HF_HUB_VERBOSITY" not in os.environ:
            # It tells of each retry, with an address that is signed and for nobody else to see.
            logger.setLevel(logging.ERROR)
        try:
            yield
        except fault as error:
            raise DestinationError(self._explained(error)) from error
        except (KeyError, TypeError, AttributeError) as error:
            raise DestinationError(f"{self.endpoint}: {STRANGE}") from error
        finally:
            logger.setLevel(level)

    def _explained(self, error: BaseException) -> str:
        """What went wrong, and how to go on."""
        cause: BaseException | None = error
        while cause is not None and getattr(cause, "response", None) is None:
            cause = cause.__cause__
        if cause is not None:
            return self._refused(cause)
        if isinstance(error, OSError) and error.filename:
            return f"{error.filename}: cannot be read: {error.strerror}. Export and push again."
        reason = _first_line(error).rstrip(".")
        if type(error).__name__.endswith("JSONDecodeError"):
            return f"{self.endpoint}: {STRANGE}"
        if isinstance(error, ValueError):
            return f"{self.repo_id}: is not pushed to: {reason}."
        if isinstance(error, RuntimeError):
            why = f"{reason}: {_first_line(error.__cause__)}" if error.__cause__ else reason
            return f"{self.repo_id}: is not pushed to: {why.rstrip('.')}. {AGAIN}"
        return f"{self.endpoint}: cannot be reached: {reason}. {AGAIN}"

    def _refused(self, error: Any) -> str:
        status = error.response.status_code
        said = _first_line(getattr(error, "server_message", None) or "")
        because = f": {said.rstrip('.')}" if said else ""
        if status == UNAUTHORISED and self.has_token:
            return f"{self.endpoint}: does not accept the token{because}. Make a new one there."
        if status in (UNAUTHORISED, FORBIDDEN):
            if not self.has_token:
                return f"{self.repo_id}: is not open to everyone{because}. {LOG_IN}"
            return (
                f"{self.repo_id}: {self.endpoint} refuses this token there{because}. "
                "Use one with write permission for it, or another namespace."
            )
        if status == MISSING:
            return f"{self.repo_id}: {self.endpoint} does not find it{because}."
        if status == CHANGED:
            return f"{self.repo_id}: was changed by someone else during the push. Push again."
        if status == BUSY or status >= BROKEN:
            return f"{self.endpoint}: answers {status} for now{because}. Push again later."
        return f"{self.repo_id}: {self.endpoint} refuses with {status}{because}."


def _first_line(error: object) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if not lines and isinstance(error, BaseException):
        return type(error).__name__
    return printable(lines[0])[:LONGEST_REASON] if lines else ""
