"""The command line: one file per command, no logic.

To add a command, add one file to `commands/` that exposes `COMMAND`. It parses, calls one function
of one wing, and prints.
"""

FACE = (
    "app",
    "completion.shells",
)
