"""The undeclared epochs of Super-NaturalInstructions, brought to the final form step by step.

From July 2021 to November 2022 upstream's files changed their form a handful of times without ever
saying in which one a file is. Each step here undoes one such change. A file in the final form
passes them all untouched. What a step takes apart or cannot read is kept as it was.
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
AROUND = " \t\r\n,;:|-()[]<>"  # what may stand between a name and its address
ARROW = re.compile("->|→")
FURTHER = re.compile(r" languages?$| \(individual language\)$")
CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
REASONING = "Reasoning"


def final_form(document: Document) -> EpochDraft:
    """A document with its head as the final form has it; the rows are left as they are."""
    return drafted(document, STEPS, KEYS)


@cache
def _spellings() -> dict[str, str]:
    """The keys as they are found, evened out, and the key meant."""
    evened = {even(key): key for key in KEYS}
    return (
        evened
        | {f"{name}s": key for name, key in evened.items() if not name.endswith("s")}
        | {name.removesuffix("s"): key for name, key in evened.items() if name != "reasoning"}
        | {"category": "Categories", "license": "Instance License", "licence": "Instance License"}
    )


def spellings(document: Document) -> Iterator[DraftChange]:
    """`instruction_language` and the like: keys were written by hand until tests compared them."""
    yield from respelt(document, _spellings())


def lists_of_texts(document: Document) -> Iterator[DraftChange]:
    """The definition was one text until the end of 2021, and others were by oversight."""
    for key in TEXTS:
        value = document.get(key, [])
        if isinstance(value, str):
            yield DraftChange(key, [value], "is a text, taken for the only one of a list")
        elif value is None:
            yield DraftChange(key, ABSENT, "is null, taken for absent")
        elif not isinstance(value, list) or any(isinstance(part, (list, dict)) for part in value):
            if key != "Definition":
                what = f"is {json_type(value)}, not a list of texts; it is kept in the extras only"
                yield DraftChange(key, ABSENT, what, is_kept=True)
        elif not all(isinstance(part, str) for part in value):
            texts = [text_of(part) for part in value if part is not None]
            yield DraftChange(
                key, texts, "holds what is no text, written as one, or left out if null"
            )


def addresses(document: Document) -> Iterator[DraftChange]:
    """Until 2022 addresses stood in `Source`, among the names or within them.

    Where there are not as many as names, which belongs to which is not said: both are kept apart.
    """
    sources = document.get("Source", [])
    if "URL" in document or not any(map(ADDRESS.search, sources)):
        return
    parted = [_parted(source) for source in sources]
    names = [name for name, _ in parted if name]
    found = [address for _, address in parted if address]
    if not found:
        return  # they stand in the midst of sentences
    if not names:
        names = found
    elif len(names) == 1:
        names *= len(found)  # all are addresses of one source
    what = "holds addresses, taken for those of the sources"
    yield DraftChange("Source", names, what, is_kept=True)
    yield DraftChange("URL", found)


def _parted(source: str) -> tuple[str, str]:
    """Name and address in a text; the text as it is where they cannot be told apart for sure."""
    found = ADDRESS.findall(source)
    if len(found) != 1:
        return source, ""
    address = found[0].rstrip(".,;]" if "(" in found[0] else ".,;])")
    before, _, after = source.partition(address)
    before, after = before.strip(AROUND), after.strip(AROUND + ".")
    return (source, "") if before and after else (before or after, address)


def reasoning(document: Document) -> Iterator[DraftChange]:
    """Kinds of reasoning were categories, as "Reasoning -> Temporal Reasoning"."""
    categories = document.get("Categories", [])
    ours = [term for term in categories if _path(term)[0] == REASONING and len(_path(term)) > 1]
    if ours:
        others = [term for term in categories if term not in ours]
        kinds = [" -> ".join(_path(term)[1:]) for term in ours]
        have = document.get("Reasoning", [])
        what = "names kinds of reasoning, taken into `Reasoning`"
        yield DraftChange("Categories", others, what, is_kept=True)
        yield DraftChange("Reasoning", [*have, *(term for term in kinds if term not in have)])


def categories(document: Document) -> Iterator[DraftChange]:
    """Categories were paths, as "Question Answering -> Open Question Answering"."""
    given = document.get("Categories", [])
    flat = list(dict.fromkeys(map(_flat, given)))
    if flat != given and any(ARROW.search(term) for term in given):
        what = "holds paths; of each the last part that is a category is taken"
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
    """Languages were one code ("En") or name until the end of 2021, and are ISO's names since."""
    for key in LANGUAGES:
        value = document.get(key)
        given = [value] if isinstance(value, str) else value
        if not isinstance(given, list) or not all(isinstance(text, str) for text in given):
            continue
        found = [_language(text, is_old=given is not value) for text in given]
        pairs = [(text, name) for text, name in zip(given, found, strict=True) if text != name]
        if pairs:
            told = (f"`{text}` for {name or 'an unknown language'}" for text, name in pairs)
            names = [name or text for text, name in zip(given, found, strict=True)]
            yield DraftChange(key, names, f"takes {', '.join(told)}")


def _language(text: str, *, is_old: bool) -> str | None:
    """The name of a language in ISO 639, where a text is a name or a code; None for others.

    `En` is the name of a language as well, but means English where languages are one text.
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
    """The names of languages, whatever their case."""
    return {name.casefold(): name for name in reversed(list(languages.names()))}


def examples(document: Document) -> Iterator[DraftChange]:
    """Some files have no examples of one json_type, or null."""
    for key in EXAMPLES:
        if document.get(key) is None:
            yield DraftChange(key, [], "is not there, taken for empty")


STEPS: tuple[DraftStep, ...] = (
    spellings,
    codes,
    lists_of_texts,
    addresses,
    reasoning,
    categories,
    examples,
)
