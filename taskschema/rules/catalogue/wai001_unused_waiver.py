"""A waiver matches no finding.

The finding was fixed or never existed, and the waiver would hide the next finding of that rule.
Remove it from `taskschema.toml`.

A waiver for a task that this run did not check is not reported.
"""

from taskschema.core.findings import Severity
from taskschema.rules.collection_context import Waiver
from taskschema.rules.rule import WaiverRule


def message(waiver: Waiver) -> str | None:
    """Return the message for an unused waiver, else None."""
    if not waiver.rule_exists:
        return f"rule {waiver.code} does not exist. Run `taskschema explain` to list all rules."
    if not waiver.task_exists:
        return f"task `{waiver.task}` does not exist. Correct its name, or remove the waiver."
    if waiver.is_checked and not waiver.used:
        return f"`{waiver.task}` has no finding {waiver.code}. Remove the waiver."
    return None


RULE = WaiverRule(
    code="WAI001",
    name="unused-waiver",
    severity=Severity.WARNING,
    since="0.1",
    message=message,
    good='[waivers.waived]\nINS005 = "The right answer is silence."\n',
    bad='[waivers.waived]\nINS005 = "The right answer is silence."\nINS001 = "No reason."\n',
)
