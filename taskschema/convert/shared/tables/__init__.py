"""Tables: files, columns and cells read as tasks, and tasks written as rows."""
