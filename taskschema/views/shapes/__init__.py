"""The views: one shape of records a file."""
