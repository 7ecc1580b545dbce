"""The migrations: one step between two versions a file."""
