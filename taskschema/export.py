"""Write a collection as a folder: whole or not at all, and never over what is not an export."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from taskschema import manifests, plugins
from taskschema.collection import Collection
from taskschema.columns import Columns
from taskschema.conversion import Conversion
from taskschema.errors import DestinationError, NoTasksError
from taskschema.export_options import looked_at
from taskschema.exporters import Exporter, Options
from taskschema.findings import Finding
from taskschema.manifests import Manifest
from taskschema.reading import read
from taskschema.splits import split_lists

__all__ = ["export", "kinds"]

PACKAGE = "taskschema.exporters"


def kinds() -> tuple[str, ...]:
    """The names of the exporters."""
    return plugins.names(PACKAGE)


def export(
    kind: str,
    out: Path,
    collection: Collection,
    *,
    skip: Callable[[tuple[Finding, ...]], None],
    options: Options | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Manifest:
    """Export all tasks that can be read, in the order of their names.

    Args:
        kind: the name of an exporter.
        out: a folder that does not exist, is empty, or holds an earlier export, which is replaced.
        collection: the tasks.
        skip: given the findings of every file that does not parse or does not fit its schema, and
            of all that the exporter leaves out.
        options: what the exporter is to heed; the split lists are those of the collection.
        progress: told how many of how many files are done.

    Raises:
        ConfigError: an option that the exporter does not take, or a wrong value.
        NoTasksError: no file could be read; what was there before is left as it was.
        DestinationError: `out` holds something else, or cannot be written.
    """
    exporter: Exporter = plugins.load(PACKAGE, kind, "EXPORTER")
    for module in exporter.modules:
        if find_spec(module) is None:
            install = f'pip install "taskschema[{exporter.extra}]"'
            raise DestinationError(f"export {kind} needs {module}. Install it: {install}")
    conversion = Conversion("taskschema", kind)
    chosen = replace(
        looked_at(kind, exporter, options or Options()),
        lists=split_lists(collection.config.root),
        tell=conversion.problem,
    )
    out = out.resolve()
    _require_replaceable(out)

    def tasks() -> Iterator[Columns]:
        paths = sorted(collection.paths, key=lambda path: (path.stem, path))
        for done, path in enumerate(paths):
            reading = read(path, collection.config.root)
            if reading.document is None:
                skip(reading.findings)
            else:
                root = collection.config.root
                yield Columns(reading.upgraded(), raw=reading.raw, path=path, root=root)
            if progress:
                progress(done + 1, len(paths))

    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
        try:
            manifest = exporter.write(tasks(), beside, chosen)
            if conversion.findings:
                skip(conversion.report.findings)
            if manifest.tasks == 0:
                raise NoTasksError(f"{out}: nothing was written, as no file could be read.")
            manifests.write(beside, manifest)
            _replace(out, beside)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise DestinationError(f"{out}: cannot be written: {error.strerror or error}") from error
    return manifest


def _require_replaceable(out: Path) -> None:
    """Nothing that an export did not write may be lost to one."""
    if out.is_dir() and manifests.is_export(out):
        for stranger in manifests.strangers(out):
            raise DestinationError(
                f"{out}: holds {stranger.relative_to(out)}, which no export wrote. "
                "Move it away, or name a new folder."
            )
    elif out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise DestinationError(
            f"{out}: exists and is no export of taskschema. Name a new folder, or remove it."
        )


def _replace(out: Path, beside: Path) -> None:
    """Put the finished folder in place; a failure leaves the old one there."""
    beside.chmod(0o755)
    if not out.exists():
        beside.replace(out)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{out.name}.old.", dir=out.parent))
    out.replace(old / out.name)
    try:
        beside.replace(out)
    except OSError:
        (old / out.name).replace(out)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
