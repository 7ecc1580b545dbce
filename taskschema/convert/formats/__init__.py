"""The foreign formats: a file or a package each."""
