"""The command `new`: drafts a task from options and a table; `draft.py` holds the whole way."""
