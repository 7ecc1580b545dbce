"""A text contains a private key.

Any reader can impersonate its owner. Revoke the key, since it must be considered known, and remove
it from the text.

A match is the first line of a PEM file (RFC 7468) followed by the key. The line alone, as in a text
about such files, is not reported.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

# Headers such as `Proc-Type:` may come between. The shortest key, Ed25519, has 64 characters.
PRIVATE = re.compile(
    r"-----BEGIN (?:[A-Z0-9]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr])"
    r"[\s\S]{0,300}?[A-Za-z0-9+/]{40}"
)
SCREENS = (b"-----BEGIN ",)


def check(columns: Columns) -> Iterator[Violation]:
    for pointer, match in columns.found(PRIVATE, SCREENS, everywhere=True):
        message = "contains a private key. Revoke it, and remove it from the text."
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
