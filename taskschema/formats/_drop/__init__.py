"""What DROP is read from and written as."""
