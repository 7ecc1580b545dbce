"""What BIG-bench tasks are read from and written as."""
