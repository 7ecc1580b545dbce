"""The rows of a task: instances, and demonstrations with their explanations."""

from typing import Literal

from pydantic import Field

from taskschema.schema.model.answers import Answer
from taskschema.schema.model.base import Extras, Model, NonEmpty, Slug

__all__ = [
    "Demonstration",
    "Instance",
    "Message",
]


class Message(Model):
    """One turn of the conversation before an input."""

    role: Literal["system", "user", "assistant", "tool"] = Field(examples=["user"])
    """Who speaks."""
    content: str = Field(examples=["Where is the Rhine's source?"])
    """What is said."""


class Instance(Model):
    """One input with every answer that is acceptable."""

    id: NonEmpty = Field(examples=["country_capital-3fe61b7cd205"])
    """Identity within the task; it never changes."""
    input: str = Field(examples=["France"])
    """What the model is given beside the definition."""
    output: tuple[str, ...] = Field(min_length=1, examples=[["Paris"]])
    """The alternatives, all acceptable; always strings, so that readers of strings always work."""
    answer: Answer | None = Field(None, examples=[[["Paris", "Lyon"]]])
    """The structure behind `output`; its shape follows `answer_format.kind`."""
    context: tuple[Message, ...] = Field((), examples=[[{"role": "user", "content": "Hello."}]])
    """The turns before `input`, oldest first."""
    attachments: tuple[Slug, ...] = Field((), examples=[["map"]])
    """Names of the task's attachments that belong to this instance."""
    source_id: str | None = Field(None, examples=["train-00017"])
    """Its identity in the source it was taken from."""
    extras: Extras = Field({}, examples=[{"difficulty": "hard"}])
    """Anything else; kept, never interpreted."""


class Demonstration(Model):
    """A worked example that the model may be shown; negative ones show what not to answer."""

    input: str = Field(examples=["Italy"])
    """As an instance's input."""
    output: str = Field(examples=["Rome"])
    """ONE answer, unlike an instance's list of alternatives."""
    explanation: str = Field(examples=["Rome is the capital of Italy."])
    """Why the output is right or, in a negative demonstration, wrong."""
    suggestion: str | None = Field(None, examples=["Name the city, not the river."])
    """How a wrong output could be mended."""
    answer: Answer | None = Field(None, examples=[[["Rome"]]])
    """The structure behind `output`; its shape follows `answer_format.kind`."""
    context: tuple[Message, ...] = Field((), examples=[[{"role": "user", "content": "Hello."}]])
    """The turns before `input`, oldest first."""
    attachments: tuple[Slug, ...] = Field((), examples=[["map"]])
    """Names of the task's attachments that belong to this demonstration."""
    extras: Extras = Field({}, examples=[{"difficulty": "hard"}])
    """Anything else; kept, never interpreted."""
