"""Foundations that know nothing of tasks: values, text, JSON and YAML, storage, workers.

Every other wing may import from here. The base is `errors`, `findings`, `plugins`, `package`,
`column_types` and `text`. `syntax`, `storage`, `parallel` and `plugin_settings` build on the base
and do not import each other.
"""

FACE = (
    "column_types",
    "errors",
    "findings",
    "package",
    "parallel.*",
    "plugin_settings",
    "plugins",
    "storage.*",
    "syntax.*",
    "text.*",
)
