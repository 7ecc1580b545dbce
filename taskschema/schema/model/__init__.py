"""The models of the newest schema version."""

from taskschema.schema.model.answers import AnswerFormat, Choice, FieldFormat
from taskschema.schema.model.metadata import (
    Attachment,
    Contributor,
    Conversion,
    Evaluation,
    Languages,
    License,
    Provenance,
    Source,
)
from taskschema.schema.model.rows import Demonstration, Instance, Message
from taskschema.schema.model.task import Task

__all__ = [
    "AnswerFormat",
    "Attachment",
    "Choice",
    "Contributor",
    "Conversion",
    "Demonstration",
    "Evaluation",
    "FieldFormat",
    "Instance",
    "Languages",
    "License",
    "Message",
    "Provenance",
    "Source",
    "Task",
]
