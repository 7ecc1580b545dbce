"""A text contains an international bank account number (IBAN).

It identifies a person or a company. Replace it with a published example, such as GB82 WEST 1234
5698 7654 32.

A match has the length of its country and valid check digits (modulo 97, ISO 13616-1), in groups of
four or without gaps. Well-known examples are not reported.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.shared.masked_secrets import masked_number
from taskschema.schema.columns import Columns
from taskschema.schema.text_search import Shaped

# The lengths are those of the SWIFT IBAN Registry, as schwifty 2026.10.1 has them.
LENGTHS = {
    country: length
    for length, countries in {
        15: "NO",
        16: "BE",
        18: "DK FI FO GL NL SD FK",
        19: "MK SI",
        20: "AT BA EE KZ LT LU XK MN",
        21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA",
        23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST",
        26: "IS TR",
        27: "BI DJ FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HN HU LB NI PL SV",
        29: "BR EG PS QA UA",
        30: "JO KW MU YE",
        31: "MT SC",
        32: "LC",
        33: "RU",
    }.items()
    for country in countries.split()
}
ACCOUNT = re.compile(
    r"[A-Z](?<![A-Za-z0-9][A-Z])[A-Z][0-9]{2}"
    r"(?:[A-Z0-9]{11,29}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?)(?![A-Za-z0-9])"
)
SCREENS = (Shaped(b"AA00"),)
# Examples of the registry and of banks.
EXAMPLES = frozenset(
    {"GB82WEST12345698765432", "GB29NWBK60161331926819", "GB33BUKB20201555555555"}
    | {"DE89370400440532013000", "FR1420041010050500013M02606", "FR7630006000011234567890189"}
    | {"CH9300762011623852957", "BE68539007547034", "NL91ABNA0417164300"}
    | {"ES9121000418450200051332", "IT60X0542811101000000123456", "AT611904300234573201"}
    | {"SE4550000000058398257466", "NO9386011117947", "DK5000400440116243"}
    | {"IE29AIBK93115212345678", "PL61109010140000071219812874", "PT50000201231234567890154"}
)


def check(columns: Columns) -> Iterator[Violation]:
    for pointer, match in columns.found(ACCOUNT, SCREENS, everywhere=True):
        for account in filter(_is_account, ACCOUNT.findall(match.string)):
            message = (
                f"contains the bank account number {masked_number(account)}. "
                "Write a published example such as GB82 WEST 1234 5698 7654 32."
            )
            yield Violation(pointer, message, at=match.string.find(account))
            break


def _is_account(written: str) -> bool:
    # A word in capitals may follow as another group, so the account is cut to its country's length.
    account = written.replace(" ", "")[: LENGTHS.get(written[:2], 0)]
    return (
        len(account) == LENGTHS.get(written[:2])
        and account not in EXAMPLES
        and int("".join(str(int(sign, 36)) for sign in account[4:] + account[:4])) % 97 == 1
    )


RULE = TaskRule(
    code="PRI004",
    name="bank-account-number",
    severity=Severity.WARNING,
    since="0.1",
    secret=True,
    check=check,
    good={
        "instances": [
            {
                "id": "a",
                "input": "GB82 WEST 1234 5698 7654 32?",
                "output": ["NL12 ABNA 0417 1643 0"],
            }
        ]
    },
    bad={"instances": [{"id": "a", "input": "NL20 INGB 0001 2345 67?", "output": ["one"]}]},
)
