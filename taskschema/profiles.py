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


PROFILES = {
    "default": Profile(
        minimum_instances=26, maximum_instances=None, minimum_positive=2, minimum_negative=1
    ),
    # What the test of Super-NaturalInstructions asks for, as its code has it.
    "superni": Profile(
        minimum_instances=26, maximum_instances=6500, minimum_positive=2, minimum_negative=1
    ),
}
