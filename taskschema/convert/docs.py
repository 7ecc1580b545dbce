"""What a format says of itself: its module's docstring, its directions, and what it loses."""

from collections.abc import Iterator

from taskschema.convert.format import FORMATS, Format

__all__ = ["directions", "paragraphs"]


def directions(format_: Format) -> str:
    """`in`, `out`, or both."""
    ways = (("in", format_.read), ("out", format_.write))
    return ", ".join(way for way, function in ways if function)


def paragraphs(name: str, format_: Format) -> Iterator[str]:
    """The docstring's paragraphs, then what is told apart, needed and lost."""
    yield from FORMATS.documentation(name)
    if format_.read and not format_.sniff:
        yield f"Nothing tells it from other formats: give `--from {name}`."
    if format_.takes:
        flags = ", ".join(f"`--{name.replace('_', '-')}`" for name in sorted(format_.takes))
        yield f"It takes {flags}."
    if format_.settings:
        listed = (f"- `{key}`: {one.what}" for key, one in format_.settings.items())
        yield "In `--config` it takes:"
        yield "\n".join(listed)
    if format_.extra:
        yield f'It needs the extra `{format_.extra}`: `pip install "taskschema[{format_.extra}]"`.'
    if not format_.write:
        yield "It is only read, never written."
        return
    if not format_.read:
        yield "It is only written, never read."
    if not format_.loses:
        yield "Written, it loses nothing."
        return
    losses = "\n".join(
        f"- `{pointer or '(the task)'}`: {loss.what}" for pointer, loss in format_.loses.items()
    )
    yield "Written, it has no place for:"
    yield losses
