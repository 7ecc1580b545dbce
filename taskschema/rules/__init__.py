"""The rules: what is wrong with a task, why it matters, and how to fix it.

To add a rule, add one file to `catalogue/` that exposes `RULE`, declared in `rule.py`. Its
docstring is its documentation, and its `good` and `bad` examples are its tests.
"""

FACE = (
    "collection_context",
    "docs",
    "explain",
    "registry",
    "rule",
    "rule_findings",
    "selection",
    "shared.source_identity",
    "shared.source_spellings",
    "shared.split_lines",
    "shared.terms",
    "task_digest",
)
