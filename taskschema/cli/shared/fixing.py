"""What `check --fix` writes and `check --diff` shows."""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import typer

from taskschema.cli.shared.checking import CheckTarget
from taskschema.core.errors import DestinationError
from taskschema.core.storage.atomic_files import write_atomically, write_out
from taskschema.core.text.printing import printable, several
from taskschema.core.text.unified_diff import unified
from taskschema.gate.check import CheckOptions
from taskschema.gate.fixes import Fixed, fix_collection, fix_given

__all__ = ["difference", "fix", "preview"]

LONGEST_LINE = 2_000  # characters of a line that are shown


def fix(source: CheckTarget, options: CheckOptions, *, unsafe: bool) -> tuple[CheckTarget, int]:
    """Mend the files, and say on the standard error stream what was done.

    The standard input is mended on the standard output.

    Returns:
        What there is to judge now, and how many files could not be written.
    """
    counts: Counter[str] = Counter()
    files = left = 0
    for fixed in _fixed(source, options, unsafe=unsafe):
        if source.raw is not None:
            source = replace(source, raw=fixed.after)
        elif fixed.path.read_bytes() != fixed.before:
            typer.echo(f"taskschema: {fixed.path}: changed meanwhile; left as it is.", err=True)
            left += 1
            continue
        else:
            try:
                write_atomically(fixed.path, fixed.after)
            except DestinationError as error:
                typer.echo(f"taskschema: {error}", err=True)
                left += 1
                continue
        counts += fixed.counts
        files += 1
    if source.raw is not None:
        write_out(source.raw)
        sys.stdout.flush()
    if files:
        codes = ", ".join(f"{count:,} {code}" for code, count in sorted(counts.items()))
        done = several(sum(counts.values()), "finding")
        typer.echo(f"Mended {done} in {several(files, 'file')}: {codes}.", err=True)
    return source, left


def preview(source: CheckTarget, options: CheckOptions, *, unsafe: bool) -> int:
    """Show what would change as a unified diff; 1 if anything would, else 0."""
    files = 0
    for fixed in _fixed(source, options, unsafe=unsafe):
        files += 1
        for line in difference(fixed.path, fixed.before, fixed.after):
            typer.echo(line)
    typer.echo(f"{several(files, 'file')} would change.", err=True)
    return int(files > 0)


def _fixed(source: CheckTarget, options: CheckOptions, *, unsafe: bool) -> Iterator[Fixed]:
    if source.raw is None:
        return fix_collection(source.collection, options, unsafe=unsafe)
    return fix_given(source.collection, source.raw, options, unsafe=unsafe)


def difference(path: Path, old: bytes, new: bytes) -> Iterator[str]:
    """The lines of a unified diff that `patch` takes; on a terminal, what it can show of them."""
    before, after = (raw.decode(errors="backslashreplace") for raw in (old, new))
    lines = unified(printable(path.as_posix()), before, after)
    return map(_shown, lines) if sys.stdout.isatty() else lines


def _shown(line: str) -> str:
    """A line cut where it is long, with everything escaped that could hide."""
    shown = line[:1] + printable(line[1:].replace("\t", "    "))
    return shown if len(shown) <= LONGEST_LINE else f"{shown[:LONGEST_LINE]}..."
