"""Licences and citation of an export for its Croissant description."""

import re

from taskschema.core.text.printing import printable, several
from taskschema.dataset.summary import UNSTATED, DatasetSummary
from taskschema.schema import licenses

__all__ = ["citation", "license_addresses"]

MOST_AUTHORS = 20
WITHOUT_MARKUP = str.maketrans("", "", "{}\\%")  # BibTeX markup
IDENTIFIER = re.compile(r"(?!LicenseRef-|DocumentRef-)[A-Za-z0-9.-]+")


def license_addresses(contents: DatasetSummary) -> list[str]:
    """Return the URLs of the licences that SPDX lists, and the texts of all others."""
    return [
        f"https://spdx.org/licenses/{name}.html"
        if IDENTIFIER.fullmatch(name) and licenses.is_expression(name)
        else printable(name)
        for name, _, _ in contents.licenses.rows()
        if name != UNSTATED
    ]


def citation(title: str, contents: DatasetSummary, version: str) -> str:
    """Return a BibTeX entry for the export, by its contributors."""
    people = [_plain(person.name) for person in contents.contributors]
    authors = [f"{{{name}}}" for name in people if name]
    if len(authors) > MOST_AUTHORS:
        authors = [*authors[:MOST_AUTHORS], "others"]
    author = f"  author = {{{' and '.join(authors)}}},\n" if authors else ""
    return (
        f"@misc{{taskschema_export,\n  title = {{{title}}},\n{author}"
        f"  note = {{Version {version}, {several(contents.tasks, 'task')}}}\n}}"
    )


def _plain(name: str) -> str:
    """Return a name without BibTeX markup."""
    return " ".join(name.translate(WITHOUT_MARKUP).split())
