"""An address of a source or a licence is none that one can follow.

Cards and tables make links of it. Write one whole address, with `https://` in front; list a second
address as a source of its own. The fix removes white space around it and mends a mistyped
beginning such as `http//`. Identifiers (`doi:`, `arXiv:` ...) and addresses of storage (`s3://`,
`hf://` ...) are left alone, as is an address inside another, as archives and redirections have it.
Whether anything is there is not looked at.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

# A host has a dot, or is an IPv6 address, or the own machine.
WEB = re.compile(
    r"(?:https?|ftps?)://(?:[^\s/@]+@)?(?:[\w-]+(?:\.[\w-]+)+\.?|\[[0-9a-f:.]+\]|localhost)"
    r"(?::[0-9]+)?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
OTHER = re.compile(
    r"(?:(?:s3|gs|hf|git|ssh|sftp|ipfs|az|abfss?|rsync)://|(?:doi|arxiv|urn|ark|hdl|isbn):)\S+",
    re.IGNORECASE,
)
# One address right after another; after a slash or `=` it is part of the first.
SECOND = re.compile(r"[\w,;|)]https?://", re.IGNORECASE)
MISTYPED = re.compile(r"\Ah(t{1,3}p|tp|tt)(s?)(?:[:;]/{1,3}|//|:)(?=[\w-]+\.)", re.IGNORECASE)
BARE_HOST = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?")
LONGEST = 4_000  # browsers and servers refuse longer ones


def check(columns: Columns) -> Iterator[Violation]:
    for key in ("sources", "licenses"):
        for index, entry in enumerate(columns.task.get(key, ())):
            url = entry.get("url", "")
            if url.strip() and not _is_address(url):
                yield _violation(f"/{key}/{index}/url", url)


def _is_address(url: str) -> bool:
    if len(url) > LONGEST or SECOND.search(url):
        return False
    return bool(WEB.fullmatch(url) or OTHER.fullmatch(url))


def _violation(pointer: str, url: str) -> Violation:
    meant = MISTYPED.sub(r"http\2://", url.strip())
    if _is_address(meant):
        message = f"{quote(url)} is no address: write {quote(meant)}."
        return Violation(pointer, message, edits=(Edit("replace", pointer, meant),))
    if BARE_HOST.fullmatch(meant):
        cure = "Begin it with `https://`."
    elif len(re.findall("https?:", meant)) > 1:
        cure = "It is several; list each by itself."
    else:
        cure = "Write one that begins with `https://`, without white space."
    return Violation(pointer, f"{quote(url)} is no address. {cure}")


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
