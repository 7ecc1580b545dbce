"""Writes changed files for commands; a file that cannot be written does not stop the others."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import typer

from taskschema.core.errors import DestinationError
from taskschema.core.storage.atomic_files import write_atomically

__all__ = ["FileWriter", "print_failures"]


@dataclass(slots=True)
class FileWriter:
    """Writes files one by one and keeps the errors until the end."""

    failures: list[str] = field(default_factory=list)

    def write(self, path: Path, data: bytes) -> bool:
        """Write a file; return False and keep the error if it cannot be written."""
        try:
            write_atomically(path, data)
        except DestinationError as error:
            self.failures.append(str(error))
            return False
        return True


def print_failures(failures: Iterable[str]) -> None:
    """Print the errors of files that could not be written on standard error."""
    for failure in failures:
        typer.echo(f"taskschema: {failure}", err=True)
