"""One conversion as it is requested."""

from dataclasses import dataclass, field

from taskschema.convert.format import ConvertOptions
from taskschema.core.errors import ConfigError

__all__ = ["ConvertRequest"]


@dataclass(frozen=True, slots=True)
class ConvertRequest:
    """A source, a target and how to get from one to the other.

    Raises:
        ConfigError: `strict` with bare rows, which lose what `strict` does not let be lost.
    """

    source: str
    """A path, an address, `-` for standard input, or a name that the source's format knows."""
    target: str
    """A path, an address, or `-` for standard output."""
    source_format: str | None = None
    """The name of a format; detected if None."""
    target_format: str | None = None
    """The name of a format; tasks of this schema if None, unless the source is such."""
    options: ConvertOptions = field(default_factory=ConvertOptions)
    """The options of the formats."""
    force: bool = False
    """Whether existing files may be replaced."""
    strict: bool = False
    """Whether to write nothing if anything is refused or lost."""

    def __post_init__(self) -> None:
        if self.strict and self.options.bare:
            raise ConfigError(
                "--bare drops what --strict does not allow to be lost. Give only one of them."
            )
