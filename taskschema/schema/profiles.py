"""Thresholds that differ between collections."""

from dataclasses import dataclass

__all__ = ["PROFILES", "Profile"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How much of everything a task needs, inclusive."""

    minimum_instances: int
    maximum_instances: int | None
    minimum_positive: int
    minimum_negative: int
    minimum_balance: float
    """The normalised entropy of the labels: 1 where all are equally frequent, 0 where one is all.

    Of two labels, three to one gives 0.81, nine to one 0.47, nineteen to one 0.29.
    """


PROFILES = {
    "default": Profile(
        minimum_instances=26,
        maximum_instances=None,
        minimum_positive=2,
        minimum_negative=1,
        # Labels are as frequent as the world has them; at nine to one a score says little.
        minimum_balance=0.5,
    ),
    # What the test of Super-NaturalInstructions asks for, as its code has it.
    "superni": Profile(
        minimum_instances=26,
        maximum_instances=6500,
        minimum_positive=2,
        minimum_negative=1,
        minimum_balance=0.8,
    ),
}
