"""Files, folders, remote paths and git."""
