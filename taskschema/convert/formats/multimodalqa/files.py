"""Files of MultiModalQA in a folder: questions, tables, texts and images."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from taskschema.convert.format import ConvertOptions
from taskschema.convert.formats.multimodalqa.gzip_files import unpacked
from taskschema.convert.pieces import ConversionSource, Document, Place, Problem
from taskschema.convert.shared.sources.data_rows import rows_of
from taskschema.convert.shared.sources.json_files import label_of

__all__ = [
    "FOLDER",
    "KINDS",
    "OTHERS",
    "PREFIX",
    "Files",
    "file_at",
    "find_files",
    "image_in",
    "inside",
    "is_plain",
    "kind_in",
    "packed_rows",
    "stem_of",
]

KINDS = ("tables", "texts", "images")
PREFIX = "MMQA_"
FOLDER = "images"
OTHERS = "files"
FOLDERS = (FOLDER, "final_dataset_images")
SUFFIXES = (".jsonl", ".jsonl.gz")
COMPANION = re.compile(rf"(?:[^/]*[_-])?({'|'.join(KINDS)})", re.IGNORECASE)


class Files(NamedTuple):
    """The files of a source."""

    root: Path
    """The folder of the documents."""
    questions: list[Path]
    documents: list[tuple[str, Path]]
    """Kind and path of each file of documents; tables first."""


def stem_of(name: str) -> str | None:
    """Return the name without its suffix; None if it is not a file of rows."""
    lower = name.lower()
    for suffix in SUFFIXES:
        if lower.endswith(suffix):
            return name[: -len(suffix)]
    return None


def kind_in(stem: str) -> str:
    """Return the kind of documents that a file is named after; empty for questions."""
    found = COMPANION.fullmatch(stem)
    return found[1].lower() if found else ""


def find_files(source: ConversionSource, options: ConvertOptions) -> Iterator[Files | Problem]:
    """Yield the problems of files, then the usable files."""
    is_folder = source.path.is_dir()
    root = options.data or (source.path if is_folder else source.path.parent)
    found: dict[str, list[Path]] = {"": [] if is_folder else [source.path]}
    folders = dict.fromkeys([root, *([source.path] if is_folder else [])])
    for folder in folders:
        for path in _listed(folder):
            if isinstance(path, Problem):
                yield path
                continue
            kind = kind_in(stem_of(path.name) or "")
            if (kind and folder == root) or (not kind and is_folder and folder == source.path):
                found.setdefault(kind, []).append(path)
    documents = [(kind, path) for kind in KINDS for path in found.get(kind, ())]
    yield Files(root, found[""], documents)


def _listed(folder: Path) -> Iterator[Path | Problem]:
    """Yield the files of rows in a folder; a gzipped copy of another file is ignored."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        message = f"cannot be listed: {error.strerror}. Name a folder that holds the documents."
        yield Problem(Place(folder), "unreadable-row", message)
        return
    for name in names:
        path = folder / name
        stem = None if name.startswith(".") else stem_of(name)
        if stem is None or (name.endswith(".gz") and name[: -len(".gz")] in names):
            continue
        if not inside(path, folder):
            message = "is a link out of the folder. Put the file itself here."
            yield Problem(Place(path), "unreadable-row", message)
        elif path.is_file():
            yield path


def inside(path: Path, folder: Path) -> bool:
    """Return whether a path stays inside a folder after following links."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):  # too long, a null byte, a cycle of links
        return False


def packed_rows(source: ConversionSource, path: Path) -> Iterator[tuple[Place, Document] | Problem]:
    """Yield the rows of a file that may be gzipped, and the problems of invalid rows."""
    is_own = path == source.path or source.path in path.parents
    label = label_of(source, path) if is_own else path
    try:
        with unpacked(path) as (file, fault):
            if fault:
                yield Problem(Place(label), "unreadable-row", fault)
            yield from rows_of(ConversionSource(path=file, label=label, name=source.name))
    except OSError as error:
        message = f"cannot be opened: {error.strerror or error}."
        yield Problem(Place(label), "unreadable-row", message)


def image_in(root: Path, path: str) -> Path | None:
    """Return the file of an image in one of the image folders; None if it does not exist."""
    found = (file_at(root, f"{name}/{path}") for name in FOLDERS)
    return next((file for file in found if file), None)


def file_at(root: Path, path: str) -> Path | None:
    """Return the file of any other attachment; None if it does not exist."""
    if not is_plain(path):
        return None
    try:
        return root / path if (root / path).is_file() and inside(root / path, root) else None
    except OSError:  # the name is too long
        return None


def is_plain(path: str) -> bool:
    """Return whether a path is relative, uses slashes and stays inside its folder."""
    parts = PurePosixPath(path).parts
    return (
        bool(parts)
        and "/".join(parts) == path
        and not path.startswith("/")
        and not {"..", "."}.intersection(parts)
        and not re.search(r'[\\:*?"<>|\x00-\x1f]', path)
    )
