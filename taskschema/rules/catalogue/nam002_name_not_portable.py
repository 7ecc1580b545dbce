"""The name cannot be used everywhere.

A name is also a file name, a column value and a part of addresses. It takes lower-case letters,
digits and single `.`, `_` or `-` between them, at most 120 in all, and is no device of Windows
(`con`, `nul`, `com1`, ...). Rename the file, and in version 3 `name` with it.
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
        cure = f"Rename the file, for example to `{slug}.json`." if slug else "Rename the file."
        yield Violation("/name", f"{quote(name)} is not lower case and joined by . _ or -. {cure}")
    elif DEVICE.fullmatch(name):
        yield Violation("/name", f"`{name}` names a device on Windows. Rename the task.")


RULE = TaskRule(
    code="NAM002",
    name="name-not-portable",
    severity=Severity.ERROR,
    since="0.1",
    check=check,
    good={},
    bad={"name": "con"},
)
