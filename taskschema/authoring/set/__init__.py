"""The set command."""
