"""All rules, and the rules of one kind."""

from functools import cache
from typing import TypeVar

from taskschema.rules.rule import RULES, Rule

__all__ = ["all_rules", "rules_of"]

AnyRule = TypeVar("AnyRule", bound=Rule)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the codes."""
    return tuple(sorted(RULES.load_all().values(), key=lambda rule: rule.code))


def rules_of(kind: type[AnyRule]) -> tuple[AnyRule, ...]:
    """The rules of one kind, in the order of the codes."""
    return tuple(rule for rule in all_rules() if isinstance(rule, kind))
