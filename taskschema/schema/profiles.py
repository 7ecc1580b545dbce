"""Profiles: named sets of thresholds that a collection can select."""

from dataclasses import dataclass

__all__ = ["PROFILES", "Profile"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The thresholds of a profile, all inclusive."""

    minimum_instances: int
    maximum_instances: int | None
    minimum_positive: int
    minimum_negative: int
    minimum_balance: float
    """The lowest normalised entropy of the labels: 1 for equal shares, 0 for a single label.

    For two labels, shares of 3:1 give 0.81, 9:1 give 0.47, and 19:1 give 0.29.
    """


PROFILES = {
    "default": Profile(
        minimum_instances=26,
        maximum_instances=None,
        minimum_positive=2,
        minimum_negative=1,
        # Real labels are rarely balanced, but at 9:1 a score means little.
        minimum_balance=0.5,
    ),
    # The limits of the test code of Super-NaturalInstructions.
    "superni": Profile(
        minimum_instances=26,
        maximum_instances=6500,
        minimum_positive=2,
        minimum_negative=1,
        minimum_balance=0.8,
    ),
}
