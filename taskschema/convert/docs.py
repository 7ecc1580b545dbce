"""Describes formats: for `taskschema formats`, and for docs/formats.md."""

from collections.abc import Iterator

from taskschema.convert.format import FORMATS, Format, find_format

__all__ = ["directions", "listing", "page", "paragraphs"]


def listing() -> str:
    """Return a line for each format: its name, its directions, and its title."""
    formats = FORMATS.load_all()
    width = max(map(len, formats))
    return "\n".join(
        f"{name:{width}}  {directions(format_):7}  {format_.title}"
        for name, format_ in formats.items()
    )


def page(name: str) -> str:
    """Return the description of one format as text.

    Raises:
        SourceError: there is no such format.
    """
    key, format_ = find_format(name)
    return "\n\n".join((f"{key} ({directions(format_)})", *paragraphs(key, format_)))


def directions(format_: Format) -> str:
    """Return `in` for a format that is read, `out` for one that is written, or both."""
    ways = (("in", format_.read), ("out", format_.write))
    return ", ".join(way for way, function in ways if function)


def paragraphs(name: str, format_: Format) -> Iterator[str]:
    """Yield the docstring's paragraphs, then how to use the format and what it loses."""
    yield from FORMATS.documentation(name)
    if format_.read and not format_.sniff:
        yield f"It is not detected: give `--from {name}`."
    if format_.takes:
        flags = ", ".join(f"`--{option.replace('_', '-')}`" for option in sorted(format_.takes))
        yield f"It takes {flags}."
    if format_.settings:
        listed = (f"- `{key}`: {one.what}" for key, one in format_.settings.items())
        yield "In `--config` it takes:"
        yield "\n".join(listed)
    if format_.extra:
        yield f'It needs the extra `{format_.extra}`: `pip install "taskschema[{format_.extra}]"`.'
    if not format_.write:
        yield "It can only be read, not written."
        return
    if not format_.read:
        yield "It can only be written, not read."
    if not format_.loses:
        yield "It loses nothing when it is written."
        return
    losses = "\n".join(
        f"- `{pointer or '(the task)'}`: {loss.what}" for pointer, loss in format_.loses.items()
    )
    yield "It has no place for:"
    yield losses
