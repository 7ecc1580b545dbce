"""Foreign formats, one file or package each."""
