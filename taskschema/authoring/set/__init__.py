"""The command `set`."""
