"""The command `diff`: compares the tasks of two revisions or paths."""
