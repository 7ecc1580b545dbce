"""Foreign formats in and out.

`convert.py` is the main path: source, pieces, tasks, chunks, sink. To add a format, add one file
or package to `formats/` that exposes `FORMAT`, declared in `format.py`; what several formats need
is in `shared/`. Exporters write some formats too, and `taskschema new` reads tables by `rows.py`.
"""

FACE = (
    "account",
    "convert",
    "docs",
    "format",
    "formats.lm_eval",
    "formats.superni",
    "pieces",
    "request",
    "rows",
    "shared.sources.attachments",
    "sources",
)
