"""Answer formats: five kinds, of which `set`, `fields` and `choices` have structured answers."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from taskschema.schema.model.base import Model, NonEmpty

__all__ = [
    "Answer",
    "AnswerFormat",
    "Choice",
    "ChoicesAnswer",
    "FieldFormat",
    "FieldsAnswer",
    "Kind",
    "Metric",
    "SetAnswer",
]

Metric = Literal[
    "exact_match", "rouge_l", "set_exact_match", "set_f1", "fields_score", "choice_score"
]
Kind = Literal["text", "label", "set", "fields", "choices"]


class Choice(Model):
    """One option of an instance with scored choices."""

    text: str = Field(examples=["Paris"])
    """The text of the option."""
    score: float = Field(examples=[1.0])
    """The score for choosing it; the options with the highest score are the correct answers."""


SetAnswer = Annotated[tuple[tuple[str, ...], ...], Field(min_length=1)]
FieldsAnswer = Annotated[
    dict[str, Annotated[tuple[str, ...], Field(min_length=1)]], Field(min_length=1)
]
ChoicesAnswer = Annotated[tuple[Choice, ...], Field(min_length=1)]
Answer = SetAnswer | FieldsAnswer | ChoicesAnswer


class FieldFormat(Model):
    """One named part of a `fields` answer."""

    type: Literal["text", "label", "set", "number"] = Field(examples=["label"])
    """The type of the field's values."""
    metric: Metric | None = Field(None, examples=["exact_match"])
    """The metric that scores the field."""
    labels: tuple[str, ...] | None = Field(None, min_length=1, examples=[["open", "closed"]])
    """The allowed labels of a field of type `label`."""


class AnswerFormat(Model):
    """The format of all answers of a task."""

    kind: Kind = Field(examples=["label"])
    """`text`, `label`, `set` (unordered strings), `fields` (named parts) or `choices` (scored)."""
    labels: tuple[str, ...] | None = Field(None, min_length=1, examples=[["yes", "no"]])
    """The allowed labels; omit it for a classification whose labels are not known."""
    separator: NonEmpty | None = Field(None, examples=[", "])
    """The text between the members of a set in `output`."""
    fields: dict[NonEmpty, FieldFormat] | None = Field(
        None, min_length=1, examples=[{"city": {"type": "text"}}]
    )
    """The named parts of an answer, in the order of `output`."""

    @model_validator(mode="after")
    def _fits_kind(self) -> Self:
        given = self.model_fields_set - {"kind"}
        needed = {"set": {"separator"}, "fields": {"fields"}}.get(self.kind, set())
        allowed = needed | ({"labels"} if self.kind == "label" else set())
        if missing := needed - given:
            raise ValueError(f"kind `{self.kind}` needs {sorted(missing)}")
        if foreign := given - allowed:
            raise ValueError(f"kind `{self.kind}` has no {sorted(foreign)}")
        return self
