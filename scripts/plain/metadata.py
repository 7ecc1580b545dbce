"""What `plain_rules.py` looks for in what a task says of itself."""

# ruff: noqa: PLR0912, PLR2004, SIM102 - the thresholds and their reasons stand in the rules themselves

import json
import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher, get_close_matches
from itertools import combinations
from pathlib import Path
from typing import Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

Task = dict[str, Any]
Findings = Iterator[tuple[str, str]]


def vocabulary(name: str) -> Task:
    path = Path(__file__).parent.parent.parent / "schemas" / "vocabulary" / f"{name}.json"
    document: Task = json.loads(path.read_text(encoding="utf-8"))
    return document


TERMS = {kind: vocabulary(kind)["terms"] for kind in ("categories", "domains", "reasoning")}
LICENSES = vocabulary("licenses")
CLASSES = ("commercial", "unspecified", "non-commercial", "academic-only")

OWN_WORK = re.compile(
    r"\b(authored|author|created|crowd|crowdsourced|custom|generated|handcrafted|handwritten"
    r"|manual|manually|none|original|own|self|selfmade|synthetic|synthesized|unknown)\b"
)
WEB = re.compile(
    r"(https?|ftps?)://([^\s/@]+@)?([\w-]+(\.[\w-]+)+\.?|\[[0-9a-f:.]+\]|localhost)"
    r"(:[0-9]+)?([/?#]\S*)?",
    re.IGNORECASE,
)
OTHER = re.compile(
    r"((s3|gs|hf|git|ssh|sftp|ipfs|az|abfss?|rsync)://|(doi|arxiv|urn|ark|hdl|isbn):)\S+",
    re.IGNORECASE,
)
SECOND = re.compile(r"[\w,;|)]https?://", re.IGNORECASE)


def check_metadata(task: Task) -> Findings:
    for check in (check_name, check_terms, check_licenses, check_sources):
        yield from check(task)
    for index, contributor in enumerate(task.get("contributors", [])):
        if not contributor["name"].strip():
            yield "CON001", f"/contributors/{index}/name"
    provenance = task.get("provenance", {})
    if provenance.get("method") == "generated" and not provenance.get("generator", "").strip():
        yield "PRO001", "/provenance"


