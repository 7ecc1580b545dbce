"""Super-NaturalInstructions: one JSON file per task with Title Case keys, and split lists.

A folder holds `tasks/<name>.json` and `splits/<track>/<split>_tasks.txt`. A folder of task files
alone, and a single task file, are read too. The name of a file is the name of its task.

Files of earlier forms are read, and each assumption is reported: a definition that is a single
text, instances without ids, language codes, categories that are paths, URLs among the sources, keys
in other spellings. Values that had to be split up are kept unchanged in `extras.superni`.

Written is the final form of 2022, as made by the migration from version 3 to 2. Keys of version 2
that version 3 has no field for are in `extras.v2` and are written back to their place. Everything
else that this form has no field for goes to a key `taskschema` of the file and of each row, so
nothing is lost. `--bare` omits that key; the files are then exactly like upstream's.
"""

from typing import Any

from taskschema.convert.pieces import Document
from taskschema.convert.shared.superni.documents import FolderLayout, RowLayout
from taskschema.convert.shared.superni.epoch_rows import demonstrations, instances
from taskschema.convert.shared.superni.epochs import EXAMPLES, final_form
from taskschema.convert.shared.superni.folders import format_of

OF_2021 = frozenset({"Examples", "Title", "Prompt", "Things to Avoid", "Emphasis & Caution"})


def _is_task(document: Any) -> bool:
    """Return whether a document has a definition, instances and no key of version 1 only."""
    keys = document.keys() if isinstance(document, dict) else set()
    return keys >= {"Definition", "Instances"} and not keys & OF_2021


def _fault(document: Document) -> str:
    if isinstance(document.get("Examples"), dict) and not document.keys() & {*EXAMPLES}:
        return (
            "is a task of Natural Instructions (2021), with its examples in one object. "
            "Give --from natural_instructions."
        )
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
    "Super-NaturalInstructions: a folder of tasks with split lists, or one task",
    _is_task,
)
