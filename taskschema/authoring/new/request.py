"""The request for a new task: all options of `taskschema new` as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from taskschema.schema.vocabulary import AnswerKind

__all__ = ["KINDS", "METHODS", "DraftRequest", "Method", "TableOptions"]

Method = Literal["human", "programmatic", "converted", "generated", "mixed"]
METHODS: tuple[Method, ...] = get_args(Method)
KINDS: tuple[AnswerKind, ...] = get_args(AnswerKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOptions:
    """Options of a table; empty ones are detected."""

    input_columns: tuple[str, ...] = ()
    """Several columns become one input with a line `NAME: CELL` per column."""
    output_columns: tuple[str, ...] = ()
    """Each filled cell of several columns is an acceptable output, or a field of one output."""
    has_fields: bool = False
    """Whether several output columns are the fields of one output."""
    id_column: str = ""
    instruction_column: str = ""
    output_separator: str = ""
    """Separator between acceptable outputs in one cell."""
    encoding: str = ""
    configuration: Mapping[str, Any] = field(default_factory=dict)
    """Further settings of the format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRequest:
    """A request for a new task; an empty field becomes a placeholder or is not written."""

    name: str
    collection: Path = Path()
    """The folder of the collection, or a folder inside it."""
    table: str | None = None
    """The source of the rows: a path, an address, or `-` for standard input."""
    table_options: TableOptions = field(default_factory=TableOptions)
    demonstrations: int = 2
    """Number of rows that become positive demonstrations, if there are enough."""
    summary: str = ""
    definition: tuple[str, ...] = ()
    """The instruction, then paraphrases."""
    categories: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    languages: dict[str, list[str]] = field(default_factory=dict)
    """Language tags by `instruction`, `input` and `output`."""
    kind: AnswerKind | None = None
    """The kind of the answer format; None derives it from the rows."""
    labels: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    """Names of the fields of an answer."""
    separator: str = ", "
    """Separator between the members of a set."""
    licenses: tuple[dict[str, Any], ...] = ()
    contributor: str | None = None
    """None stands for the user name of git; an empty name is not written."""
    method: Method | None = None
    generator: str = ""
    """The model that generated the rows."""
    source: str = ""
    """The dataset that the rows are from."""
    source_url: str = ""

    @property
    def provenance_method(self) -> Method:
        """The method, by default `converted` for rows of a dataset and else `human`."""
        return self.method or ("converted" if self.source else "human")
