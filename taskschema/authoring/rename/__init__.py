"""The command `rename`."""
