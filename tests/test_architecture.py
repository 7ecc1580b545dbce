"""The wings: what each may import, what each shows to the others, and where plugins stand."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from support.checkout import ROOT

import taskschema

PACKAGE = ROOT / "taskschema"
MAY_IMPORT = {
    "core": "",
    "schema": "core",
    "views": "core schema",
    "rules": "core schema",
    "collection": "core schema rules",
    "gate": "core schema rules collection",
    "dataset": "core schema views collection",
    "convert": "core schema views rules collection dataset",
    "export": "core schema views rules collection dataset convert",
    "authoring": "core schema rules collection dataset convert",
    "analysis": "core schema views collection gate dataset",
    "cli": "core schema views rules collection gate dataset convert export authoring analysis",
}
# Inside core, in this order: each part may import the parts before it.
CORE = (
    ("errors", "findings", "plugins", "package", "column_types", "text"),
    ("plugin_settings", "syntax", "storage", "parallel"),
)
PLUGINS = {
    "core/parallel/executors",
    "schema/migrations",
    "views/shapes",
    "rules/catalogue",
    "gate/reports/formats",
    "convert/formats",
    "export/exporters",
    "analysis/diff/formats",
    "cli/commands",
}
HEAVY = {
    *("datasets", "pyarrow", "huggingface_hub", "yaml", "jinja2", "tokenizers"),
    *("distributed", "cloudpickle"),
}
HEAVY_PLACES = (
    *("core/parallel/executors", "core/syntax/yaml", "core/syntax/yaml_nodes"),
    *("dataset", "convert", "export"),
)
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "collection_template" not in path.parts)


class Imported(NamedTuple):
    """One name that a file imports, and where from."""

    module: str
    """The dotted name of the module; below the package, without `taskschema.`."""
    name: str
    at_top: bool
    is_ours: bool


def place(path: Path) -> str:
    """A file's place below the package, with slashes and without a suffix."""
    found = path.relative_to(PACKAGE).with_suffix("")
    return (found.parent if found.name == "__init__" else found).as_posix()


