"""A waiver takes nothing away.

What it excused has been mended, or never was there; left standing, it would hide the next fault
of that kind. Remove it from `taskschema.toml`. A waiver for a task that was not checked in this run
is left alone.
"""

from taskschema.core.findings import Severity
from taskschema.rules.overview import Waiver
from taskschema.rules.rule import WaiverRule


def message(waiver: Waiver) -> str | None:
    """None while the waiver is of use."""
    if not waiver.known:
        return f"there is no rule {waiver.code}. See `taskschema explain` for those there are."
    if not waiver.exists:
        return f"there is no task `{waiver.task}`. Correct its name, or remove the waiver."
    if waiver.judged and not waiver.used:
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
