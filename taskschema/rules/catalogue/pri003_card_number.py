"""A text contains the number of a payment card.

Any reader may misuse it. Replace it with a test number, such as 4242 4242 4242 4242.

A match has the prefix and the length of an issuer and a valid check digit (Luhn, ISO/IEC 7812-1),
and is written in groups of four next to words, or near a word such as card. The rule skips numbers
published for tests, digits that are part of something longer, and texts that consist only of
numbers, since one number in ten has a valid check digit by chance.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.shared.masked_secrets import masked_number
from taskschema.schema.columns import Columns
from taskschema.schema.text_search import Shaped

NUMBER = re.compile(
    r"\d(?<![\w.,/+-]\d)(?<!\d \d)(?:"
    r"(?P<grouped>\d{3}(?P<gap>[ -])\d{4}(?P=gap)\d{4}(?P=gap)\d{4}(?:(?P=gap)\d{3})?"
    r"|\d{3}(?P<amex>[ -])\d{6}(?P=amex)\d{5})"
    r"|\d{12,18})(?![\w/-]|[.,]\d| \d)",
    re.ASCII,
)
# The shapes, with digits as zeros: groups with spaces, groups with hyphens, or one run of digits.
SCREENS = (Shaped(b"0000 0000"), Shaped(b"000-0000"), Shaped(b"0" * 13))
# Prefixes and lengths: ISO/IEC 7812-1 and the issuers' own documents.
ISSUED = re.compile(
    r"4\d{12}(?:\d{3}){0,2}"  # Visa
    r"|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}"  # Mastercard
    r"|3[47]\d{13}"  # American Express
    r"|(?:6011|64[4-9]\d|65\d\d)\d{12}(?:\d{3})?"  # Discover
    r"|(?:30[0-5]|3[689]\d)\d{11}"  # Diners Club
    r"|35(?:2[89]|[3-8]\d)\d{12}"  # JCB
    r"|62\d{14}(?:\d{3})?"  # UnionPay
)
LETTER = re.compile(r"[^\W\d_]")
NAMED = re.compile(r"\b(?:credit|debit|cards?|visa|mastercard|amex|cc)\b", re.IGNORECASE)
FEWEST_DIGITS = 5  # numbers for tests have few different ones, such as 4242 4242 4242 4242
# Published for tests by the issuers, or in explanations of the check digit.
TESTS = frozenset(
    {"378282246310005", "371449635398431", "378734493671000", "30569309025904", "38520000023237"}
    | {"3530111333300000", "3566002020360505", "5105105105105100", "5200828282828210"}
    | {"6011000990139424", "2223003122003222", "4000056655665556", "4532015112830366"}
    | {"4539578763621486", "4916338506082832", "4485275742308327", "4012888888881881"}
)


def check(columns: Columns) -> Iterator[Violation]:
    for pointer, match in columns.found(NUMBER, SCREENS, everywhere=True):
        for number in filter(_is_card, NUMBER.finditer(match.string)):
            message = (
                f"contains the card number {masked_number(number[0])}. "
                "Write a test number such as 4242 4242 4242 4242."
            )
            yield Violation(pointer, message, at=number.start())
            break


def _is_card(number: re.Match[str]) -> bool:
    digits = "".join(filter(str.isdigit, number[0]))
    return (
        ISSUED.fullmatch(digits) is not None
        and _has_valid_check_digit(digits)
        and len(set(digits)) >= FEWEST_DIGITS
        and digits not in TESTS
        and (
            (number["grouped"] is not None and LETTER.search(number.string) is not None)
            or NAMED.search(number.string) is not None
        )
    )


def _has_valid_check_digit(digits: str) -> bool:
    """Whether the Luhn check digit is valid."""
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(map(int, digits[::-2]))) % 10 == 0


RULE = TaskRule(
    code="PRI003",
    name="card-number",
    severity=Severity.WARNING,
    since="0.1",
    secret=True,
    check=check,
    good={
        "instances": [
            {"id": "a", "input": "is 4539 1488 0343 6468 my card?", "output": ["one"]},
            {"id": "b", "input": "add 4539148803436467 and 1", "output": ["one"]},
        ]
    },
    bad={"instances": [{"id": "a", "input": "is 4539 1488 0343 6467 mine?", "output": ["one"]}]},
)
