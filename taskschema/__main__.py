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
            # What an output cannot show is escaped; a finding must not be lost to an encoding.
            stream.reconfigure(errors="backslashreplace")
    code = run()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = code or CANNOT_GO_ON
    # All is written and every worker has ended. Taking down the interpreter, object by object,
    # would take as long as a small check.
    os._exit(code)


def _open_what_is_closed() -> None:
    """Stand in for an input or an output of errors that whoever started us closed."""
    # What is None here is a stream whose number is free; the next file that opens would take it.
    if sys.stdin is None:
        sys.stdin = NOWHERE.open(encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = NOWHERE.open("w", encoding="utf-8")
    if sys.stdout is None:
        message = "the standard output is closed. Send it to a file or to /dev/null."
        os._exit(_say(message, CANNOT_GO_ON))


def run() -> int:
    """Run the command line; exit codes: 0 clean, 1 findings, 2 cannot go on, 3 our own fault."""
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
        return 0  # whoever read our output has seen enough
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _say(f"{where}{error.strerror or error}.", CANNOT_GO_ON)
    except Exception as error:
        if os.environ.get("TASKSCHEMA_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        hint = "A fault of taskschema: please report what TASKSCHEMA_DEBUG=1 prints."
        return _say(f"{what}. {hint}", OUR_FAULT)
    return 0


def _say(message: str, code: int) -> int:
    sys.stderr.write(f"taskschema: {message}\n")
    return code


if __name__ == "__main__":
    main()
