"""A collection written for one consumer.

`export.py` is the main path. To add an exporter, add one file to `exporters/` that exposes
`EXPORTER`, declared in `exporter.py`.
"""

FACE = (
    "docs",
    "export",
    "exporter",
)
