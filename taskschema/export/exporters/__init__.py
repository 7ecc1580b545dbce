"""The exporters: one target folder a file."""
