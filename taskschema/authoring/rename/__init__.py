"""The rename command."""
