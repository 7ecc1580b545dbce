"""A text contains a person's e-mail address.

The owner did not agree to be in a dataset, and a published address cannot be withdrawn. Replace it
with a made-up one, such as `name@example.com`.

The rule skips domains reserved for examples (RFC 2606, RFC 6761), common made-up names and domains
such as someone@ and foo@, functions such as info@ and permissions@, and file names such as
`icon@2x.png`.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.rules.rule import TaskRule, Violation
from taskschema.rules.shared.masked_secrets import masked_address
from taskschema.schema.columns import Columns

HOST = re.compile(
    r"@(?<=[\w%+-]@)((?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24})(?![\w@-])", re.ASCII
)
USER = re.compile(r"[\w.%+-]{1,64}$", re.ASCII)
SCREENS = (b"@",)
LONGEST_USER = 64  # RFC 5321
RESERVED = frozenset({"example", "invalid", "test", "localhost", "local", "internal", "onion"})
MADE_UP = frozenset(
    {"example", "domain", "yourdomain", "mydomain", "address", "company", "yourcompany", "email"}
    | {
        "abc",
        "bar",
        "baz",
        "foo",
        "foobar",
        "host",
        "mysite",
        "site",
        "somewhere",
        "website",
        "xyz",
    }
    | {"yoursite"}
)
MADE_UP_USERS = frozenset(
    {"foo", "jane.doe", "jane_doe", "janedoe", "john.doe", "john_doe", "johndoe", "someone"}
    | {"somebody", "user", "username", "your.name", "your_name", "yourname"}
)
# Names of functions instead of people (RFC 2142).
ROLES = frozenset(
    {"abuse", "admin", "contact", "feedback", "git", "help", "hostmaster", "info", "mail"}
    | {"marketing", "news", "no-reply", "noreply", "office", "permissions", "postmaster", "press"}
    | {"sales", "security", "service", "support", "webmaster"}
)
FILES = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "py", "json", "html"})


def check(columns: Columns) -> Iterator[Violation]:
    for pointer, match in columns.found(HOST, SCREENS, everywhere=True):
        for address in filter(_is_personal, _addresses(match.string)):
            message = (
                f"contains the e-mail address {masked_address(address)}. "
                "Write a made-up one such as name@example.com."
            )
            yield Violation(pointer, message, at=match.string.find(address))
            break


def _addresses(text: str) -> Iterator[str]:
    for host in HOST.finditer(text):
        user = USER.search(text[max(0, host.start() - LONGEST_USER) : host.start()])
        if user and (name := user[0].lstrip(".%+-")):
            yield name + host[0]


def _is_personal(address: str) -> bool:
    user, _, host = address.lower().partition("@")
    *_, second, top = host.split(".")
    return (
        user not in ROLES | MADE_UP_USERS and top not in RESERVED | FILES and second not in MADE_UP
    )


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
