"""All rules, and all rules of one kind."""

from functools import cache
from typing import TypeVar

from taskschema.rules.rule import RULES, Rule

__all__ = ["all_rules", "rules_of"]

AnyRule = TypeVar("AnyRule", bound=Rule)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, sorted by code."""
    return tuple(sorted(RULES.load_all().values(), key=lambda rule: rule.code))


def rules_of(kind: type[AnyRule]) -> tuple[AnyRule, ...]:
    """Return the rules of one kind, sorted by code."""
    return tuple(rule for rule in all_rules() if isinstance(rule, kind))
