"""Shared code of the output formats."""
