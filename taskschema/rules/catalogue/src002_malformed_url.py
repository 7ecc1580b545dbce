"""The URL of a source or a licence is malformed.

Cards and tables turn it into a link. Write one complete URL that starts with `https://`, and list a
second one as a separate source. `--fix` removes white space around the URL and corrects a mistyped
start such as `http//`.

Identifiers (`doi:`, `arXiv:` ...) and storage URLs (`s3://`, `hf://` ...) are valid, and so is a
URL inside another, as archives and redirections use it. The rule does not check whether the page
exists.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

# A host has a dot, or is an IPv6 address or localhost.
WEB = re.compile(
    r"(?:https?|ftps?)://(?:[^\s/@]+@)?(?:[\w-]+(?:\.[\w-]+)+\.?|\[[0-9a-f:.]+\]|localhost)"
    r"(?::[0-9]+)?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
OTHER = re.compile(
    r"(?:(?:s3|gs|hf|git|ssh|sftp|ipfs|az|abfss?|rsync)://|(?:doi|arxiv|urn|ark|hdl|isbn):)\S+",
    re.IGNORECASE,
)
# A URL directly after another one; after a slash or `=` it is part of the first.
SECOND = re.compile(r"[\w,;|)]https?://", re.IGNORECASE)
MISTYPED = re.compile(r"\Ah(t{1,3}p|tp|tt)(s?)(?:[:;]/{1,3}|//|:)(?=[\w-]+\.)", re.IGNORECASE)
BARE_HOST = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?")
LONGEST = 4_000  # browsers and servers refuse longer ones


def check(columns: Columns) -> Iterator[Violation]:
    for key in ("sources", "licenses"):
        for index, entry in enumerate(columns.task.get(key, ())):
            url = entry.get("url", "")
            if url.strip() and not _is_valid(url):
                yield _violation(f"/{key}/{index}/url", url)


def _is_valid(url: str) -> bool:
    if len(url) > LONGEST or SECOND.search(url):
        return False
    return bool(WEB.fullmatch(url) or OTHER.fullmatch(url))


def _violation(pointer: str, url: str) -> Violation:
    corrected = MISTYPED.sub(r"http\2://", url.strip())
    if _is_valid(corrected):
        message = f"{quote(url)} is not a valid URL. Write {quote(corrected)}."
        return Violation(pointer, message, edits=(Edit("replace", pointer, corrected),))
    if BARE_HOST.fullmatch(corrected):
        advice = "Start it with `https://`."
    elif len(re.findall("https?:", corrected)) > 1:
        advice = "List each URL as a separate entry."
    else:
        advice = "Write one that starts with `https://`, without white space."
    return Violation(pointer, f"{quote(url)} is not a valid URL. {advice}")


RULE = TaskRule(
    code="SRC002",
    name="malformed-url",
    severity=Severity.WARNING,
    since="0.1",
    fix=Applicability.SAFE,
    check=check,
    good={"sources": [{"name": "a", "url": "https://web.archive.org/web/https://example.org/a"}]},
    bad={"sources": [{"name": "a", "url": "http//example.org/a"}]},
)
