"""The conversion assumed something that the source does not state.

Older files omit or misspell fields that the schema requires, and some have only one plausible
meaning. Each assumption is reported once. Check whether it is right.

Only `convert` and `new` report this.
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
