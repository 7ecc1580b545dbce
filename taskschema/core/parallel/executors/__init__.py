"""The executors: one place of work a file."""
