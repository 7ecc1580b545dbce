"""Foreign rows as tasks, and tasks as foreign rows."""
