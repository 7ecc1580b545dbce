"""Builds completion functions, which offer the values that match and never fail."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeAlias

import typer

if TYPE_CHECKING:
    from taskschema.core.plugins import Family


__all__ = ["Completer", "Offers", "completer", "plugin_names", "words"]

Offers: TypeAlias = Iterable[tuple[str, str]]
"""Values, each with its help text or an empty text."""
Completer: TypeAlias = Callable[[typer.Context, str], list[tuple[str, str]]]


def completer(offers: Callable[[typer.Context, str], Offers]) -> Completer:
    """Filter offers by the typed prefix, in any case; the typed letters are kept."""

    @wraps(offers)
    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        begun = incomplete.lower()
        with suppress(Exception):  # e.g. a broken collection: offer nothing
            return [
                (incomplete + value[len(incomplete) :], what)
                for value, what in offers(ctx, incomplete)
                if value.lower().startswith(begun)
            ]
        return []

    return complete


def plugin_names(family_of: "Callable[[], Family[Any]]") -> Completer:
    """Offer the plugins of a family, each with the first line of its documentation."""

    @completer
    def names(ctx: typer.Context, incomplete: str) -> Offers:
        del ctx, incomplete
        family = family_of()
        return [(name, family.headline(name)) for name in family.names()]

    return names


def words(*known: str) -> Completer:
    """Offer words without help texts."""

    @completer
    def given(ctx: typer.Context, incomplete: str) -> Offers:
        del ctx, incomplete
        return [(word, "") for word in known]

    return given
