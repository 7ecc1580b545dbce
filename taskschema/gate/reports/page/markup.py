"""Builds HTML so that text from a task can never become markup.

Everything but `Markup` is text and is escaped. Characters that could hide or reorder text around
them (control characters, bidirectional overrides) are shown as code points.
"""

import html
import re

from taskschema.core.text.printing import printable

__all__ = ["Content", "Markup", "element", "joined", "shortened"]

HIDDEN = re.compile(r"[^ -~]")
EMPTY = ("circle", "input", "line", "rect")


class Markup(str):
    """Well-formed HTML."""

    __slots__ = ()


Content = str | int | None


def element(name: str, *content: Content, **attributes: str | float | None) -> Markup:
    """Return one element; None is skipped in content and attributes.

    Numbers in the content get thousands separators. The keywords `class_` and `aria_label` become
    the attributes `class` and `aria-label`.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(printable(str(value)))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in EMPTY:
        return Markup(f"<{name}{written}/>")
    return Markup(f"<{name}{written}>{joined(*content)}</{name}>")


def joined(*content: Content, by: str = "") -> Markup:
    """Concatenate texts, numbers and markup; None is skipped."""
    return Markup(by.join(_content(part) for part in content if part is not None))


def shortened(text: str, most: int) -> str:
    """Shorten a text to at most `most` characters: its start, an ellipsis and its end."""
    if len(text) <= most:
        return text
    end = most // 3
    return f"{text[: most - end - 1]}…{text[-end:]}"


def _content(part: str | int) -> str:
    if isinstance(part, Markup):
        return part
    if isinstance(part, int):
        return f"{part:,}"
    return HIDDEN.sub(_visible, html.escape(part, quote=False))


def _visible(match: re.Match[str]) -> str:
    character = match[0]
    if character.isprintable():
        return character
    return f'<span class="hidden-character">U+{ord(character):04X}</span>'
