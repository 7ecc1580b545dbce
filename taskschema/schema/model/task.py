"""A task in the newest schema version, as people and converters hold it.

The published schema is generated from these models (`published.py`), and the two accept the same
documents. Rules and exporters read `columns.py` instead, which costs no objects. Frozen means that
attributes cannot be set; `extras` stay ordinary dicts, so a task is not hashable.
"""

from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from taskschema.schema.model.answers import AnswerFormat, Choice, Kind, Metric
from taskschema.schema.model.base import Extras, Model, Slug
from taskschema.schema.model.metadata import (
    Attachment,
    Contributor,
    Evaluation,
    Languages,
    License,
    Provenance,
    Source,
)
from taskschema.schema.model.rows import Demonstration, Instance

__all__ = [
    "Task",
]

MAX_REVISION = 2**31 - 1  # a revision fits the signed 32-bit column that exports give it


class Task(Model):
    """One task: a definition, demonstrations with explanations, and instances."""

    schema_uri: str | None = Field(
        None, alias="$schema", examples=["../schemas/task.v3.schema.json"]
    )
    """Where editors find this schema, for completion and hover."""
    schema_version: Literal[3] = Field(examples=[3])
    """The version of this schema."""
    name: Slug = Field(examples=["country_capital"])
    """The identity of the task, equal to its file's stem."""
    aliases: tuple[Slug, ...] = Field((), examples=[["task1146_country_capital"]])
    """Earlier names, so that old split files and predictions still resolve."""
    revision: int | None = Field(None, ge=1, le=MAX_REVISION, examples=[1])
    """Raised when the definition, demonstrations, instances or answer format change."""
    summary: str | None = Field(None, examples=["Name the capital of a country."])
    """One line for listings."""
    description: str | None = Field(None, examples=["Countries as of 2024; one capital each."])
    """Markdown for cards: background that the model is not shown."""
    definition: tuple[str, ...] = Field(
        min_length=1, examples=[["You are given a country. Answer with its capital."]]
    )
    """The instruction, then paraphrases of it."""
    answer_format: AnswerFormat | None = Field(
        None, examples=[{"kind": "label", "labels": ["yes", "no"]}]
    )
    """What every answer looks like; `text` where it is left out."""
    metrics: tuple[Metric, ...] = Field((), examples=[["exact_match", "rouge_l"]])
    """How answers are scored; the default of the answer kind where it is left out."""
    categories: tuple[str, ...] = Field((), examples=[["Question Answering"]])
    """Terms of `schemas/vocabulary/categories.json`, the main one first."""
    domains: tuple[str, ...] = Field((), examples=[["Countries"]])
    """Terms of `schemas/vocabulary/domains.json`."""
    reasoning: tuple[str, ...] = Field((), examples=[["Commonsense Reasoning"]])
    """Terms of `schemas/vocabulary/reasoning.json`."""
    languages: Languages | None = Field(
        None, examples=[{"instruction": ["en"], "input": ["en"], "output": ["en"]}]
    )
    """The languages of the texts."""
    contributors: tuple[Contributor, ...] = Field((), examples=[[{"name": "Ada Lovelace"}]])
    """Who wrote the task."""
    sources: tuple[Source, ...] = Field((), examples=[[{"name": "country_capitals"}]])
    """Where the instances were taken from."""
    licenses: tuple[License, ...] = Field(
        (), examples=[[{"text": "CC BY 4.0", "spdx": "CC-BY-4.0"}]]
    )
    """The licences of the instances."""
    provenance: Provenance | None = Field(None, examples=[{"method": "human"}])
    """How the instances came to be."""
    canary: str | None = Field(None, examples=["canary GUID 00000000-0000-0000-0000-000000000000"])
    """A marker that every export carries in its metadata and no prompt ever shows."""
    evaluation: Evaluation | None = Field(
        None, examples=[{"instances": ["country_capital-3fe61b7cd205"]}]
    )
    """The subset that evaluations use."""
    attachments: dict[Slug, Attachment] = Field(
        {}, examples=[{"map": {"media_type": "image/png", "path": "attachments/map.png"}}]
    )
    """Files that instances share; `{{map}}` in an input refers to the attachment named `map`."""
    positive_demonstrations: tuple[Demonstration, ...] = Field(
        (),
        examples=[[{"input": "Italy", "output": "Rome", "explanation": "Rome is its capital."}]],
    )
    """Worked examples with right answers."""
    negative_demonstrations: tuple[Demonstration, ...] = Field(
        (),
        examples=[[{"input": "Italy", "output": "Milan", "explanation": "Not the capital."}]],
    )
    """Worked examples with wrong answers."""
    instances: tuple[Instance, ...] = Field(
        examples=[[{"id": "country_capital-1", "input": "France", "output": ["Paris"]}]]
    )
    """The rows of the task."""
    extras: Extras = Field({}, examples=[{"v2": {"Instruction Source": ["crowd"]}}])
    """Anything else; kept, never interpreted."""

    @field_validator("schema_version", mode="before")
    @classmethod
    def _refuse_fraction(cls, value: object) -> object:
        if type(value) is not int:
            raise ValueError("the schema version is an integer")
        return value

    @property
    def kind(self) -> Kind:
        """The kind of answer: `text` where the task does not say."""
        return self.answer_format.kind if self.answer_format else "text"

    @model_validator(mode="after")
    def _answers_fit_kind(self) -> Self:
        shape = {"set": list, "fields": dict, "choices": Choice}.get(self.kind)
        rows: tuple[Instance | Demonstration, ...] = (
            *self.instances,
            *self.positive_demonstrations,
            *self.negative_demonstrations,
        )
        for row in rows:
            if _shape(row.answer) is not shape and (
                row.answer is not None or (shape is not None and isinstance(row, Instance))
            ):
                raise ValueError(f"an answer does not have the shape of kind `{self.kind}`")
        return self


def _shape(answer: object) -> type | None:
    """What an answer is made of: `list` for a set, `dict` for fields, `Choice`, or None."""
    if isinstance(answer, tuple):
        return Choice if isinstance(answer[0], Choice) else list
    return None if answer is None else dict
