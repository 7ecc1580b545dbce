"""The section of a card that credits contributors and sources."""

import re
from collections.abc import Iterator

from taskschema.core.text.markdown import fence, inline, link
from taskschema.dataset.card.sections import more
from taskschema.dataset.summary import CreditedPerson, CreditedSource, DatasetSummary

__all__ = ["credit", "is_bibtex"]

BIBTEX = re.compile(r"\s*@[A-Za-z]")
ENTRY = re.compile(r"@[A-Za-z]+\s*\{\s*([^\s,{}()\"#%'=\\~]+)\s*,")
ESCAPED_BRACE = re.compile(r"\\[{}]")
GITHUB = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}")
ORCID = re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]")
LONGEST_CITATION = 1_000


def credit(contents: DatasetSummary) -> str:
    """Return contributors, sources with their URLs, and the citations of the sources."""
    parts = ["## Credits\n"]
    if contents.contributors:
        names = ", ".join(_person(person) for person in contents.contributors)
        rest = more("contributors", "contributors", contents.contributors)
        parts.append(f"Contributors: {names}.\n{rest}")
    if contents.sources:
        listed: dict[str, None] = dict.fromkeys(_source(source) for source in contents.sources)
        rest = more("sources", "sources", contents.sources)
        parts.append(f"Sources:\n\n{''.join(listed)}{rest}")
    parts += _citations(contents)
    return "\n".join(parts) if len(parts) > 1 else ""


def is_bibtex(citation: str) -> bool:
    """Whether a citation consists of complete BibTeX entries."""
    return (
        BIBTEX.match(citation) is not None
        and ENTRY.search(citation) is not None
        # BibTeX counts escaped braces; some other programs that read it do not.
        and _is_balanced(citation)
        and _is_balanced(ESCAPED_BRACE.sub("", citation))
    )


def _is_balanced(text: str) -> bool:
    depth = 0
    for brace in re.findall("[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _person(person: CreditedPerson) -> str:
    name = inline(person.name) or "(no name)"
    if ORCID.fullmatch(person.orcid):
        name = link(person.name, f"https://orcid.org/{person.orcid}")
    if GITHUB.fullmatch(person.github):
        name += f" ({link(person.github, f'https://github.com/{person.github}')})"
    return name


def _source(source: CreditedSource) -> str:
    license_ = f", {inline(source.license)}" if source.license else ""
    return f"- {link(source.name or source.url, source.url) or '(no name)'}{license_}\n"


def _citations(contents: DatasetSummary) -> Iterator[str]:
    citations = dict.fromkeys(source.citation for source in contents.sources if source.citation)
    entries: list[str] = []
    texts: list[str] = []
    keys: set[str] = set()
    for citation in citations:
        own = [key.lower() for key in ENTRY.findall(citation)]
        # A repeated key is an error in BibTeX.
        if is_bibtex(citation) and len(keys.union(own)) == len(keys) + len(own):
            entries.append(citation)
            keys.update(own)
        else:
            texts.append(citation)
    if citations:
        yield "If you use instances of a source, please cite it:\n"
    if texts:
        yield "".join(f"- {inline(citation, LONGEST_CITATION)}\n" for citation in texts)
    if entries:
        yield fence("\n\n".join(entries), "bibtex") + "\n"
