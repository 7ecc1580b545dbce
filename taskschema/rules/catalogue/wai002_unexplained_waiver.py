"""A waiver gives no reason.

Without a reason, reviewers cannot tell whether the exception is still needed. Write the reason as
the value of the waiver in `taskschema.toml`.
"""

from taskschema.core.findings import Severity
from taskschema.rules.collection_context import Waiver
from taskschema.rules.rule import WaiverRule


def message(waiver: Waiver) -> str | None:
    """Return the message for a waiver without a reason, else None."""
    if waiver.reason.strip():
        return None
    return f"the waiver of {waiver.code} for `{waiver.task}` gives no reason. Write one."


RULE = WaiverRule(
    code="WAI002",
    name="unexplained-waiver",
    severity=Severity.ERROR,
    since="0.1",
    message=message,
    good='[waivers.waived]\nINS005 = "The right answer is silence."\n',
    bad='[waivers.waived]\nINS005 = " "\n',
)
