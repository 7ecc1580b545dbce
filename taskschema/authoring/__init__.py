"""Commands that write task files: new, set, rename, ids, fmt, migrate, index, init, split.

One file or folder a command, named as the command.
"""

FACE = (
    "fmt",
    "ids",
    "index",
    "init",
    "migrate",
    "new",
    "new.terms",
    "rename.plan",
    "set.assignments",
    "set.changes",
    "split",
)
