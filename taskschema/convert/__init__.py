"""Foreign formats in and out.

`convert.py` is the main path. To add a format, add one file or package to `formats/` that exposes
`FORMAT`, declared in `format.py`; several formats share what is in `shared/`.
"""

FACE = (
    "account",
    "convert",
    "detection",
    "docs",
    "endpoints",
    "format",
    "formats.lm_eval",
    "formats.superni",
    "pieces",
    "shared.rows.task_parts",
    "shared.rows.tasks_from_rows",
    "shared.sources.attachments",
)
