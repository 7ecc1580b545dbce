"""A licence has no SPDX identifier, or a wrong one.

Programs compare licences by `spdx`, since one licence has many names in words. Add the identifier
from https://spdx.org/licenses, and keep the original words. `--fix` adds it if the words are known.

Words without an identifier ("Unknown", "MSR-LA", "CC BY" without a version) are not reported, and
neither are unknown words, unless they are close to a known licence. An expression contradicts the
words only if they have no licence in common, ignoring national versions and "or later".
"""

from collections.abc import Iterator

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns
from taskschema.schema.licenses import is_expression, misspelt, spdx_of

MOST_SEARCHED = 20  # finding near misses takes a millisecond per licence
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
        suggestion = searched.get(unknown)
        if written is None and known:
            message = f"{quote(text)} has the SPDX identifier `{known}`. Add it as `spdx`."
            edit = Edit("add", f"{pointer}/spdx", known)
            yield Violation(pointer, message, edits=(edit,))
        elif written is None and suggestion:
            message = f"{quote(text)} is not a known licence. Did you mean `{suggestion}`?"
            yield Violation(f"{pointer}/text", message)
        elif written is not None and not is_expression(written):
            suggestion = spdx_of(written) or suggestion or known
            advice = (
                f"Did you mean `{suggestion}`?" if suggestion else "See https://spdx.org/licenses."
            )
            message = f"{quote(written)} is not an SPDX expression. {advice}"
            yield Violation(f"{pointer}/spdx", message)
        elif written is not None and known and not _have_in_common(known, written):
            message = (
                f"{quote(written)} contradicts {quote(text)}, which is `{known}`. Correct one."
            )
            yield Violation(f"{pointer}/spdx", message)


def _have_in_common(known: str, written: str) -> bool:
    """Whether two expressions share a licence, ignoring its national versions."""
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
