"""Views: the shapes of records that a model or a trainer reads.

To add a view, add one file to `shapes/` that exposes `VIEW`, declared in `view.py`.
"""

FACE = (
    "prompt_layouts",
    "shared.conversations",
    "tokenizers",
    "view",
)
