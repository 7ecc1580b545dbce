"""How values are offered when Tab is pressed: those that fit; nothing where that cannot be told."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeAlias

import typer

if TYPE_CHECKING:
    from taskschema.core.plugins import Family


__all__ = ["Completer", "Offers", "completer", "plugin_names", "words"]

Offers: TypeAlias = Iterable[tuple[str, str]]
"""Values, and what they mean; an empty text where there is nothing to say."""
Completer: TypeAlias = Callable[[typer.Context, str], list[tuple[str, str]]]


def completer(offers: Callable[[typer.Context, str], Offers]) -> Completer:
    """What fits of the offers; the letters that stand there are kept, in whichever case."""

    @wraps(offers)
    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        begun = incomplete.lower()
        with suppress(Exception):  # such as a broken collection; nothing is offered then
            return [
                (incomplete + value[len(incomplete) :], what)
                for value, what in offers(ctx, incomplete)
                if value.lower().startswith(begun)
            ]
        return []

    return complete


def plugin_names(family_of: "Callable[[], Family[Any]]") -> Completer:
    """The plugins of a family, each with the first line of its documentation."""

    @completer
    def names(ctx: typer.Context, incomplete: str) -> Offers:
        del ctx, incomplete
        family = family_of()
        return [(name, family.headline(name)) for name in family.names()]

    return names


def words(*known: str) -> Completer:
    """Words that need no telling."""

    @completer
    def given(ctx: typer.Context, incomplete: str) -> Offers:
        del ctx, incomplete
        return [(word, "") for word in known]

    return given
