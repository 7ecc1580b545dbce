"""A folder of tasks: configuration, reading, look-up, revisions, splits.

`collection.py` finds the task files, `reading.py` reads one, `scan.py` maps a function over all.
"""

FACE = (
    "collection",
    "commit",
    "config",
    "export_manifest",
    "leaks",
    "lookup",
    "reading",
    "revisions",
    "scan",
    "splits.lists",
    "splits.policy",
    "splits.survey",
    "splits.tracks",
    "surroundings",
)
