"""Parses file sizes such as 500MB."""

import re

import typer

__all__ = ["size"]

SIZE = re.compile(r"(\d+)\s*([KMG]?)(i?)B?", re.IGNORECASE | re.ASCII)
POWERS = {"": 0, "K": 1, "M": 2, "G": 3}
LONGEST = 20  # characters


def size(text: str, option: str) -> int:
    """Return the bytes of `500MB` or `64KiB`: an integer and an optional unit."""
    match = SIZE.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if match is None or not int(match[1]):
        message = f"{text!r} is not a size. Write it as 500MB, 2GB or 64KiB."
        raise typer.BadParameter(message, param_hint=option)
    unit = 1024 if match[3] else 1000
    return int(match[1]) * int(unit ** POWERS[match[2].upper()])
