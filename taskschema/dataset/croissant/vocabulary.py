"""The JSON-LD context, data types and media types of a Croissant 1.0 description."""

from typing import Any

__all__ = ["ANY", "CONTEXT", "DATA_TYPES", "ENCODINGS", "INSIDE", "Node"]

Node = dict[str, Any]

CR = (
    *("citeAs", "column", "extract", "field", "fileProperty", "fileObject", "fileSet", "format"),
    *("includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet"),
    *("references", "regex", "repeated", "replace", "samplingRate", "separator", "source"),
    *("subField", "transform", "equivalentProperty"),
)
CONTEXT: Node = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{name: f"cr:{name}" for name in CR},
}
"""The context of every Croissant 1.0 description, from its specification."""

DATA_TYPES = {
    "string": "sc:Text",
    "bool": "sc:Boolean",
    "int32": "sc:Integer",
    "int64": "sc:Integer",
    "binary": "sc:Text",  # Croissant has no type for bytes
    "image": "sc:ImageObject",
}
# The path to the content inside a value of a type.
INSIDE = {"image": ("bytes",)}
ENCODINGS = {
    "parquet": "application/x-parquet",
    "md": "text/markdown",
    "svg": "image/svg+xml",
    "json": "application/json",
}
ANY = "application/octet-stream"
