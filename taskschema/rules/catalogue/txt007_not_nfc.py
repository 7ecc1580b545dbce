"""A text is not in Unicode normalisation form C (NFC).

The same word then has other code points than elsewhere, such as `e` and a combining accent for `é`.
It looks equal, compares unequal and becomes other tokens. Normalise it; `--fix` does, and the text
looks as before.

Definitions and demonstrations are checked too. `--fix` leaves an answer alone that is repeated
elsewhere in the file, as a label is; change it by hand.
"""

import re
from collections.abc import Iterable, Iterator
from unicodedata import is_normalized, normalize

from taskschema.core.findings import Applicability, Edit, Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns
from taskschema.schema.text_search import Screen, Shaped

# In UTF-8, every character that form C changes or reorders starts with one of LEADS, or matches
# one of SCREENS. Other lead bytes start Latin, Greek, Cyrillic and phonetic letters. E2 starts
# quotation marks, but also some characters that form C changes. In the table, NUL stands for all
# of LEADS, since JSON contains no NUL. tests/rules/test_text_rules.py proves this for all
# characters.
LEADS = bytes([0xCC, 0xCD, *range(0xD2, 0xE2), *range(0xE3, 0xF5)])
AFTER_E2 = b"\x83\x84\x8c\xab\xb3\xb5\xb7"
TABLE = bytes.maketrans(
    b"\xe2" + AFTER_E2 + LEADS, b"3" + b"r" * len(AFTER_E2) + b"\0" * len(LEADS)
)
SCREENS: tuple[Screen, ...] = (
    *(Shaped(b"3r", TABLE), Shaped(b"\0", TABLE)),
    *(sign.encode() for sign in "\N{EN QUAD}\N{EM QUAD}\N{GREEK ANO TELEIA}"),
)
BEYOND_ASCII = re.compile("[^\x00-\x7f]")
FEW = 1 / 100  # of all bytes


def check(columns: Columns) -> Iterator[Violation]:
    if columns.is_ascii:
        return
    texts = columns.texts
    places: Iterable[tuple[str, str]] = ()
    if texts.share_beyond_ascii < FEW:
        places = ((pointer, hit.string) for pointer, hit in texts.found(BEYOND_ASCII, SCREENS))
    elif texts.hold(*SCREENS):
        places = texts.places_of({text for text in texts.beyond_ascii if _differs(text)})
    for pointer, text in places:
        if _differs(text):
            message = f"{quote(text)} is not in Unicode form C (NFC). Normalise it."
            normalised = normalize("NFC", text)
            edit = Edit("replace", pointer, normalised)
            edits = (edit,) if columns.may_change(pointer) else ()
            at = next(at for at, mark in enumerate(text) if mark != normalised[at : at + 1])
            yield Violation(pointer, message, at=at, edits=edits)


def _differs(text: str) -> bool:
    return not is_normalized("NFC", text)


RULE = TaskRule(
    code="TXT007",
    name="not-nfc",
    severity=Severity.WARNING,
    since="0.1",
    fix=Applicability.SAFE,
    check=check,
    good={"instances": [{"id": "a", "input": "caf\u00e9?", "output": ["\u0915\u093e"]}]},
    bad={"instances": [{"id": "a", "input": "cafe\u0301?", "output": ["one"]}]},
)
