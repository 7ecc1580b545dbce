"""Exceptions that stop a command. A problem in a task is never an exception but a `Finding`."""

__all__ = [
    "ConfigError",
    "DestinationError",
    "ExecutorError",
    "NoTasksError",
    "RevisionError",
    "SourceError",
    "TaskSchemaError",
    "UnknownSubjectError",
    "UnreadableTaskError",
    "VersionError",
]


class TaskSchemaError(Exception):
    """A command cannot continue; the message is one line that ends with a next step."""


class ConfigError(TaskSchemaError):
    """`taskschema.toml` does not match its schema, or options contradict each other."""


class NoTasksError(TaskSchemaError):
    """A given path does not exist or contains no task files."""


class RevisionError(TaskSchemaError):
    """A git revision cannot be read: no git, no repository, or no such revision."""


class SourceError(TaskSchemaError):
    """A source to convert does not exist, or its format is not recognized or not readable."""


class UnreadableTaskError(TaskSchemaError):
    """A requested task does not parse or does not match its schema."""


class DestinationError(TaskSchemaError):
    """The output cannot be written to the requested place."""


class ExecutorError(TaskSchemaError):
    """No workers are available: unknown executor, no cluster, or its workers were lost."""


class UnknownSubjectError(TaskSchemaError):
    """`explain` was given the name of nothing that exists."""


class VersionError(TaskSchemaError):
    """A document has a schema version that this release or this function does not support."""
