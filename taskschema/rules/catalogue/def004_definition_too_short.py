"""A definition is too short to be understood.

The definition must explain the task to a reader who has never seen an instance. One or two words,
such as `Do it.` or `TODO`, do not. Write what is given, what to answer and in which form. Each
paraphrase is used alone, so each must be complete.

Three words are enough in any language. One or two long words are enough too, since some languages
put a sentence into them, and so are a few letters of a script without spaces between words.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

FEWEST_WORDS = 3  # "Translate into French." is an instruction, "Translate it." is not
FEWEST_LETTERS = 20  # two words of an agglutinating language can be an instruction
FEWEST_UNSPACED = 5  # letters, and words of other scripts; "translate into English" in Chinese
MOST_SCANNED = 200  # characters; a longer text has enough words in them
# Thai, Lao, Tibetan, Burmese, Khmer, kana and Chinese characters.
UNSPACED = re.compile(
    "[\u0e01-\u0fff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)


def check(columns: Columns) -> Iterator[Violation]:
    for index, text in enumerate(columns.definition):
        if text.strip() and _is_too_short(text.strip()[:MOST_SCANNED]):
            message = (
                f"{quote(text)} is too short. Write what is given, what to answer and in which "
                "form."
            )
            yield Violation(f"/definition/{index}", message)


def _is_too_short(text: str) -> bool:
    unspaced = len(UNSPACED.findall(text))
    words = [word for word in UNSPACED.sub(" ", text).split() if any(map(str.isalnum, word))]
    if unspaced:
        return unspaced + len(words) < FEWEST_UNSPACED
    return len(words) < FEWEST_WORDS and sum(map(len, words)) < FEWEST_LETTERS


RULE = TaskRule(
    code="DEF004",
    name="definition-too-short",
    severity=Severity.WARNING,
    since="0.1",
    check=check,
    good={"definition": ["Name the number.", "翻译成英文。"]},
    bad={"definition": ["Do it."]},
)
