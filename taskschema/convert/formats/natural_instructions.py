"""Natural Instructions (2021), version 1: one file per task, instruction in parts.

A file has a title, a prompt, a definition, things to avoid, emphasis and caution, examples with
reasons and suggestions, and instances without ids. The definition of the task is the definition,
followed by "Emphasis & Caution" and "Things to Avoid". The parts, with title, prompt and the
placeholders `-`, are kept under `extras.v2.v1` to be written back. Instances get an id from their
content. Folders are read and written like those of Super-NaturalInstructions.

Files with missing examples, missing reasons, single outputs or keys in other spellings are read,
and each assumption is reported.

Written: everything that this form has no field for goes to a key `taskschema` of the file and of
each row, so nothing is lost. `--bare` omits that key.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from taskschema.convert.pieces import Document
from taskschema.convert.shared.rows.row_fields import json_type
from taskschema.convert.shared.superni.documents import FolderLayout, RowLayout
from taskschema.convert.shared.superni.draft_steps import (
    ABSENT,
    DraftChange,
    EpochDraft,
    drafted,
    even,
    respelt,
)
from taskschema.convert.shared.superni.epoch_rows import (
    examples_of_2021,
    instances_of_2021,
    text_of,
)
from taskschema.convert.shared.superni.folders import format_of

TEXTS = ("Title", "Prompt", "Definition", "Things to Avoid", "Emphasis & Caution")
KEYS = (*TEXTS, "Examples", "Instances")
EXAMPLES = ("Positive Examples", "Negative Examples")


def _is_task(document: Any) -> bool:
    """Return whether a document has a definition, instances and its examples in one object."""
    keys = document.keys() if isinstance(document, dict) else set()
    return keys >= {"Definition", "Instances", "Examples"} and isinstance(
        document["Examples"], dict
    )


def _fault(document: Document) -> str:
    if "Examples" not in document and document.keys() & {*EXAMPLES}:
        return "is a task of Super-NaturalInstructions. Give --from superni."
    return ""


@cache
def _spellings() -> dict[str, str]:
    also = {"thingstoavoid": "Things to Avoid", "emphasis": "Emphasis & Caution"}
    return also | {even(key): key for key in KEYS}


def _spelt(document: Document) -> Iterator[DraftChange]:
    yield from respelt(document, _spellings())


def _texts(document: Document) -> Iterator[DraftChange]:
    """Yield the changes that make each part one text; null counts as absent."""
    for key in TEXTS:
        value = document.get(key, "")
        if value is None:
            yield DraftChange(key, ABSENT, "is null, treated as absent")
        elif isinstance(value, list) and [type(part) for part in value] == [str]:
            yield DraftChange(key, value[0], "is a list of one text, treated as that text")
        elif isinstance(value, (int, float)):
            yield DraftChange(key, text_of(value), f"is {json_type(value)}, treated as a text")
        elif not isinstance(value, str) and key != "Definition":
            what = f"is {json_type(value)}, not a text; it is only kept in the extras"
            yield DraftChange(key, ABSENT, what, is_kept=True)


def _examples(document: Document) -> Iterator[DraftChange]:
    """Yield the change that adds the kinds of examples that are missing, as empty lists."""
    examples = document.get("Examples")
    if examples is None:
        yield DraftChange("Examples", {key: [] for key in EXAMPLES}, "is missing, treated as empty")
    elif isinstance(examples, dict):
        missing = [key for key in EXAMPLES if examples.get(key) is None]
        if missing:
            lists = {key: value for key, value in examples.items() if key not in missing}
            words = " and ".join(f"`{key}`" for key in missing)
            what = f"has no {words}, treated as empty"
            yield DraftChange("Examples", lists | {key: [] for key in missing}, what)


def _final_form(document: Document) -> EpochDraft:
    return drafted(document, (_spelt, _texts, _examples), KEYS)


LAYOUT = FolderLayout(
    name="natural_instructions",
    version=1,
    fault=_fault,
    draft=_final_form,
    is_one_text=True,
    rows={
        "positive_demonstrations": RowLayout(("Examples", EXAMPLES[0]), examples_of_2021),
        "negative_demonstrations": RowLayout(("Examples", EXAMPLES[1]), examples_of_2021),
        "instances": RowLayout(("Instances",), instances_of_2021),
    },
)

FORMAT = format_of(
    LAYOUT, "Natural Instructions (2021), version 1: a folder of tasks, or one task", _is_task
)
