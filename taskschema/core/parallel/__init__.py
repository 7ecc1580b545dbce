"""Running a function over many files."""
