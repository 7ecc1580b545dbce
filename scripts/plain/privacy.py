"""What `plain_rules.py` looks for in a text that nobody agreed to publish, with the rules' tables.

Patterns and lists are those of the rules themselves; what is done with a hit is written anew.
"""

# ruff: noqa: PLR2004 - the thresholds and their reasons stand in the rules themselves

import re
from collections.abc import Iterator

from taskschema.rules.catalogue import pri001_email_address as email
from taskschema.rules.catalogue import pri002_telephone_number as telephone
from taskschema.rules.catalogue import pri003_card_number as card
from taskschema.rules.catalogue import pri004_bank_account_number as bank
from taskschema.rules.catalogue import pri005_api_key as key
from taskschema.rules.catalogue import pri006_private_key as private


def check_privacy(text: str) -> Iterator[str]:
    if any(is_somebodys_address(text, match) for match in email.HOST.finditer(text)):
        yield "PRI001"
    if any(is_somebodys_number(match[0]) for match in telephone.TELEPHONE.finditer(text)):
        yield "PRI002"
    if any(is_card(match) for match in card.NUMBER.finditer(text)):
        yield "PRI003"
    if any(is_account(written) for written in bank.ACCOUNT.findall(text)):
        yield "PRI004"
    if any(is_real_key(found) for found in key.KEY.findall(text)):
        yield "PRI005"
    if private.PRIVATE.search(text):
        yield "PRI006"


def is_somebodys_address(text: str, host: re.Match[str]) -> bool:
    user = email.USER.search(text[max(0, host.start() - 64) : host.start()])
    name = user[0].lstrip(".%+-").lower() if user else ""
    parts = host[0][1:].lower().split(".")
    if not name or name in email.ROLES:
        return False
    return parts[-1] not in email.RESERVED | email.FILES and parts[-2] not in email.MADE_UP


def is_somebodys_number(written: str) -> bool:
    digits = re.sub(r"\D", "", written)
    if not written.startswith("+"):
        digits = "1" + digits
    if not digits.startswith("1"):
        return len(set(digits)) >= 4
    area, exchange = digits[1:4], digits[4:7]
    if area in telephone.NOT_PERSONAL or area == "555" or exchange == "555":
        return False
    return not area.endswith("11")


def is_card(match: re.Match[str]) -> bool:
    digits = re.sub(r"\D", "", match[0])
    if not card.ISSUED.fullmatch(digits) or digits in card.TESTS or len(set(digits)) < 5:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and bool(match["grouped"] or card.NAMED.search(match.string))


def is_account(written: str) -> bool:
    length = bank.LENGTHS.get(written[:2])
    account = written.replace(" ", "")[:length]
    if length is None or len(account) != length or account in bank.EXAMPLES:
        return False
    digits = "".join(str(int(sign, 36)) for sign in account[4:] + account[:4])
    return int(digits) % 97 == 1


def is_real_key(found: str) -> bool:
    if any(word in found.upper() for word in key.EXAMPLE_WORDS) or key.EXAMPLE_PAYLOAD in found:
        return False
    return len(set(found[-20:])) >= 8
