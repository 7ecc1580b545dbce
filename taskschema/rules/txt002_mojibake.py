"""A text was decoded with the wrong encoding somewhere on its way.

Two or three odd characters stand where one was meant, as in `cafÃ©` for `café`, and a model learns
to write them. Take the text from its source again, or see what `ftfy` makes of it. The judgement is
that of `ftfy.badness.is_bad`, which knows the sequences that hardly occur otherwise; accents,
quotation marks and other scripts by themselves are left alone. Definitions and demonstrations are
looked at too.
"""

# ruff: noqa: RUF001 - characters that are taken for others are what this is about

import re
from collections.abc import Iterator

from taskschema.columns import Columns
from taskschema.findings import Severity
from taskschema.rules import TaskRule, Violation
from taskschema.text import quote

# The characters that `ftfy.badness` (6.3.1, MOJIBAKE_CATEGORIES) looks for, which is about four
# hundred. Every sequence that it calls bad has one of RARE or PUNCTUATION, and beside it another
# of those or a LETTER; or it is one of the exceptions in CANDIDATE. It takes 0.1 s for a megabyte,
# so it only sees windows round such places. tests/test_text_rules.py proves that nothing is lost.
CONTROLS = "\x80-\x9f"
RARE = (
    CONTROLS + "¢-¨ª¬¯±-³µ¶¸-º¼-¾À-ÑØÙÜÝ×÷ĂĀĄĆČĎĐĘĚĒĖĞĢİĪĶĹĽŁĻŃŇŅŒœŘŚŞŠŢŤŮŰŸŹŻŽšžƒҐґˆˇ˘˛˜"
    "†‡‰⌐◊\ufffd₧€⁄№∂∆∏∑√∞∩∫≈≠≡≤≥│┌┐┘├┤┬┼═-╬▀▄█▌▐░▒▓Ђ"
)
PUNCTUATION = "¡«¿©΄΅‘‚“„•‹\uf8ff®»˝”›™°"
LETTER = "ß-ñăąāćčďđęěēėğģįīķĺľłļńŕśşťüźżžřňò-öø-üŐŌŪŲÒ-ÖÙ-ÛﬁﬂšœÞ"
MEETS = f"{RARE}{PUNCTUATION}{LETTER}"
LONGEST = 6  # no sequence is longer
MARK = "0"  # no sequence begins with a digit, but some only count at the start of a text
CANDIDATE = re.compile(
    rf"[{RARE}{PUNCTUATION}](?:"
    rf"(?<=[{CONTROLS}ÂÃŒœÎÐØÙ€√≈])"  # bad with others that are common, or by themselves
    rf"|(?=[{MEETS}])|(?<=[{MEETS}].)"
    r"|(?<=[\u0370-\u04ff][À-ÑØÜÝĂĀĄĆČĎĐĘĚĒĖĞĢİĪĶĹĽŁĻŃŇŅŒŘŚŞŠŢŤŮŰŸŹŻŽҐ])"
    r"|(?<=[\u0370-\u04ff][¦¤¨¬¯¸ƒˆˇ˘˛˜†‡‰⌐◊\ufffdªº])"
    r"|(?<=[ВГРС].)(?=[ВГРС])|(?<=[ΒΓΞΟ].)(?=[ΒΓΞΟ])|(?<=[вВ]Ђ))",
    re.DOTALL,
)


def check(columns: Columns) -> Iterator[Violation]:
    texts = columns.texts
    bad = {text: window for text in texts.beyond_ascii if (window := _bad_window(text))}
    for pointer, text in texts.places_of(bad):
        shown = quote(bad[text].removeprefix(MARK))
        message = f"{shown} looks wrongly decoded. Take it from its source again."
        yield Violation(pointer, message)


def _bad_window(text: str) -> str:
    return next(filter(_is_bad, _windows(text)), "")


def _windows(text: str) -> Iterator[str]:
    """What stands round each candidate, marked where that is not the start of the text."""
    for match in CANDIDATE.finditer(text):
        start = max(0, match.start() - LONGEST)
        yield (MARK if start else "") + text[start : match.end() + LONGEST]


def _is_bad(text: str) -> bool:
    from ftfy.badness import is_bad  # noqa: PLC0415 - it takes 0.07 s, and few tasks need it

    return is_bad(text)


RULE = TaskRule(
    code="TXT002",
    name="mojibake",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={"definition": ["Name the café, the “Überraschung”, l’été – and Москва."]},
    bad={"definition": ["Name the cafÃ©."]},
)
