"""The model of a task in the newest schema version, for Python users and converters.

The published schema is generated from these models by `json_schema.py`; both accept the same
documents. Rules and exporters use `columns.py` instead, which creates no objects. Models are
frozen: attributes cannot be set. `extras` stay ordinary dicts, so a task is not hashable.
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
    """Path or URL of this schema, for completion and hover texts in editors."""
    schema_version: Literal[3] = Field(examples=[3])
    """The version of this schema."""
    name: Slug = Field(examples=["country_capital"])
    """The unique name of the task, equal to its file name without `.json`."""
    aliases: tuple[Slug, ...] = Field((), examples=[["task1146_country_capital"]])
    """Earlier names, with which old split files and predictions still find the task."""
    revision: int | None = Field(None, ge=1, le=MAX_REVISION, examples=[1])
    """The number of the revision, raised if definition, rows or answer format change."""
    summary: str | None = Field(None, examples=["Name the capital of a country."])
    """A description in one line, for listings."""
    description: str | None = Field(None, examples=["Countries as of 2024; one capital each."])
    """Background for dataset cards, as Markdown; no prompt contains it."""
    definition: tuple[str, ...] = Field(
        min_length=1, examples=[["You are given a country. Answer with its capital."]]
    )
    """The instruction, then paraphrases of it."""
    answer_format: AnswerFormat | None = Field(
        None, examples=[{"kind": "label", "labels": ["yes", "no"]}]
    )
    """The format of all answers; `text` by default."""
    metrics: tuple[Metric, ...] = Field((), examples=[["exact_match", "rouge_l"]])
    """The metrics that score answers; by default those of the answer format."""
    categories: tuple[str, ...] = Field((), examples=[["Question Answering"]])
    """The task types, main one first: terms of `schemas/vocabulary/categories.json`."""
    domains: tuple[str, ...] = Field((), examples=[["Countries"]])
    """The domains of the texts: terms of `schemas/vocabulary/domains.json`."""
    reasoning: tuple[str, ...] = Field((), examples=[["Commonsense Reasoning"]])
    """The kinds of reasoning it needs: terms of `schemas/vocabulary/reasoning.json`."""
    languages: Languages | None = Field(
        None, examples=[{"instruction": ["en"], "input": ["en"], "output": ["en"]}]
    )
    """The languages of the texts."""
    contributors: tuple[Contributor, ...] = Field((), examples=[[{"name": "Ada Lovelace"}]])
    """The authors of the task."""
    sources: tuple[Source, ...] = Field((), examples=[[{"name": "country_capitals"}]])
    """The datasets or texts from which the instances were taken."""
    licenses: tuple[License, ...] = Field(
        (), examples=[[{"text": "CC BY 4.0", "spdx": "CC-BY-4.0"}]]
    )
    """The licences of the instances."""
    provenance: Provenance | None = Field(None, examples=[{"method": "human"}])
    """How the instances were made."""
    canary: str | None = Field(None, examples=["canary GUID 00000000-0000-0000-0000-000000000000"])
    """A marker for contamination tests, in the metadata of every export but in no prompt."""
    evaluation: Evaluation | None = Field(
        None, examples=[{"instances": ["country_capital-3fe61b7cd205"]}]
    )
    """The instances that evaluations use."""
    attachments: dict[Slug, Attachment] = Field(
        {}, examples=[{"map": {"media_type": "image/png", "path": "attachments/map.png"}}]
    )
    """Files used by instances; `{{map}}` in an input refers to the attachment named `map`."""
    positive_demonstrations: tuple[Demonstration, ...] = Field(
        (),
        examples=[[{"input": "Italy", "output": "Rome", "explanation": "Rome is its capital."}]],
    )
    """Worked examples with correct answers."""
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
    """Any other data; kept but not interpreted."""

    @field_validator("schema_version", mode="before")
    @classmethod
    def _refuse_fraction(cls, value: object) -> object:
        if type(value) is not int:
            raise ValueError("the schema version is an integer")
        return value

    @property
    def kind(self) -> Kind:
        """The kind of the answer format; `text` by default."""
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
    """Return the type of an answer: `list` for a set, `dict` for fields, `Choice`, or None."""
    if isinstance(answer, tuple):
        return Choice if isinstance(answer[0], Choice) else list
    return None if answer is None else dict
