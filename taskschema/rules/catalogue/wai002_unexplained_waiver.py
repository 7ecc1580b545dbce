"""A waiver gives no reason.

An exception is only worth something while people know what it is for. Write the reason as the
waiver's value in `taskschema.toml`.
"""

from taskschema.core.findings import Severity
from taskschema.rules.overview import Waiver
from taskschema.rules.rule import WaiverRule


def message(waiver: Waiver) -> str | None:
    """None where a reason is written."""
    if waiver.reason.strip():
        return None
    return f"the waiver of {waiver.code} for `{waiver.task}` gives no reason. Write it down."


RULE = WaiverRule(
    code="WAI002",
    name="unexplained-waiver",
    severity=Severity.ERROR,
    since="0.1",
    message=message,
    good='[waivers.waived]\nINS005 = "The right answer is silence."\n',
    bad='[waivers.waived]\nINS005 = " "\n',
)
