"""The import layers: left never imports right, plugins never import each other."""

import ast
import sys
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "taskschema"
LAYERS = (
    (
        "errors",
        "findings",
        "addresses",
        "remote",
        "locations",
        "transfers",
        "files",
        "folders",
        "plugins",
        "schema_files",
        "own_code",
        "executors",
        "manifests",
        "sinks",
        "slugs",
        "row_ids",
        "patches",
        "references",
        "git",
        "git_process",
        "instructions",
        "shells",
    ),
    ("workers",),
    (
        "text",
        "cells",
        "wrapping",
        "excerpts",
        "places",
        "gaps",
        "plain_rows",
        "jsonscan",
        "jsonio",
        "json_rows",
        "edits",
        "languages",
        "licenses",
        "vocabulary",
        "profiles",
        "answers",
        "natural_prompts",
        "selection",
        "scripts",
        "sources",
        "texts",
        "masking",
        "settings",
        "mojibake",
        "yaml_nodes",
        "yaml_documents",
    ),
    ("task", "columns", "label_space", "schema", "fields", "canonical"),
    ("migrations",),
    ("migrate",),
    ("rules",),
    (
        "explain",
        "documentation",
        "placing",
        "config",
        "tables",
        "arrow_tables",
        "contents",
        "data_files",
        "composition",
        "cards",
        "croissant",
        "digests",
        "splits",
        "tracks",
        "export_filters",
        "assignments",
        "split_draw",
        "split_policy",
        "split_settings",
        "new_collection",
        "field_documentation",
    ),
    ("reading",),
    ("collection", "revisions", "origins", "base", "lookup"),
    (
        *("judge", "looks", "rewrite", "identification", "formatting", "dataset_folder", "views"),
        *("token_counts", "index", "amendments", "belongings", "metadata_changes"),
    ),
    ("renaming",),
    ("exporters", "formats"),
    (
        *("losses", "conversion", "sniffing", "endpoints", "format_options"),
        *("format_documentation", "export_options"),
        *("view_documentation", "exporter_documentation"),
    ),
    ("together", "waivers", "cache", "hub_access", "hub_errors", "hub"),
    (
        *("gate", "export", "loading", "diff", "convert", "push", "split_leaks", "splitting"),
        *("census", "sheets", "drafting"),
    ),
    ("fixes", "baseline", "page"),
    ("reporters", "diff_formats", "cli"),
    ("__init__", "__main__"),
)
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
PLUGINS = (
    "executors",
    "migrations",
    "rules",
    "views",
    "exporters",
    "formats",
    "reporters",
    "diff_formats",
    "cli",
)
HEAVY = {
    *("datasets", "pyarrow", "huggingface_hub", "yaml", "jinja2", "tokenizers"),
    *("distributed", "cloudpickle"),
}
HEAVY_PLACES = {
    "dataset_folder",
    "arrow_tables",
    "loading",
    "executors",
    "exporters",
    "formats",
    "cards",
    "hub",
    "hub_access",
    "hub_errors",
    "yaml_nodes",
    "yaml_documents",
}
FILES = sorted(PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    """The layer's word for a file: its package, or the module itself."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path) -> list[tuple[str, bool]]:
    """Every module a file imports, and whether it does so at its top; types aside."""
    tree = ast.parse(path.read_text())
    only_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    top = {id(node) for node in tree.body}
    found = []
    for node in ast.walk(tree):
        if id(node) in only_types:
            continue
        if isinstance(node, ast.Import):
            found += [(alias.name, id(node) in top) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "taskschema":
            found += [(f"taskschema.{alias.name}", id(node) in top) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append((node.module, id(node) in top))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_only_imports_from_its_layer_or_below(path: Path) -> None:
    own = part_of(path)
    for name, _ in imports(path):
        root, _, rest = name.partition(".")
        if root != "taskschema" or not rest:
            continue
        other = rest.split(".")[0]
        assert RANK[other] <= RANK[own], f"{own} imports {other}"
        if own in PLUGINS and path.stem != "__init__" and other == own:
            inner = rest.split(".")[1:2]
            assert all(part.startswith("_") for part in inner), "a plugin imports another"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_heavy_libraries_are_imported_late_and_where_they_belong(path: Path) -> None:
    for name, at_top in imports(path):
        root = name.split(".")[0]
        if root in HEAVY:
            assert not at_top
            assert part_of(path) in HEAVY_PLACES
        if root in ("typer", "rich"):
            assert part_of(path) in ("cli", "reporters")
        if root in ("pydantic", "jsonschema") and at_top:
            assert part_of(path) == "task"


def test_every_module_has_a_layer() -> None:
    assert {part_of(path) for path in FILES} == set(RANK)


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    sizes = {path: len(path.read_text().splitlines()) for path in FILES}
    assert max(sizes.values()) <= 300
    assert sorted(sizes.values())[len(sizes) // 2] <= 80


def test_the_standard_library_is_no_layer() -> None:
    assert not set(RANK) & (set(sys.stdlib_module_names) - {"__main__"})
