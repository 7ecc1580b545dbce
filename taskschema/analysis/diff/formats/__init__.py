"""The formats of a comparison: one a file."""
