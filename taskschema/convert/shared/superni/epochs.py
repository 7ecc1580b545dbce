"""Brings the undeclared early forms of Super-NaturalInstructions to the final form.

From July 2021 to November 2022 upstream's files changed their form several times, and no file names
its form. Each step here makes one of these changes. A file in the final form passes them all
unchanged. Values that a step splits or cannot read are kept.
"""

import re
from collections.abc import Iterator
from functools import cache

from taskschema.convert.pieces import Document
from taskschema.convert.shared.rows.row_fields import json_type
from taskschema.convert.shared.superni.draft_steps import (
    ABSENT,
    DraftChange,
    DraftStep,
    EpochDraft,
    drafted,
    even,
    respelt,
)
from taskschema.convert.shared.superni.epoch_rows import text_of
from taskschema.schema import languages, vocabulary

__all__ = ["EXAMPLES", "final_form"]

TEXTS = (
    *("Contributors", "Source", "URL", "Categories", "Reasoning", "Definition"),
    *("Input_language", "Output_language", "Instruction_language", "Domains", "Instance License"),
)
EXAMPLES = ("Positive Examples", "Negative Examples")
KEYS = (*TEXTS, *EXAMPLES, "Instances")
LANGUAGES = ("Input_language", "Output_language", "Instruction_language")
ADDRESS = re.compile(r"https?://[^\s<>\"]+")
AROUND = " \t\r\n,;:|-()[]<>"  # characters between a name and its address
ARROW = re.compile("->|→")
FURTHER = re.compile(r" languages?$| \(individual language\)$")
CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
REASONING = "Reasoning"


def final_form(document: Document) -> EpochDraft:
    """Return a document with its head in the final form; rows are unchanged."""
    return drafted(document, STEPS, KEYS)


@cache
def _spellings() -> dict[str, str]:
    """The right key for each spelling, as `even` returns it."""
    evened = {even(key): key for key in KEYS}
    return (
        evened
        | {f"{name}s": key for name, key in evened.items() if not name.endswith("s")}
        | {name.removesuffix("s"): key for name, key in evened.items() if name != "reasoning"}
        | {"category": "Categories", "license": "Instance License", "licence": "Instance License"}
    )


def spellings(document: Document) -> Iterator[DraftChange]:
    """Correct the spelling of keys, which upstream did not test at first."""
    yield from respelt(document, _spellings())


def lists_of_texts(document: Document) -> Iterator[DraftChange]:
    """Make lists of texts: the definition was one text until the end of 2021."""
    for key in TEXTS:
        value = document.get(key, [])
        if isinstance(value, str):
            yield DraftChange(key, [value], "is a text; it is read as a list of one")
        elif value is None:
            yield DraftChange(key, ABSENT, "is null; it is read as absent")
        elif not isinstance(value, list) or any(isinstance(part, (list, dict)) for part in value):
            if key != "Definition":
                what = f"is {json_type(value)}, not a list of texts; it is kept in the extras only"
                yield DraftChange(key, ABSENT, what, is_kept=True)
        elif not all(isinstance(part, str) for part in value):
            texts = [text_of(part) for part in value if part is not None]
            yield DraftChange(
                key,
                texts,
                "holds values that are not texts; they are written as texts, or dropped if null",
            )


def addresses(document: Document) -> Iterator[DraftChange]:
    """Move addresses to `URL`; until 2022 they were in `Source`, among the names or inside them.

    If there are not as many addresses as names, their order does not match.
    """
    sources = document.get("Source", [])
    if "URL" in document or not any(map(ADDRESS.search, sources)):
        return
    parted = [_parted(source) for source in sources]
    names = [name for name, _ in parted if name]
    found = [address for _, address in parted if address]
    if not found:
        return  # they are inside sentences
    if not names:
        names = found
    elif len(names) == 1:
        names *= len(found)  # all are addresses of one source
    what = "holds addresses; they are moved to `URL`"
    yield DraftChange("Source", names, what, is_kept=True)
    yield DraftChange("URL", found)


