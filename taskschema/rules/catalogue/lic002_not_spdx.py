"""A licence lacks its SPDX identifier, or has one that is none or another's.

Programs compare licences by `spdx`; in words, one licence has a dozen names. Write the identifier
of https://spdx.org/licenses beside the words, which stay as they were given; the fix adds it where
the words are known.

Words that have no identifier ("Unknown", "MSR-LA", "CC BY" without a version) need none, nor do
words that nobody knows, unless they look like a known licence misspelt. An expression contradicts
the words only if they have no licence in common, whatever its version of a country or "or later".
"""

from collections.abc import Iterator

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns
from taskschema.schema.licenses import is_expression, misspelt, spdx_of

MOST_SEARCHED = 20  # near misses take a millisecond; nobody mends more by hand
OPERATORS = {"and", "or", "with"}


def check(columns: Columns) -> Iterator[Violation]:
    searched: dict[str, str | None] = {}
    for index, entry in enumerate(columns.task.get("licenses", ())):
        pointer = f"/licenses/{index}"
        text, written = entry["text"], entry.get("spdx")
        known = spdx_of(text)
        unknown = text if written is None else written
        if spdx_of(unknown) is None and len(searched) < MOST_SEARCHED:
            searched[unknown] = misspelt(unknown)
        meant = searched.get(unknown)
        if written is None and known:
            message = f"{quote(text)} has the SPDX identifier `{known}`. Add it as `spdx`."
            edit = Edit("add", f"{pointer}/spdx", known)
            yield Violation(pointer, message, edits=(edit,))
        elif written is None and meant:
            message = (
                f"{quote(text)} is no spelling of a licence that is known. Did you mean `{meant}`?"
            )
            yield Violation(f"{pointer}/text", message)
        elif written is not None and not is_expression(written):
            meant = spdx_of(written) or meant or known
            cure = f"Did you mean `{meant}`?" if meant else "See https://spdx.org/licenses."
            yield Violation(f"{pointer}/spdx", f"{quote(written)} is no SPDX expression. {cure}")
        elif written is not None and known and not _have_in_common(known, written):
            message = f"{quote(written)} is not {quote(text)}, which is `{known}`. Correct one."
            yield Violation(f"{pointer}/spdx", message)


def _have_in_common(known: str, written: str) -> bool:
    """Whether two expressions name one licence, or one and a national version of it."""
    return any(
        one.startswith(other) or other.startswith(one)
        for one in _families(known)
        for other in _families(written)
    )


def _families(expression: str) -> list[str]:
    words = expression.casefold().replace("(", " ").replace(")", " ").split()
    return [
        word.removesuffix("+").removesuffix("-only").removesuffix("-or-later")
        for word in words
        if word not in OPERATORS
    ]


RULE = TaskRule(
    code="LIC002",
    name="not-spdx",
    severity=Severity.WARNING,
    since="0.1",
    fix=Applicability.SAFE,
    check=check,
    good={"licenses": [{"text": "Unknown"}, {"text": "GPL 3.0", "spdx": "GPL-3.0-or-later"}]},
    bad={"licenses": [{"text": "Apache 2.0"}]},
)
