"""Checking: runs the rules on files and collections; waivers, cache, fixes, reports.

`check.py` is the main path. To add an output format, add one file to `reports/formats/` that
exposes `REPORTER`, declared in `reports/reporter.py`.
"""

FACE = (
    "check",
    "fixes",
    "reports.formats.text",
    "reports.output",
    "reports.reporter",
    "split_check",
    "target",
)