def _parted(source: str) -> tuple[str, str]:
    """Name and address in a text; the whole text if they cannot be separated for certain."""
    found = ADDRESS.findall(source)
    if len(found) != 1:
        return source, ""
    address = found[0].rstrip(".,;]" if "(" in found[0] else ".,;])")
    before, _, after = source.partition(address)
    before, after = before.strip(AROUND), after.strip(AROUND + ".")
    return (source, "") if before and after else (before or after, address)


def reasoning(document: Document) -> Iterator[DraftChange]:
    """Move types of reasoning out of categories, as in "Reasoning -> Temporal Reasoning"."""
    categories = document.get("Categories", [])
    paths = [term for term in categories if _path(term)[0] == REASONING and len(_path(term)) > 1]
    if paths:
        others = [term for term in categories if term not in paths]
        kinds = [" -> ".join(_path(term)[1:]) for term in paths]
        have = document.get("Reasoning", [])
        what = "holds types of reasoning; they are moved to `Reasoning`"
        yield DraftChange("Categories", others, what, is_kept=True)
        yield DraftChange("Reasoning", [*have, *(term for term in kinds if term not in have)])


def categories(document: Document) -> Iterator[DraftChange]:
    """Flatten paths of categories, as in "Question Answering -> Open Question Answering"."""
    given = document.get("Categories", [])
    flat = list(dict.fromkeys(map(_flat, given)))
    if flat != given and any(ARROW.search(term) for term in given):
        what = "holds paths; the last part of each that is a category is used"
        yield DraftChange("Categories", flat, what, is_kept=True)


def _flat(term: str) -> str:
    parts = _path(term)
    if len(parts) == 1:
        return term
    for part in reversed(parts):
        if found := vocabulary.alike("categories", part):
            return found[0]
    return term


def _path(term: str) -> list[str]:
    return [part.strip() for part in ARROW.split(term)]


def codes(document: Document) -> Iterator[DraftChange]:
    """Use ISO 639 names for languages, which were one code ("En") or name until the end of 2021."""
    for key in LANGUAGES:
        value = document.get(key)
        given = [value] if isinstance(value, str) else value
        if not isinstance(given, list) or not all(isinstance(text, str) for text in given):
            continue
        found = [_language(text, is_old=given is not value) for text in given]
        pairs = [(text, name) for text, name in zip(given, found, strict=True) if text != name]
        if pairs:
            read = (f"`{text}` as {name or 'an unknown language'}" for text, name in pairs)
            names = [name or text for text, name in zip(given, found, strict=True)]
            yield DraftChange(key, names, f"is read: {', '.join(read)}")


def _language(text: str, *, is_old: bool) -> str | None:
    """The name of a language in ISO 639 for a name or a code; None for other texts.

    `En` is the name of a language too, but means English in files whose languages are one text.
    """
    plain = text.strip()
    code = _of_code(plain)
    if languages.tag_of(plain) and not (is_old and code):
        return plain
    folded = plain.casefold()
    return code or _names().get(folded) or _names().get(FURTHER.sub("", folded))


def _of_code(text: str) -> str | None:
    code = text.replace("_", "-")
    if not CODE.fullmatch(text) or not languages.is_tag(code):
        return None
    return languages.name_of(languages.canonical_tag(code))


@cache
def _names() -> dict[str, str]:
    """The names of languages by their case-folded form."""
    return {name.casefold(): name for name in reversed(list(languages.names()))}


def examples(document: Document) -> Iterator[DraftChange]:
    """Add an empty list of examples where it is missing or null."""
    for key in EXAMPLES:
        if document.get(key) is None:
            yield DraftChange(key, [], "is missing; it is read as empty")


STEPS: tuple[DraftStep, ...] = (
    spellings,
    codes,
    lists_of_texts,
    addresses,
    reasoning,
    categories,
    examples,
)
