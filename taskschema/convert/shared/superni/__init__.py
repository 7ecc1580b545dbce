"""Both layouts of Natural Instructions, and their undeclared early forms."""
