"""The command `show`: a task or an instance as a page, rendered as text or Markdown."""
