"""Text: normal forms, near misses, printing, Markdown, search, wrapping, diffs."""
