"""Dead ends: what stops a command. A fault of a task is never one of these, it is a Finding."""

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
    """The command cannot go on; its text is one line for the user that says how to go on."""


class ConfigError(TaskSchemaError):
    """`taskschema.toml` does not fit its schema, or options make no sense together."""


class NoTasksError(TaskSchemaError):
    """A path that was named does not exist or holds no task files."""


class RevisionError(TaskSchemaError):
    """A git revision was named and cannot be read: no git, no repository, no such revision."""


class SourceError(TaskSchemaError):
    """What is to be converted does not exist, or its format cannot be told or read."""


class UnreadableTaskError(TaskSchemaError):
    """One task was asked for and it does not parse or does not fit its schema."""


class DestinationError(TaskSchemaError):
    """The output cannot be written where it was asked for."""


class ExecutorError(TaskSchemaError):
    """There is nobody to do the work: no such executor, no cluster, or its workers are lost."""


class UnknownSubjectError(TaskSchemaError):
    """An explanation was asked for of what does not exist."""


class VersionError(TaskSchemaError):
    """A document is in a schema version that this release, or this function, does not read."""
