"""The command `taskschema`, and `python -m taskschema`."""

import io
import os
import sys

from taskschema.errors import TaskSchemaError

__all__ = ["main"]

CANNOT_GO_ON = 2
OUR_FAULT = 3


def main() -> None:
    """Run the command line; exit codes: 0 clean, 1 findings, 2 cannot go on, 3 our own fault."""
    from taskschema.cli import app  # noqa: PLC0415 - its failures must end in one line too

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What an output cannot show is escaped; a finding must not be lost to an encoding.
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
        sys.stdout.flush()
    except TaskSchemaError as error:
        sys.exit(_say(str(error), CANNOT_GO_ON))
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not complain when it closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        sys.exit(_say(f"{where}{error.strerror or error}.", CANNOT_GO_ON))
    except Exception as error:
        if os.environ.get("TASKSCHEMA_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        hint = "A fault of taskschema: please report what TASKSCHEMA_DEBUG=1 prints."
        sys.exit(_say(f"{what}. {hint}", OUR_FAULT))


def _say(message: str, code: int) -> int:
    sys.stderr.write(f"taskschema: {message}\n")
    return code


if __name__ == "__main__":
    main()
