"""Something that the source does not say was assumed.

Older files leave out or spell differently what the schema needs, and some have only one sensible
meaning. What was taken for what is told here once for each thing; look whether it is right. Only
`convert` and `new` tell of this.
"""

from taskschema.core.findings import Severity
from taskschema.rules.rule import ConversionRule

RULE = ConversionRule(
    code="CNV004",
    name="assumed",
    severity=Severity.WARNING,
    since="0.1",
    format="messages",
    good=(
        '{"messages": [{"role": "user", "content": "Add 1 and 1."}, '
        '{"role": "assistant", "content": "2"}]}\n'
    ),
    bad=(
        '{"messages": [{"role": "user", "content": "Add 1 and 1."}, '
        '{"role": "assistant", "tool_calls": [{"type": "function", '
        '"function": {"name": "add", "arguments": "[1, 1]"}}]}]}\n'
    ),
)
