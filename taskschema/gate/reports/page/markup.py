"""Elements of HTML, made so that text from a task can never become one.

Whatever is no `Markup` is text: it is escaped on its way into an element, and what could hide or
reorder its surroundings (control characters, bidirectional overrides) is shown as its code point.
"""

import html
import re

from taskschema.core.text.printing import printable

__all__ = ["Content", "Markup", "element", "joined", "shortened"]

HIDDEN = re.compile(r"[^ -~]")
EMPTY = ("circle", "input", "line", "rect")


class Markup(str):
    """Markup already, and well-formed."""

    __slots__ = ()


Content = str | int | None


def element(name: str, *content: Content, **attributes: str | float | None) -> Markup:
    """One element; nothing and attributes that are None are left out, numbers have thousands.

    A keyword such as `class_` or `aria_label` stands for the attribute `class` or `aria-label`.
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(printable(str(value)))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in EMPTY:
        return Markup(f"<{name}{said}/>")
    return Markup(f"<{name}{said}>{joined(*content)}</{name}>")


def joined(*content: Content, by: str = "") -> Markup:
    """Texts, numbers and markup one after the other."""
    return Markup(by.join(_content(part) for part in content if part is not None))


def shortened(text: str, most: int) -> str:
    """At most so many characters of a text: its beginning and, after a mark, its end."""
    if len(text) <= most:
        return text
    end = most // 3
    return f"{text[: most - end - 1]}…{text[-end:]}"


def _content(part: str | int) -> str:
    if isinstance(part, Markup):
        return part
    if isinstance(part, int):
        return f"{part:,}"
    return HIDDEN.sub(_shown, html.escape(part, quote=False))


def _shown(match: re.Match[str]) -> str:
    character = match[0]
    if character.isprintable():
        return character
    return f'<span class="hidden-character">U+{ord(character):04X}</span>'
