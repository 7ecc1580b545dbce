"""Croissant nodes for files, record sets and fields."""

from collections.abc import Iterator, Sequence

from taskschema.collection.export_manifest import WrittenFile
from taskschema.core.column_types import Type
from taskschema.dataset.croissant.vocabulary import ANY, DATA_TYPES, ENCODINGS, INSIDE, Node
from taskschema.dataset.data_files import DataFiles, SplitFiles, glob_of
from taskschema.dataset.tables import Column
from taskschema.schema import versions

__all__ = ["describe_file", "describe_records", "file_sets", "name_splits"]

SPLIT = "split"  # a column of every table


def describe_file(file: WrittenFile) -> Node:
    """Return the node of a file, with its digest."""
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "encodingFormat": ENCODINGS.get(file.path.rpartition(".")[2], ANY),
        "sha256": file.sha256,
    }


def file_sets(configs: DataFiles) -> Iterator[Node]:
    """Yield a node with all files of a config, as a field has one source."""
    for name, splits in configs.items():
        if len(_files(splits)) > 1:
            yield {
                "@type": "cr:FileSet",
                "@id": f"files-of-{name}",
                "name": f"files-of-{name}",
                "description": f"The files of the config {name}, split by split.",
                "encodingFormat": ENCODINGS["parquet"],
                "includes": [glob_of(name, split) for split in splits],
            }


def name_splits(config: str, splits: SplitFiles) -> Node:
    """Return the splits of a config as records, which its column `split` references."""
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


def describe_records(config: str, splits: SplitFiles, columns: Sequence[Column]) -> Node:
    """Return the record set of a config, with a field for each column."""
    source = _source(config, splits)
    fields = [_field(column, config, source) for column in columns]
    return {**_named(config, "cr:RecordSet"), "field": fields}


def _source(config: str, splits: SplitFiles) -> Node:
    """Return the source of the rows: one file, whose digest readers verify, or a file set."""
    files = _files(splits)
    if len(files) == 1:
        return {"fileObject": {"@id": files[0].path}}
    return {"fileSet": {"@id": f"files-of-{config}"}}


def _files(splits: SplitFiles) -> list[WrittenFile]:
    return [file for files in splits.values() for file in files]


def _field(column: Column, config: str, source: Node) -> Node:
    schema = versions.load(versions.NEWEST)
    rows = schema["$defs"]["Instance"]["properties"]
    described = schema["properties"].get(column.name) or rows.get(column.name) or {}
    node = _named(f"{config}/{column.name}")
    if "description" in described:
        node["description"] = described["description"]
    if column.name == SPLIT:
        node["references"] = {"field": {"@id": f"{_splits_of(config)}/name"}}
    return _typed(column.type, node, {**source, "extract": {"column": column.name}}, ())


def _named(id_: str, type_: str = "cr:Field") -> Node:
    return {"@type": type_, "@id": id_, "name": id_}


def _typed(type_: Type, node: Node, source: Node, path: tuple[str, ...]) -> Node:
    """Return a field with its type, or with its inner fields."""
    if isinstance(type_, list):
        return {**_typed(type_[0], node, source, path), "repeated": True}
    if isinstance(type_, str):
        path = (*path, *INSIDE.get(type_, ()))
        steps = {"transform": {"jsonPath": ".".join(path)}} if path else {}
        return {**node, "dataType": DATA_TYPES[type_], "source": {**source, **steps}}
    # Croissant readers follow a path into the items of a list, but not of a nested list.
    nested = [name for name, part in type_.items() if not isinstance(part, str)]
    if nested:
        note = f"Nested lists, available in the files only: {', '.join(nested)}."
        node = {**node, "description": f"{node.get('description', '')} {note}".strip()}
    inner = [
        _typed(part, _named(f"{node['@id']}/{name}"), source, (*path, name))
        for name, part in type_.items()
        if name not in nested
    ]
    return {**node, "subField": inner}
