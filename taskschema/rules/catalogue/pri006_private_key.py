"""A text holds a private key.

Whoever reads it can pass for its owner. Withdraw the key, since it must be taken as known, and take
it out of the text. A hit is the first line of a PEM file (RFC 7468) with the key after it; the line
alone, as in a text about such files, is left alone.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

# Headers such as `Proc-Type:` may stand between. The shortest key, of Ed25519, has 64 signs.
PRIVATE = re.compile(
    r"-----BEGIN (?:[A-Z0-9]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr])"
    r"[\s\S]{0,300}?[A-Za-z0-9+/]{40}"
)
SCREENS = (b"-----BEGIN ",)


def check(columns: Columns) -> Iterator[Violation]:
    for pointer, match in columns.found(PRIVATE, SCREENS, everywhere=True):
        message = "holds a private key. Withdraw it where it is used, and take it out."
        yield Violation(pointer, message, at=match.start())


RULE = TaskRule(
    code="PRI006",
    name="private-key",
    severity=Severity.ERROR,
    since="0.1",
    secret=True,
    check=check,
    good={
        "instances": [
            {"id": "a", "input": "-----BEGIN PRIVATE KEY-----\n...", "output": ["a private key"]}
        ]
    },
    bad={
        "instances": [
            {
                "id": "a",
                "input": "-----BEGIN PRIVATE KEY-----\n" + "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8f"
                "dp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----",
                "output": ["one"],
            }
        ]
    },
)
