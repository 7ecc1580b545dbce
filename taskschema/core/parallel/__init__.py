"""Runs a function over many files: workers and executors."""
