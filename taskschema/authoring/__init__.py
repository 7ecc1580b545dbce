"""Commands that write task files: new, set, rename, ids, fmt, migrate, index, init, split.

Each command has one file or folder with its name.
"""

FACE = (
    "fmt",
    "ids",
    "index",
    "init",
    "migrate",
    "new.answer_format",
    "new.draft",
    "new.option_values",
    "new.request",
    "new.summary",
    "rename.plan",
    "set.assignments",
    "set.changes",
    "split",
)
