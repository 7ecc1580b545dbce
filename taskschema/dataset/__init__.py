"""A dataset folder: tables, Arrow files, card, Croissant, the Hub.

`tables.py` declares the columns, `folder/` writes the files, `hub/` publishes them.
"""

FACE = (
    "bar_chart",
    "filters",
    "folder",
    "hub.access",
    "hub.push",
    "loading",
    "task_metadata",
)