def is_module(dotted: str) -> bool:
    path = PACKAGE.joinpath(*dotted.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


@cache
def imports(path: Path) -> tuple[Imported, ...]:
    """Every name a file imports, types aside; each file is parsed once."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[Imported]:
    tree = ast.parse(path.read_text("utf-8"))
    only_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    top = {id(node) for node in tree.body}
    for node in ast.walk(tree):
        if id(node) in only_types:
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Imported(alias.name, "", id(node) in top, is_ours=False)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            root, _, inner = (node.module or "").partition(".")
            for alias in node.names:
                if root != "taskschema":
                    yield Imported(node.module or "", alias.name, id(node) in top, is_ours=False)
                    continue
                whole = f"{inner}.{alias.name}".lstrip(".")
                module = whole if is_module(whole) else inner
                yield Imported(module, alias.name, id(node) in top, is_ours=True)


@cache
def face(wing: str) -> tuple[str, ...]:
    """The modules of a wing that others may import, as its sign lists them."""
    for node in ast.parse((PACKAGE / wing / "__init__.py").read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "FACE":
            return tuple(ast.literal_eval(node.value))
    return ()


def wing_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def is_inside(path: Path) -> bool:
    """Whether a file belongs to a wing, and not to the root of the package."""
    return path.parent != PACKAGE


INSIDE = [path for path in FILES if is_inside(path)]


@pytest.mark.parametrize("path", INSIDE, ids=place)
def test_imports_run_down_the_list_of_wings_only(path: Path) -> None:
    wing = wing_of(path)
    allowed = {wing, *MAY_IMPORT[wing].split()}
    for one in imports(path):
        if one.is_ours and one.module:
            assert one.module.split(".")[0] in allowed, f"{wing} imports {one.module}"


@pytest.mark.parametrize("path", INSIDE, ids=place)
def test_only_the_face_of_another_wing_is_imported(path: Path) -> None:
    wing = wing_of(path)
    for one in imports(path):
        other, _, inner = one.module.partition(".")
        if one.is_ours and other in MAY_IMPORT and other != wing:
            shown = face(other)
            assert any(
                inner == entry or (entry.endswith(".*") and inner.startswith(entry[:-1]))
                for entry in shown
            ), f"{other}/__init__.py does not list {inner} in its FACE"


@pytest.mark.parametrize("path", INSIDE, ids=place)
def test_no_name_with_an_underscore_is_crossed(path: Path) -> None:
    """What begins with an underscore is imported from its own folder only."""
    for one in imports(path):
        parts = (*one.module.split("."), one.name)
        private = next((index for index, part in enumerate(parts) if part.startswith("_")), None)
        if one.is_ours and private is not None:
            home = PACKAGE.joinpath(*parts[:private])
            home = home if home.is_dir() else home.parent
            assert path.is_relative_to(home), f"{'.'.join(parts)} is private to {home}"


def test_no_face_lists_what_nobody_imports() -> None:
    used = {
        one.module
        for path in FILES
        for one in imports(path)
        if one.is_ours and one.module.split(".")[0] != path.relative_to(PACKAGE).parts[0]
    }
    used |= set(taskschema._HOMES)  # noqa: SLF001 - the public names are loaded by name
    for wing in MAY_IMPORT:
        for entry in face(wing):
            whole = f"{wing}.{entry}"
            assert any(
                name.startswith(whole[:-1]) if whole.endswith(".*") else name == whole
                for name in used
            ), f"nobody imports {whole}"


def test_a_sign_imports_nothing() -> None:
    for wing in MAY_IMPORT:
        sign = PACKAGE / wing / "__init__.py"
        assert not list(imports(sign)), f"{wing}/__init__.py is imported by completion and --help"
        assert (ast.get_docstring(ast.parse(sign.read_text("utf-8"))) or "").count("\n") >= 2


@pytest.mark.parametrize("path", [path for path in INSIDE if wing_of(path) == "core"], ids=place)
def test_inside_core_values_import_nothing_of_each_other(path: Path) -> None:
    parts = path.relative_to(PACKAGE / "core").with_suffix("").parts
    if parts[0] == "__init__":
        return
    level = next(index for index, names in enumerate(CORE) if parts[0] in names)
    below = {name for names in CORE[:level] for name in names}
    for one in imports(path):
        wing, _, inner = one.module.partition(".")
        if one.is_ours and wing == "core":
            assert inner.split(".")[0] in {parts[0], *below}, f"{place(path)} imports {inner}"


@pytest.mark.parametrize("folder", sorted(PLUGINS))
def test_a_folder_of_plugins_holds_plugins_and_nothing_else(folder: str) -> None:
    names = {path.stem for path in (PACKAGE / folder).iterdir() if is_module_file(path)}
    assert all(not name.startswith("_") for name in names - {"__init__"})
    for path in sorted((PACKAGE / folder).rglob("*.py")):
        own = path.relative_to(PACKAGE / folder).with_suffix("").parts[0]
        for one in imports(path):
            prefix = folder.replace("/", ".") + "."
            if one.is_ours and one.module.startswith(prefix):
                other = one.module.removeprefix(prefix).split(".")[0]
                assert other == own, f"plugin {own} imports plugin {other}"


def is_module_file(path: Path) -> bool:
    return path.suffix == ".py" or (path / "__init__.py").is_file()


@pytest.mark.parametrize("path", FILES, ids=place)
def test_heavy_libraries_are_imported_late_and_where_they_belong(path: Path) -> None:
    for one in imports(path):
        root = one.module.split(".")[0]
        if one.is_ours:
            continue
        if root in HEAVY:
            assert not one.at_top
            assert place(path).startswith(HEAVY_PLACES)
        if root in ("typer", "rich"):
            assert place(path).startswith(("cli", "gate/reports/formats"))
        if root in ("pydantic", "jsonschema") and one.at_top:
            assert place(path).startswith("schema/model")


def test_no_two_public_classes_share_a_name() -> None:
    homes: dict[str, list[str]] = {}
    for path in FILES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(place(path))
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


def test_every_wing_is_in_the_table_and_nothing_else_is_at_the_root() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    assert folders == set(MAY_IMPORT)
    assert {path.stem for path in PACKAGE.glob("*.py")} == {"__init__", "__main__"}


def test_no_wing_has_the_name_of_a_module_of_the_standard_library() -> None:
    assert not set(MAY_IMPORT) & set(sys.stdlib_module_names)
