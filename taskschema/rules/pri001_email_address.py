"""A text holds somebody's e-mail address.

Whoever it belongs to did not agree to be in a data set, and it cannot be taken back once it is
published. Replace it with one of the made-up kind, such as `name@example.com`. Left alone are the
domains that are reserved for examples (RFC 2606, RFC 6761), those that everybody makes up, the user
of a version control host, and names of files such as `icon@2x.png`.
"""

import re
from collections.abc import Iterator

from taskschema.columns import Columns
from taskschema.findings import Severity
from taskschema.masking import masked_address
from taskschema.rules import TaskRule, Violation

ADDRESS = re.compile(
    r"(?<![\w.%+-])(?!git@)[a-z0-9_][a-z0-9._%+-]{0,63}@"
    r"(?P<host>(?:[a-z0-9-]{1,63}\.){1,8}(?P<top>[a-z]{2,24}))(?![\w@-])",
    re.IGNORECASE | re.ASCII,
)
SCREENS = (b"@",)
RESERVED = frozenset({"example", "invalid", "test", "localhost", "local", "internal", "onion"})
MADE_UP = frozenset(
    {"example", "domain", "yourdomain", "mydomain", "address", "company", "yourcompany", "email"}
)
FILES = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "py", "json", "html"})


def check(columns: Columns) -> Iterator[Violation]:
    for pointer, match in columns.found(ADDRESS, SCREENS, everywhere=True):
        for address in filter(_is_somebodys, ADDRESS.finditer(match.string)):
            message = (
                f"holds the e-mail address {masked_address(address[0])}. "
                "Write one such as name@example.com."
            )
            yield Violation(pointer, message)
            break


def _is_somebodys(address: re.Match[str]) -> bool:
    top, second = address["top"].lower(), address["host"].lower().split(".")[-2]
    return top not in RESERVED | FILES and second not in MADE_UP


RULE = TaskRule(
    code="PRI001",
    name="email-address",
    severity=Severity.WARNING,
    since="0.1",
    secret=True,
    check=check,
    good={"instances": [{"id": "a", "input": "ask me@example.org or @me", "output": ["a@b"]}]},
    bad={"instances": [{"id": "a", "input": "ask jane@smith-and-sons.co.uk", "output": ["one"]}]},
)
