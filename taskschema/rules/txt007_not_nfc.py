"""A text is not in Unicode normalisation form C.

The same word is then written with other code points than everywhere else, such as `e` and a
combining accent for `é`: it looks equal, compares unequal, and becomes other tokens. Write it in
form C, which the fix does; the text reads as before. Definitions and demonstrations are looked at
too. An answer that is repeated elsewhere in the file, as a label is, must be changed by hand.
"""

from collections.abc import Iterator
from unicodedata import is_normalized, normalize

from taskschema.columns import Columns
from taskschema.findings import Applicability, Edit, Severity
from taskschema.rules import TaskRule, Violation
from taskschema.text import quote

# In UTF-8, what form C changes or orders begins with one of LEADS, or is one of ALONE: the scripts
# with leads from C2 to CB and D0 to D1, Latin, Cyrillic and phonetic, have nothing of that, nor
# has E2 but for five characters. tests/test_text_rules.py compares with all code points.
LEADS = bytes([0xCC, 0xCD, *range(0xD2, 0xE2), *range(0xE3, 0xF5)])
ALONE = tuple(mark.encode() for mark in "\u0387\u2000\u2001\u2126\u212a\u212b\u2329\u232a\u2adc")
SIGNS = (b"\xe2\x83", b"\xe2\xb3", b"\xe2\xb5", b"\xe2\xb7")  # blocks with combining marks


def check(columns: Columns) -> Iterator[Violation]:
    texts = columns.texts
    if columns.is_ascii or not (texts.hold_any(LEADS) or texts.hold(*ALONE, *SIGNS)):
        return
    for pointer, text in texts.beyond_ascii:
        if not is_normalized("NFC", text):
            mended = normalize("NFC", text)
            message = f"{quote(text)} is not in Unicode form C (NFC). Normalise it."
            edits = (Edit("replace", pointer, mended),) if columns.may_change(pointer) else ()
            yield Violation(pointer, message, edits=edits)


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
