"""What a person said of a new task, looked at once."""

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from taskschema.schema.vocabulary import AnswerKind

__all__ = ["METHODS", "DraftRequest", "Method"]

Method = Literal["human", "programmatic", "converted", "generated", "mixed"]
METHODS: tuple[Method, ...] = get_args(Method)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRequest:
    """Whatever is empty was not said, and becomes a gap or is left out."""

    summary: str = ""
    definition: tuple[str, ...] = ()
    """The instruction, then paraphrases."""
    categories: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    languages: dict[str, list[str]] = field(default_factory=dict)
    """Tags by `instruction`, `input` and `output`."""
    kind: AnswerKind | None = None
    labels: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    """The named parts of an answer, where no table tells them."""
    separator: str = ", "
    """Between the members of a set."""
    licenses: tuple[dict[str, Any], ...] = ()
    contributor: str = ""
    method: Method = "human"
    generator: str = ""
    """What generated the rows, where a model did."""
    source: str = ""
    """The dataset that rows were taken from."""
    source_url: str = ""
    shown: int = 2
    """How many rows become positive demonstrations, if there are enough; 0 for none."""
