"""Canonical names and URLs of sources, for comparing spellings.

They are only compared; the names and URLs in a task are never rewritten.
"""

import re
import unicodedata

__all__ = ["canonical_name", "canonical_url", "is_own_work"]

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
DOI = re.compile(r"doi:\s*(?=10\.)", re.IGNORECASE)
HOST_ENDS = re.compile(r"[/?#]")
PORT = re.compile(r":(?:80|443)?$")
DOI_HOST = "doi.org"
# Words that authors of SuperNI's tasks used as source names of their own work.
OWN_WORK = re.compile(
    r"\b(?:authored|author|created|crowd|crowdsourced|custom|generated|handcrafted|handwritten"
    r"|manual|manually|none|original|own|self|selfmade|synthetic|synthesized|unknown)\b"
)
MEANINGFUL = "+#"  # "C", "C++" and "C#" are different names


def canonical_url(url: str) -> str:
    """Return a URL without the parts that do not change its target.

    Scheme, `www.`, default port, `.git` and a final slash are removed, and the host becomes lower
    case. Path, query and fragment stay, because they may distinguish two datasets on one page. The
    spellings of a DOI with `doi:`, `doi.org` and `dx.doi.org` are equal. A text that is not a URL
    stays almost unchanged; a blank text becomes empty.
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
    """Return a name without differences in case, punctuation, underscores and white space.

    "Country_Capitals", "country-capitals" and "country  capitals" are equal, as are full-width and
    half-width letters. A name of only punctuation is just trimmed.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    words = "".join(mark if _counts(mark) else " " for mark in folded).split()
    return " ".join(words) or folded.strip()


def is_own_work(name: str) -> bool:
    """Return whether a source name means that the author made the instances: "synthetic", or ""."""
    words = canonical_name(name)
    return not words or OWN_WORK.search(words) is not None


def _counts(character: str) -> bool:
    """Return whether a character distinguishes names: letters, combining marks, numbers."""
    return character in MEANINGFUL or unicodedata.category(character)[0] in "LMN"
