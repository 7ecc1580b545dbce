"""Text: normal forms, near misses, printing, Markdown, wrapping, diffs."""
