"""The Croissant 1.0 description of an export: files with digests, record sets, credits.

The format is https://docs.mlcommons.org/croissant/docs/croissant-spec.html, JSON-LD on top of
schema.org. It contains no date, so that the same tasks give the same bytes.
"""

from collections.abc import Sequence

import orjson

from taskschema.collection.export_manifest import WrittenFile
from taskschema.core.text.printing import printable, several
from taskschema.dataset.card import TITLE
from taskschema.dataset.card.credits import is_bibtex
from taskschema.dataset.croissant.credits import citation, license_addresses
from taskschema.dataset.croissant.records import (
    describe_file,
    describe_records,
    file_sets,
    name_splits,
)
from taskschema.dataset.croissant.vocabulary import CONTEXT, Node
from taskschema.dataset.data_files import data_files
from taskschema.dataset.summary import DatasetSummary
from taskschema.dataset.tables import Table
from taskschema.schema.versions import NEWEST

__all__ = ["croissant", "describe"]


def croissant(
    contents: DatasetSummary, files: Sequence[WrittenFile], tables: Sequence[Table], version: str
) -> bytes:
    """Return the description as JSON with a final line break; see `describe`."""
    described = describe(contents, files, tables, version)
    return orjson.dumps(described, option=orjson.OPT_INDENT_2) + b"\n"


def describe(
    contents: DatasetSummary, files: Sequence[WrittenFile], tables: Sequence[Table], version: str
) -> Node:
    """Return the description of an export.

    Args:
        contents: the counts and credits of the tasks.
        files: every file except the description; data files are recognised by their paths.
        tables: the table of each config, under its name; a config without one has no record set.
        version: the version of the data, three numbers with points.
    """
    columns = {table.name: table.columns for table in tables}
    configs = data_files(files)
    amount = f"{several(contents.tasks, 'task')} with {several(contents.instances, 'instance')}"
    sources = [source.citation for source in contents.sources if source.citation]
    node: Node = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": TITLE.replace(" ", "_"),
        "alternateName": TITLE,
        "description": f"{TITLE}: {amount}, in schema version {NEWEST} of taskschema.",
        "version": version,
        "license": license_addresses(contents),
        "citeAs": citation(TITLE, contents, version),
        "citation": [*filter(is_bibtex, sources), *(x for x in sources if not is_bibtex(x))],
        "creator": [
            {"@type": "sc:Person", "name": printable(person.name)}
            for person in contents.contributors
            if person.name
        ],
        "inLanguage": sorted(tag for tag, _, _ in contents.languages.rows() if tag != "und"),
        "keywords": ["instruction tuning", "natural language processing", "taskschema"],
        "isLiveDataset": False,
        "distribution": [*map(describe_file, files), *file_sets(configs)],
        "recordSet": [
            records
            for name, splits in configs.items()
            if name in columns
            for records in (
                name_splits(name, splits),
                describe_records(name, splits, columns[name]),
            )
        ],
    }
    return {key: value for key, value in node.items() if value not in ([], "")}
