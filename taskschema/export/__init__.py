"""Export: a collection written as a folder for one consumer.

`export.py` is the main path. To add an exporter, add one file to `exporters/` that exposes
`EXPORTER`, declared in `exporter.py`; several exporters share the code in `shared/`.
"""

FACE = (
    "docs",
    "export",
    "exporter",
    "request",
)
