"""The migrations, one step between two versions each."""
