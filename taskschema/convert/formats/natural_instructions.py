"""Natural Instructions (2021), version 1: a file for each task, with its instructions in parts.

Title, prompt, definition, what to avoid, what to mind, and examples with reasons and suggestions;
instances without ids. The definition of a task is the definition, then what stands under "Emphasis
& Caution" and "Things to Avoid"; the parts are kept for the way back, with title and prompt, under
`extras.v2.v1`, and so are the placeholders `-`. Instances get an id from their content. A folder is
as that of Super-NaturalInstructions, and written so.

Missing examples, reasons left out, single outputs, and keys in other spellings are read, and what
had to be assumed is told. What a task says and this form does not stands in a key `taskschema` of
the file and of each row, so that nothing is lost; `--bare` leaves it out.
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
    """Whether there are a definition and instances, with the examples in one object."""
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
    """Each part is one text; where it is missing, null is as good."""
    for key in TEXTS:
        value = document.get(key, "")
        if value is None:
            yield DraftChange(key, ABSENT, "is null, taken for absent")
        elif isinstance(value, list) and [type(part) for part in value] == [str]:
            yield DraftChange(key, value[0], "is a list of one text, taken for that text")
        elif isinstance(value, (int, float)):
            yield DraftChange(key, text_of(value), f"is {json_type(value)}, taken for a text")
        elif not isinstance(value, str) and key != "Definition":
            what = f"is {json_type(value)}, not a text; it is kept in the extras only"
            yield DraftChange(key, ABSENT, what, is_kept=True)


def _examples(document: Document) -> Iterator[DraftChange]:
    """Both kinds of examples are there, if only with a placeholder."""
    examples = document.get("Examples")
    if examples is None:
        yield DraftChange(
            "Examples", {key: [] for key in EXAMPLES}, "is not there, taken for empty"
        )
    elif isinstance(examples, dict):
        missing = [key for key in EXAMPLES if examples.get(key) is None]
        if missing:
            lists = {key: value for key, value in examples.items() if key not in missing}
            words = " and ".join(f"`{key}`" for key in missing)
            what = f"has no {words}, taken for empty"
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
