"""The reporters, one output format each."""
