"""Super-NaturalInstructions: a file for each task, with Title Case keys, and lists of splits.

A folder holds `tasks/<name>.json` and `splits/<track>/<split>_tasks.txt`; a folder of nothing but
task files, or one of them, is read as well. A file's name is the name of its task. Written is the
final form of 2022, which the migration between versions 2 and 3 makes: keys that version 3 has no
word for stand in `extras.v2` and return to where they were.

Files of the forms before are read, and what had to be assumed is told: a definition that is a
text, instances without ids, codes for languages, categories that are paths, addresses among the
sources, keys in other spellings. What was taken apart is kept as it was in `extras.superni`.

What a task says and this form does not stands in a key `taskschema` of the file and of each row,
so that nothing is lost. `--bare` leaves it out: the files are then just as upstream's.
"""

from typing import Any

from taskschema.convert.pieces import Document
from taskschema.convert.shared.superni.documents import FolderLayout, RowLayout
from taskschema.convert.shared.superni.epoch_rows import demonstrations, instances
from taskschema.convert.shared.superni.epochs import EXAMPLES, final_form
from taskschema.convert.shared.superni.folders import format_of

OF_2021 = frozenset({"Examples", "Title", "Prompt", "Things to Avoid", "Emphasis & Caution"})


def _is_task(document: Any) -> bool:
    """Whether there is a definition with instances, and nothing of Natural Instructions (2021)."""
    keys = document.keys() if isinstance(document, dict) else set()
    return keys >= {"Definition", "Instances"} and not keys & OF_2021


def _fault(document: Document) -> str:
    if isinstance(document.get("Examples"), dict) and not document.keys() & {*EXAMPLES}:
        cure = "Give --from natural_instructions."
        return f"is a task of Natural Instructions (2021), with its examples in one object. {cure}"
    return ""


LAYOUT = FolderLayout(
    name="superni",
    version=2,
    fault=_fault,
    draft=final_form,
    is_one_text=False,
    rows={
        "positive_demonstrations": RowLayout((EXAMPLES[0],), demonstrations),
        "negative_demonstrations": RowLayout((EXAMPLES[1],), demonstrations),
        "instances": RowLayout(("Instances",), instances),
    },
)

FORMAT = format_of(
    LAYOUT,
    "Super-NaturalInstructions: a folder of tasks with lists of splits, or one task",
    _is_task,
)
