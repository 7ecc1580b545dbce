"""Replaces the name of a task in split lists and settings and changes nothing else there."""

import json
import re
import tomllib
from bisect import bisect
from collections.abc import Iterator
from typing import Any

__all__ = ["in_settings", "in_split_list"]

BARE = re.compile(r"[A-Za-z0-9_-]+")
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
TABLES = (("waivers",), ("splits", "test_tasks"), ("splits", "excluded_tasks"))


def in_split_list(text: str, old: str, new: str) -> str:
    """Return a split list with the new name; a sorted list stays sorted, without duplicates.

    Args:
        text: the list, one name per line.
        old: the name to replace.
        new: the name to write.
    """
    lines = LINE.findall(text)
    names = [line.strip().removeprefix("\ufeff") for line in lines]
    if old not in names:
        return text
    filled = [name for name in names if name]
    is_sorted = filled == sorted(filled) and "" not in names and not text.startswith("\ufeff")
    index = names.index(old)
    # A task that is listed twice, or under both names, is listed once.
    others = [number for number, name in enumerate(names) if name != old]
    if new in names:
        return "".join(lines[number] for number in others)
    renamed = lines[index].replace(old, new)
    at = bisect([names[number] for number in others], new) if is_sorted else index
    kept = [lines[number] for number in others]
    if others and not kept[-1].endswith(("\n", "\r")) and at == len(kept):
        end = renamed[len(renamed.rstrip("\r\n")) :]
        kept[-1], renamed = kept[-1] + end, renamed.rstrip("\r\n")
    elif not renamed.endswith(("\n", "\r")) and at < len(kept):
        end = kept[-1][len(kept[-1].rstrip("\r\n")) :]
        kept[-1], renamed = kept[-1].rstrip("\r\n"), renamed + end
    return "".join([*kept[:at], renamed, *kept[at:]])


def in_settings(text: str, old: str, new: str) -> str | None:
    """Return `taskschema.toml` with the new name; None if the user has to change it by hand.

    Args:
        text: the TOML text; its comments and layout stay.
        old: the name to replace.
        new: the name to write.
    """
    settings = tomllib.loads(text)
    expected = settings
    for path in TABLES:
        expected = _renamed(expected, path, old, new)
    if expected == settings:
        return text
    key = new if BARE.fullmatch(new) else json.dumps(new)
    found = re.compile(
        rf"(?m)(?:^|(?<=[{{,.\[\s]))(?:\"{re.escape(old)}\"|'{re.escape(old)}'|{re.escape(old)})"
        r"(?=\s*[=.\]])"
    )
    # A replaced key moves its values to an expected place; otherwise the match is not a key.
    allowed = [*_leaves(settings, ()), *_leaves(expected, ())]
    for match in reversed(list(found.finditer(text))):
        after = text[: match.start()] + key + text[match.end() :]
        try:
            moved = _leaves(tomllib.loads(after), ())
        except tomllib.TOMLDecodeError:
            continue
        if all(leaf in allowed for leaf in moved):
            text = after
    return text if tomllib.loads(text) == expected else None


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the values of nested tables, each with its path of keys."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    else:
        yield path, value


def _renamed(settings: dict[str, Any], path: tuple[str, ...], old: str, new: str) -> dict[str, Any]:
    """Return the settings with another key in the table at a path, unless it has both keys."""
    head, *rest = path
    inner = settings.get(head)
    if not isinstance(inner, dict):
        return settings
    if rest:
        return {**settings, head: _renamed(inner, tuple(rest), old, new)}
    if old not in inner:
        return settings
    if new in inner:
        return {**settings, head: {**inner, old: None}}  # no edit of the text gives this
    return {**settings, head: {new if key == old else key: inner[key] for key in inner}}
