"""The executors, one module each."""
