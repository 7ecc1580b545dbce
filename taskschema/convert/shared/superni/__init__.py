"""What both layouts of Natural Instructions share, and their undeclared early forms."""
