"""An export in the words of Croissant 1.0: files with digests, record sets with fields, credits.

The format is https://docs.mlcommons.org/croissant/docs/croissant-spec.html, JSON-LD on top of
schema.org. Dates are left out, as the same tasks would then no longer give the same bytes.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from taskschema import licenses, schema
from taskschema.cards import TITLE
from taskschema.cards.credits import is_bibtex
from taskschema.contents import UNSAID, Contents
from taskschema.data_files import Arrangement, Splits, arrange, pattern
from taskschema.manifests import WrittenFile
from taskschema.tables import Column, Table, Type
from taskschema.text import printable, several

__all__ = ["CONTEXT", "croissant", "describe"]

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
"""What every file of Croissant 1.0 says of its keys."""

DATA_TYPES = {
    "string": "sc:Text",
    "bool": "sc:Boolean",
    "int32": "sc:Integer",
    "int64": "sc:Integer",
    "binary": "sc:Text",  # Croissant has no type of its own for bytes
    "image": "sc:ImageObject",
}
# Where in a value of such a column the thing itself is.
INSIDE = {"image": ("bytes",)}
ENCODINGS = {
    "parquet": "application/x-parquet",
    "md": "text/markdown",
    "svg": "image/svg+xml",
    "json": "application/json",
}
ANY = "application/octet-stream"
MOST_AUTHORS = 20
SPLIT = "split"  # the column that every table has
MEANINGFUL = str.maketrans("", "", "{}\\%")  # to BibTeX
IDENTIFIER = re.compile(r"(?!LicenseRef-|DocumentRef-)[A-Za-z0-9.-]+")


def croissant(
    contents: Contents, files: Sequence[WrittenFile], tables: Sequence[Table], version: str
) -> bytes:
    """The description as JSON, ending with a line break; see `describe`."""
    described = describe(contents, files, tables, version)
    return orjson.dumps(described, option=orjson.OPT_INDENT_2) + b"\n"


def describe(
    contents: Contents, files: Sequence[WrittenFile], tables: Sequence[Table], version: str
) -> Node:
    """The description of an export.

    Args:
        contents: the counts and credits of the tasks.
        files: every file but the description itself; what is data is told by the path.
        tables: the columns of each config, by its name; a config without one has no record set.
        version: of the data, as three numbers.
    """
    columns = {table.name: table.columns for table in tables}
    configs = arrange(files)
    amount = f"{several(contents.tasks, 'task')} with {several(contents.instances, 'instance')}"
    sources = [source.citation for source in contents.sources if source.citation]
    node: Node = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": TITLE.replace(" ", "_"),
        "alternateName": TITLE,
        "description": f"{TITLE}: {amount}, in schema version {schema.NEWEST} of taskschema.",
        "version": version,
        "license": _licenses(contents),
        "citeAs": _citation(contents, version),
        "citation": [*filter(is_bibtex, sources), *(x for x in sources if not is_bibtex(x))],
        "creator": [
            {"@type": "sc:Person", "name": printable(person.name)}
            for person in contents.contributors
            if person.name
        ],
        "inLanguage": sorted(tag for tag, _, _ in contents.languages.rows() if tag != "und"),
        "keywords": ["instruction tuning", "natural language processing", "taskschema"],
        "isLiveDataset": False,
        "distribution": [*map(_file, files), *_file_sets(configs)],
        "recordSet": [
            node
            for name, splits in configs.items()
            if name in columns
            for node in (_split_names(name, splits), _records(name, splits, columns[name]))
        ],
    }
    return {key: value for key, value in node.items() if value not in ([], "")}


def _file(file: WrittenFile) -> Node:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "encodingFormat": ENCODINGS.get(file.path.rpartition(".")[2], ANY),
        "sha256": file.sha256,
    }


def _file_sets(configs: Arrangement) -> Iterator[Node]:
    """All files of a config together, for a field has one source."""
    for name, splits in configs.items():
        if len(_files(splits)) > 1:
            yield {
                "@type": "cr:FileSet",
                "@id": f"files-of-{name}",
                "name": f"files-of-{name}",
                "description": f"The files of the config {name}, split by split.",
                "encodingFormat": ENCODINGS["parquet"],
                "includes": [pattern(name, split) for split in splits],
            }


def _split_names(config: str, splits: Splits) -> Node:
    """The splits of a config as records, which its column `split` refers to."""
    name = f"{_splits_of(config)}/name"
    return {
        **_named(_splits_of(config), "cr:RecordSet"),
        "dataType": "cr:Split",
        "key": {"@id": name},
        "field": [{**_named(name), "dataType": DATA_TYPES["string"]}],
        "data": [{name: split} for split in splits],
    }


def _splits_of(config: str) -> str:
    return f"splits-of-{config}"


def _records(config: str, splits: Splits, columns: Sequence[Column]) -> Node:
    source = _source(config, splits)
    fields = [_field(column, config, source) for column in columns]
    return {**_named(config, "cr:RecordSet"), "field": fields}


def _source(config: str, splits: Splits) -> Node:
    """Where rows of a config are: a single file, whose digest readers check, or a set of them."""
    files = _files(splits)
    if len(files) == 1:
        return {"fileObject": {"@id": files[0].path}}
    return {"fileSet": {"@id": f"files-of-{config}"}}


def _files(splits: Splits) -> list[WrittenFile]:
    return [file for files in splits.values() for file in files]


def _field(column: Column, config: str, place: Node) -> Node:
    properties = schema.load(schema.NEWEST)
    rows = properties["$defs"]["Instance"]["properties"]
    said = properties["properties"].get(column.name) or rows.get(column.name) or {}
    node = _named(f"{config}/{column.name}")
    if "description" in said:
        node["description"] = said["description"]
    if column.name == SPLIT:
        node["references"] = {"field": {"@id": f"{_splits_of(config)}/name"}}
    return _typed(column.type, node, {**place, "extract": {"column": column.name}}, ())


def _named(id_: str, type_: str = "cr:Field") -> Node:
    return {"@type": type_, "@id": id_, "name": id_}


def _typed(type_: Type, node: Node, source: Node, path: tuple[str, ...]) -> Node:
    """A field with its type, or with the fields inside it."""
    if isinstance(type_, list):
        return {**_typed(type_[0], node, source, path), "repeated": True}
    if isinstance(type_, str):
        path = (*path, *INSIDE.get(type_, ()))
        steps = {"transform": {"jsonPath": ".".join(path)}} if path else {}
        return {**node, "dataType": DATA_TYPES[type_], "source": {**source, **steps}}
    # Readers of Croissant follow a path into the items of one list, but not of a list inside.
    left_out = [name for name, part in type_.items() if not isinstance(part, str)]
    if left_out:
        words = f"Lists inside, which only the files have: {', '.join(left_out)}."
        node = {**node, "description": f"{node.get('description', '')} {words}".strip()}
    inner = [
        _typed(part, _named(f"{node['@id']}/{name}"), source, (*path, name))
        for name, part in type_.items()
        if name not in left_out
    ]
    return {**node, "subField": inner}


def _licenses(contents: Contents) -> list[str]:
    """Addresses of the licences that SPDX lists, and the words of all others."""
    return [
        f"https://spdx.org/licenses/{name}.html"
        if IDENTIFIER.fullmatch(name) and licenses.is_expression(name)
        else printable(name)
        for name, _, _ in contents.licenses.rows()
        if name != UNSAID
    ]


def _citation(contents: Contents, version: str) -> str:
    """The export as an entry of BibTeX, by its contributors."""
    people = [_plain(person.name) for person in contents.contributors]
    authors = [f"{{{name}}}" for name in people if name]
    if len(authors) > MOST_AUTHORS:
        authors = [*authors[:MOST_AUTHORS], "others"]
    author = f"  author = {{{' and '.join(authors)}}},\n" if authors else ""
    return (
        f"@misc{{taskschema_export,\n  title = {{{TITLE}}},\n{author}"
        f"  note = {{Version {version}, {several(contents.tasks, 'task')}}}\n}}"
    )


def _plain(name: str) -> str:
    """A name without what has a meaning in BibTeX."""
    return " ".join(name.translate(MEANINGFUL).split())