def check_name(task: Task) -> Findings:
    form = re.fullmatch(r"[a-z0-9]+([._-][a-z0-9]+)*", task["name"])
    device = re.fullmatch(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", task["name"])
    if not form or device or len(task["name"]) > 120:
        yield "NAM002", "/name"


def parts(term: str) -> tuple[str, ...]:
    """The parts of a path without case, hyphens and plurals."""
    found = []
    for part in re.split("->|→|>", term):
        text = part.casefold().replace("&", " and ").strip().removesuffix(".")
        words = re.sub("[_-]", " ", text).split()
        singular = [w[:-3] + "y" if w.endswith("ies") else w.removesuffix("s") for w in words]
        found.append(" ".join(singular))
    return tuple(found)


PARTS = {kind: {term: parts(term) for term in terms} for kind, terms in TERMS.items()}


def is_abbreviated(kind: str, term: str) -> bool:
    short = parts(term)
    if len(short) > 1 or " " in short[0] or len(short[0]) < 4:
        return False
    return any(
        len(known) == 1
        and " " not in known[0]
        and len(known[0]) >= 4
        and (known[0].startswith(short[0]) or short[0].startswith(known[0]))
        for known in PARTS[kind].values()
    )


def is_within(some: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Whether some parts are parts of a path, in their order but not all."""
    rest = iter(path)
    return len(some) < len(path) and all(part in rest for part in some)


def check_terms(task: Task) -> Findings:
    for kind, terms in TERMS.items():
        seen = set()
        for index, term in enumerate(task.get(kind, [])):
            place, own = f"/{kind}/{index}", parts(term)
            if term in seen:
                yield "TAX004", place
            elif term not in terms:
                alike = own in PARTS[kind].values()
                paths = {known: p for known, p in PARTS[kind].items() if is_within(own, p)}
                ending = [known for known, p in paths.items() if p[-len(own) :] == own]
                exactly = any(known.endswith(f" -> {term}") for known in ending)
                others = [PARTS[other].values() for other in TERMS if other != kind]
                moved = any(parts(term.removeprefix("Reasoning -> ")) in other for other in others)
                if 0 < len(ending or paths) <= 4 and (exactly or not alike):
                    yield "TAX002", place
                elif moved and not alike and not is_abbreviated(kind, term):
                    yield "TAX003", place
                else:
                    yield "TAX001", place
            seen.add(term)


def plain_license(text: str) -> str:
    return " ".join(text.replace("-", " ").casefold().split())


SPELLINGS = {plain_license(text): spdx for text, spdx in LICENSES["spdx"].items()}
WITHOUT = {plain_license(text): name for text, name in LICENSES["without_spdx"].items()}
CLASS_OF = {spdx.casefold(): name for name, ids in LICENSES["classes"].items() for spdx in ids}


def expression(text: str) -> str | None:
    try:
        return canonicalize_license_expression(text) if len(text) <= 300 else None
    except InvalidLicenseExpression:
        return None


def spdx_of(text: str) -> str | None:
    plain = plain_license(text)
    return SPELLINGS.get(plain) if plain in SPELLINGS or plain in WITHOUT else expression(text)


def is_misspelt(text: str) -> bool:
    plain = plain_license(text).replace("licence", "license")
    if len(plain) > 100 or plain_license(text) in WITHOUT:
        return False
    bare = {known.replace(" ", "") for known in SPELLINGS}
    if plain.replace(" ", "") in bare or expression(plain.replace(" ", "-")):
        return True
    digits = [mark for mark in plain if mark.isdigit()]
    known = [text for text in SPELLINGS if [mark for mark in text if mark.isdigit()] == digits]
    close = get_close_matches(plain, known, n=3, cutoff=0.85) if digits and len(plain) > 4 else []
    return len({SPELLINGS[spelling] for spelling in close}) == 1


def class_of(text: str) -> str:
    if plain_license(text) in WITHOUT:
        return str(WITHOUT[plain_license(text)])
    words = re.sub(r"WITH \S+|[()]", " ", spdx_of(text) or "", flags=re.IGNORECASE).split()
    names = [word.casefold().removesuffix("+") for word in words if word not in ("AND", "OR")]
    classes = [CLASS_OF.get(name, "unspecified") for name in names]
    return max(classes, key=CLASSES.index, default="unspecified")


def was_first_version(task: Task) -> bool:
    """Whether the task was once in version 1, which had no word for licences and sources."""
    kept = task.get("extras", {}).get("v2")
    return isinstance(kept, dict) and "v1" in kept


def check_licenses(task: Task) -> Findings:
    licenses = task.get("licenses", [])
    if not was_first_version(task) and not any(
        entry["text"].strip() or "spdx" in entry for entry in licenses
    ):
        yield "LIC001", "/licenses"
    for index, entry in enumerate(licenses):
        text, written = entry["text"], entry.get("spdx")
        known = spdx_of(text)
        if written is None and known and "schema_version" in task:
            yield "LIC002", f"/licenses/{index}"
        elif written is None and not known and is_misspelt(text):
            yield "LIC002", f"/licenses/{index}/text"
        elif written is not None:
            if not expression(written) or (known and not is_same(known, written)):
                yield "LIC002", f"/licenses/{index}/spdx"
    classes = [class_of(entry.get("spdx", entry["text"])) for entry in licenses]
    if not classes or "unspecified" in classes:
        return
    own = max(CLASSES.index(name) for name in classes)
    for index, source in enumerate(task.get("sources", [])):
        if CLASSES.index(class_of(source.get("license", ""))) > max(own, 1):
            yield "LIC003", f"/sources/{index}/license"


def is_same(known: str, written: str) -> bool:
    """Whether two expressions have a licence in common, whatever its version of a country."""
    lists = []
    for text in (known, written):
        words = re.sub("[()]", " ", text.casefold()).split()
        words = [re.sub(r"(\+|-only|-or-later)$", "", word) for word in words]
        lists.append([word for word in words if word not in ("and", "or", "with")])
    return any(a.startswith(b) or b.startswith(a) for a in lists[0] for b in lists[1])


def plain_source(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    letters = [c if c in "+#" or unicodedata.category(c)[0] in "LMN" else " " for c in folded]
    return " ".join("".join(letters).split()) or folded.strip()


def plain_url(url: str) -> str:
    url = re.sub(r"^(doi:\s*(?=10\.))", "doi.org/", url.strip(), flags=re.IGNORECASE)
    url = re.sub(r"^[a-z][a-z0-9+.-]*://", "", url, flags=re.IGNORECASE)
    host, path, rest = re.fullmatch(r"([^/?#]*)([^?#]*)(.*)", url, re.DOTALL).groups()  # type: ignore[union-attr]
    host = re.sub(":(80|443)?$", "", host.lower()).removeprefix("www.")
    host = "doi.org" if host == "dx.doi.org" else host
    return host + path.rstrip("/").removesuffix(".git").rstrip("/") + rest.removesuffix("#")


def check_sources(task: Task) -> Findings:
    sources, provenance = task.get("sources", []), task.get("provenance")
    named = any(
        source.get(key, "").strip() for source in sources for key in ("name", "url", "citation")
    )
    if not named and provenance is None:
        if not was_first_version(task):
            yield "SRC001", "/sources"
    elif not named and provenance["method"] == "converted" and not provenance.get("from"):
        yield "SRC001", "/provenance"
    for index, source in enumerate(sources):
        own = OWN_WORK.search(plain_source(source["name"])) or not plain_source(source["name"])
        if "url" in source and not source["url"].strip() and not source.get("citation") and not own:
            yield "SRC001", f"/sources/{index}/url"
    for key in ("sources", "licenses"):
        for index, entry in enumerate(task.get(key, [])):
            url = entry.get("url", "")
            fits = WEB.fullmatch(url) or OTHER.fullmatch(url)
            if url.strip() and (len(url) > 4000 or SECOND.search(url) or not fits):
                yield "SRC002", f"/{key}/{index}/url"
    seen = set()
    by_url: dict[str, list[int]] = {}
    names = [plain_source(source["name"]) for source in sources]
    for index, source in enumerate(sources):
        url = plain_url(source.get("url", ""))
        if names[index] and (names[index], url) in seen:
            yield "SRC003", f"/sources/{index}/name"
        elif names[index] and url:
            by_url.setdefault(url, []).append(index)
        seen.add((names[index], url))
    for several in by_url.values():
        for one, other in combinations(several[:30], 2):
            pair = names[one], names[other]
            digits = [[mark for mark in name if mark.isnumeric()] for name in pair]
            same = digits[0] == digits[1] and pair[0].count(" ") == pair[1].count(" ")
            if same and max(map(len, pair)) <= 100 and SequenceMatcher(None, *pair).ratio() >= 0.9:
                yield "SRC003", f"/sources/{other}/name"
