"""Commands that describe tasks: stats, show, diff.

One folder a command. To add an output format of `diff`, add one file to `diff/formats/` that
exposes `FORMAT`, declared in `diff/format.py`.
"""

FACE = (
    "diff.compare",
    "diff.format",
    "diff.sides",
    "show.check_result",
    "show.markdown",
    "show.overview",
    "show.records",
    "show.rows",
    "show.text",
    "stats.json",
    "stats.markdown",
    "stats.plots",
    "stats.statistics",
    "stats.tables",
    "stats.text",
)
