"""Text: normal forms, near misses, printing, Markdown, searching, wrapping, diffs."""
