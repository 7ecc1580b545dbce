"""Commands that describe tasks: stats, show, diff.

Each command has one folder. To add an output format of `diff`, add a file to `diff/formats/` that
exposes `FORMAT`; `diff/format.py` declares its type.
"""

FACE = (
    "diff.base_and_head",
    "diff.compare",
    "diff.format",
    "show.check_summary",
    "show.markdown",
    "show.rows",
    "show.task_page",
    "show.text",
    "show.view_page",
    "stats.json",
    "stats.markdown",
    "stats.plots",
    "stats.statistics",
    "stats.tables",
    "stats.text",
)
