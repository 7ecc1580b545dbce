"""What knows nothing of tasks: values, text, JSON and YAML syntax, storage, workers.

Other wings may import everything here. `errors`, `findings`, `plugins`, `package`, `column_types`
and `text` come first; `syntax`, `storage`, `parallel` and `plugin_settings` build on them.
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
