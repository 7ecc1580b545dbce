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
    """One message of a conversation before an input."""

    role: Literal["system", "user", "assistant", "tool"] = Field(examples=["user"])
    """The author of the message."""
    content: str = Field(examples=["Where is the Rhine's source?"])
    """The text of the message."""


class Instance(Model):
    """One input with all acceptable answers."""

    id: NonEmpty = Field(examples=["country_capital-3fe61b7cd205"])
    """The id of the instance, unique in the task; never change it."""
    input: str = Field(examples=["France"])
    """The text that the model gets together with the definition."""
    output: tuple[str, ...] = Field(min_length=1, examples=[["Paris"]])
    """All acceptable answers as strings, also if `answer` is structured."""
    answer: Answer | None = Field(None, examples=[[["Paris", "Lyon"]]])
    """The structured answer behind `output`; its form depends on `answer_format.kind`."""
    context: tuple[Message, ...] = Field((), examples=[[{"role": "user", "content": "Hello."}]])
    """The messages before `input`, oldest first."""
    attachments: tuple[Slug, ...] = Field((), examples=[["map"]])
    """The names of the attachments that this instance uses."""
    source_id: str | None = Field(None, examples=["train-00017"])
    """The id of the row in the source."""
    extras: Extras = Field({}, examples=[{"difficulty": "hard"}])
    """Any other data; kept but not interpreted."""


class Demonstration(Model):
    """A worked example for prompts; a negative one shows a wrong answer."""

    input: str = Field(examples=["Italy"])
    """The text of the example, like the input of an instance."""
    output: str = Field(examples=["Rome"])
    """One answer as a string, not a list as in instances."""
    explanation: str = Field(examples=["Rome is the capital of Italy."])
    """Why the output is correct or, in a negative demonstration, wrong."""
    suggestion: str | None = Field(None, examples=["Name the city, not the river."])
    """How to correct a wrong output."""
    answer: Answer | None = Field(None, examples=[[["Rome"]]])
    """The structured answer behind `output`; its form depends on `answer_format.kind`."""
    context: tuple[Message, ...] = Field((), examples=[[{"role": "user", "content": "Hello."}]])
    """The messages before `input`, oldest first."""
    attachments: tuple[Slug, ...] = Field((), examples=[["map"]])
    """The names of the attachments that this demonstration uses."""
    extras: Extras = Field({}, examples=[{"difficulty": "hard"}])
    """Any other data; kept but not interpreted."""
