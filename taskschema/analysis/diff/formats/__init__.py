"""Output formats of `diff`, one file each."""
