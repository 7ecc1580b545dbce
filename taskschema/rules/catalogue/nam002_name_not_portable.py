"""The name is not portable.

A name is also a file name, a column value and part of URLs. It consists of lower-case letters and
digits, joined by single `.`, `_` or `-`, at most 120 characters, and is not a device name of
Windows (`con`, `nul`, `com1`, ...). Rename the file, and `name` in version 3.
"""

import re
from collections.abc import Iterator

from taskschema.core.findings import Severity
from taskschema.core.text.printing import quote
from taskschema.rules.rule import TaskRule, Violation
from taskschema.schema.columns import Columns

FORM = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
LONGEST = 120
DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")


def check(columns: Columns) -> Iterator[Violation]:
    name = columns.name
    if not FORM.fullmatch(name) or len(name) > LONGEST:
        slug = re.sub(r"[^a-z0-9._-]+", "_", name.lower())
        slug = re.sub(r"([._-])[._-]+", r"\1", slug).strip("._-")[:LONGEST]
        advice = f"Rename the file, for example to `{slug}.json`." if slug else "Rename the file."
        message = (
            f"{quote(name)} must be at most {LONGEST} lower-case letters and digits, joined by "
            f"single . _ or -. {advice}"
        )
        yield Violation("/name", message)
    elif DEVICE.fullmatch(name):
        yield Violation("/name", f"`{name}` is a device name on Windows. Rename the task.")


RULE = TaskRule(
    code="NAM002",
    name="name-not-portable",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={},
    bad={"name": "con"},
)
