"""The command `taskschema`, and `python -m taskschema`."""

import io
import os
import sys
from pathlib import Path
from typing import NoReturn

from taskschema.cli.completion import shells
from taskschema.core.errors import TaskSchemaError

__all__ = ["main", "run"]

NOWHERE = Path(os.devnull)
CANNOT_GO_ON = 2
OUR_FAULT = 3


def main() -> NoReturn:
    """Run the command line and end the process with its exit code."""
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Escape what the encoding cannot show: a finding must not be lost.
            stream.reconfigure(errors="backslashreplace")
    code = run()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = code or CANNOT_GO_ON
    # Everything is written and every worker has ended. Finalizing the interpreter would take as
    # long as a small check.
    os._exit(code)


def _open_what_is_closed() -> None:
    """Open standard input and standard error on the null device if the caller closed them."""
    # The number of a closed stream is free: the next opened file would take it.
    if sys.stdin is None:
        sys.stdin = NOWHERE.open(encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = NOWHERE.open("w", encoding="utf-8")
    if sys.stdout is None:
        message = "standard output is closed. Redirect it to a file or to /dev/null."
        os._exit(_say(message, CANNOT_GO_ON))


def run() -> int:
    """Run the command line; exit codes: 0 clean, 1 findings, 2 cannot run, 3 a bug."""
    return shells.answer(_run) if shells.is_asking() else _run()


def _run() -> int:
    from taskschema.cli.app import app  # noqa: PLC0415 - its failures must end in one line too

    try:
        app()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except TaskSchemaError as error:
        return _say(str(error), CANNOT_GO_ON)
    except BrokenPipeError:
        return 0  # the reader of our output has stopped
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _say(f"{where}{error.strerror or error}.", CANNOT_GO_ON)
    except Exception as error:
        if os.environ.get("TASKSCHEMA_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        hint = "This is a bug of taskschema. Please report it with TASKSCHEMA_DEBUG=1 set."
        return _say(f"{what}. {hint}", OUR_FAULT)
    return 0


def _say(message: str, code: int) -> int:
    sys.stderr.write(f"taskschema: {message}\n")
    return code


if __name__ == "__main__":
    main()
