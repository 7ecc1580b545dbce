"""A text contains a telephone number.

The number may belong to somebody. Replace it with a number reserved for fiction, such as (212)
555-0123.

The rule finds international numbers, which start with `+` and a country calling code (ITU-T E.164),
and North American numbers in their usual notation. It skips numbers with the exchange 555,
toll-free and premium numbers, sums such as `2+44123456789`, decimals, and digits that are part of
something longer.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.shared.masked_secrets import masked_number
from taskschema.schema.columns import Columns
from taskschema.schema.text_search import Shaped

# The codes assigned under ITU-T E.164, as libphonenumber 9.0.43 lists them: 1, 7 and these.
CODES = (
    r"2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]"
    r"|21[12368]|2[2346]\d|25[0-8]|29[017-9]|35\d|37[0-8]|38[0-35-79]|42[013]|5[09]\d"
    r"|67[02-9]|68[0-35-9]|69[0-2]|80[08]|85[02356]|87[08]|88[0-368]|96[0-8]|97[0-79]|99[2-68]"
)
TELEPHONE = re.compile(
    r"[+(2-9](?<![\w.,/=+-][+(2-9])(?:"
    r"(?<=\+)(?<![)*^]\+)(?<![\d)=] \+)(?<!\b\w \+)(?:"
    r"1[ -]?\(?[2-9]\d\d\)?[ -]?[2-9]\d\d[ -]?\d{4}|1\.[2-9]\d\d\.[2-9]\d\d\.\d{4}"
    rf"|(?:7|{CODES})(?:[ -]?\(\d{{1,5}}\))?(?:[ -]?\d){{7,11}})"
    r"|(?:(?<=\()[2-9]\d\d\) ?[2-9]\d\d-|(?<=[2-9])\d\d([.-])[2-9]\d\d\1)\d{4}"
    r")(?![\w/=^*+-]|[.,]\d| ?[+*/=^])",
    re.ASCII,
)
# The shapes, with digits as zeros: eight digits after a plus, or an area code before.
SCREENS = (
    Shaped(b"+0", pattern=re.compile(rb"\+(?:[ .()-]{0,3}\d){8}")),
    Shaped(b"000-0000", pattern=re.compile(rb"\d(?:(?<=[\d)][ -]\d)|(?<=\)\d))")),
    Shaped(b"000.0000", pattern=re.compile(rb"\d(?<=\d\.\d)")),
)
FEWEST_DIGITS = 4  # different digits; +49 111 1111111 is a placeholder
NOT_PERSONAL = frozenset({"800", "833", "844", "855", "866", "877", "888", "900"})


def check(columns: Columns) -> Iterator[Violation]:
    for pointer, match in columns.found(TELEPHONE, SCREENS, everywhere=True):
        for number in filter(_is_personal, TELEPHONE.finditer(match.string)):
            message = (
                f"contains the telephone number {masked_number(number[0])}. "
                "Write one reserved for fiction, such as (212) 555-0123."
            )
            yield Violation(pointer, message, at=number.start())
            break


def _is_personal(number: re.Match[str]) -> bool:
    digits = "".join(filter(str.isdigit, number[0]))
    if not number[0].startswith("+"):
        digits = f"1{digits}"
    if digits[0] != "1":
        return len(set(digits)) >= FEWEST_DIGITS
    area, exchange = digits[1:4], digits[4:7]
    return area not in NOT_PERSONAL and "555" not in (area, exchange) and area[1:] != "11"


RULE = TaskRule(
    code="PRI002",
    name="telephone-number",
    severity=Severity.WARNING,
    since="0.1",
    secret=True,
    check=check,
    good={
        "instances": [{"id": "a", "input": "(212) 555-0123 or 2 +44123456789?", "output": ["9"]}]
    },
    bad={"instances": [{"id": "a", "input": "call (212) 736-5000", "output": ["one"]}]},
)
