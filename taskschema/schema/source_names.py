"""Canonical forms of the names and addresses of sources, so that two spellings count as one.

Both are for comparing only; what a task says is never rewritten by them.
"""

import re
import unicodedata

__all__ = ["canonical_name", "canonical_url", "is_own_work"]

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
DOI = re.compile(r"doi:\s*(?=10\.)", re.IGNORECASE)
HOST_ENDS = re.compile(r"[/?#]")
PORT = re.compile(r":(?:80|443)?$")
DOI_HOST = "doi.org"
# Words in the names that authors of SuperNI's tasks gave to what they made themselves.
OWN_WORK = re.compile(
    r"\b(?:authored|author|created|crowd|crowdsourced|custom|generated|handcrafted|handwritten"
    r"|manual|manually|none|original|own|self|selfmade|synthetic|synthesized|unknown)\b"
)
MEANINGFUL = "+#"  # "C", "C++" and "C#" are three names


def canonical_url(url: str) -> str:
    """The address without what does not change where it leads.

    Scheme, `www.`, the default port, the case of the host, `.git`, and a slash at the end of the
    path are evened out; the path, a query and a fragment stay as they are, for they may tell two
    datasets on one page apart. A DOI is the same written `doi:`, with `doi.org` or `dx.doi.org`.
    What is no address comes back all but unchanged, and a blank one as the empty string.
    """
    url = url.strip()
    if match := DOI.match(url):
        url = f"{DOI_HOST}/{url[match.end() :]}"
    elif match := SCHEME.match(url):
        url = url[match.end() :]
    end = match.start() if (match := HOST_ENDS.search(url)) else len(url)
    host = PORT.sub("", url[:end].lower()).removeprefix("www.")
    host = DOI_HOST if host == f"dx.{DOI_HOST}" else host
    path, *rest = re.split(r"(?=[?#])", url[end:], maxsplit=1)
    path = path.rstrip("/").removesuffix(".git").rstrip("/")
    return host + path + "".join(rest).removesuffix("#")


def canonical_name(name: str) -> str:
    """The name with case, punctuation, underscores and white space evened out.

    "Country_Capitals", "country-capitals" and "country  capitals" are one name, as are letters of
    full and half width. A name of nothing but punctuation is only trimmed.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    words = "".join(mark if _counts(mark) else " " for mark in folded).split()
    return " ".join(words) or folded.strip()


def is_own_work(name: str) -> bool:
    """Whether a name says that the instances were made for the task: "synthetic", or nothing."""
    words = canonical_name(name)
    return not words or OWN_WORK.search(words) is not None


def _counts(character: str) -> bool:
    """Whether a character tells names apart: letters, their marks, numbers."""
    return character in MEANINGFUL or unicodedata.category(character)[0] in "LMN"
