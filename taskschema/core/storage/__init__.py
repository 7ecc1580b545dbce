"""Storage: local and remote files, atomic writes, output targets, git."""
